-- Single rights of people, and what an API key is for.

ALTER TABLE membership ADD COLUMN rights TEXT;   -- words with spaces; null: what the role includes
ALTER TABLE membership ADD COLUMN sees TEXT;     -- all, teams, mine; null: all

ALTER TABLE session ADD COLUMN scopes TEXT;      -- of an API key: rights, words with spaces; null: all that its person has
ALTER TABLE session ADD COLUMN contacts TEXT;    -- of an API key: ids of the customers it may reach, with spaces; null: all
ALTER TABLE session ADD COLUMN token_start TEXT; -- of an API key: the first characters, by which people tell keys apart
