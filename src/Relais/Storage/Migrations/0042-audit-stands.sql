-- SQLite has no roles: these triggers hold there what the roles of PostgreSQL hold (PostgresRoles.AppendOnly), against a mistake in our code and
-- against a hand at the file that does not know what it does. Whoever may write the file may drop them too.
-- 30 days: the shortest time that retention may keep a line (AuditStore.LeastDays), by the database's own clock. None on INSERT: a statement
-- with a trigger begins a savepoint, and every write of a person adds a line.
{sqlite} CREATE TRIGGER audit_entry_stands BEFORE UPDATE ON audit_entry BEGIN
  SELECT RAISE(ABORT, 'A line of the audit is never changed.')\;
END;
{sqlite} CREATE TRIGGER audit_entry_young BEFORE DELETE ON audit_entry
WHEN old.at > CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER) - 30 * 86400000000 BEGIN
  SELECT RAISE(ABORT, 'A line of the audit is kept for 30 days at least.')\;
END;
