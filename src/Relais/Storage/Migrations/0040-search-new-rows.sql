-- Words of new rows are put into SQLite's index by whoever writes search_entry (Desk/Search/SearchIndexStore.Put), many at a time. A statement
-- that has a trigger begins a savepoint, and at each of those the index writes what it has gathered: a part of its own for every row,
-- which doubled what a message's words cost. The triggers of what changes and goes stay: that is rare.
{sqlite} DROP TRIGGER search_entry_new;
