-- What people search for, folded (Foundation/TextFolding): words apart by a space, the first one tells tenant and kind. Both engines keep
-- an index of it: full text in SQLite without a text of its own (it is told the old words when they change), GIN in PostgreSQL over
-- exactly these words. Written by Desk/Search/SearchWorker alone.
CREATE TABLE search_entry (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,            -- of the message, contact or order: unique in the installation
  kind BIGINT NOT NULL,          -- 1 contact, 2 order, 3 message
  words TEXT NOT NULL,
  at BIGINT NOT NULL,
  inbox_id BIGINT,
  agent_id BIGINT,               -- of a message: the person who wrote it
  PRIMARY KEY (tenant_id, id)
);

{postgres} CREATE INDEX search_entry_words ON search_entry USING gin (array_to_tsvector(string_to_array(words, ' ')));

{sqlite} CREATE VIRTUAL TABLE search_index USING fts5 (words, content = '', detail = none, tokenize = 'ascii', prefix = '2 3');
{sqlite} CREATE TRIGGER search_entry_new AFTER INSERT ON search_entry BEGIN
  INSERT INTO search_index (rowid, words) VALUES (new.id, new.words)\;
END;
{sqlite} CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
  INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words)\;
END;
{sqlite} CREATE TRIGGER search_entry_other AFTER UPDATE ON search_entry BEGIN
  INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words)\;
  INSERT INTO search_index (rowid, words) VALUES (new.id, new.words)\;
END;

-- Contacts and orders that changed without a change of a conversation: to be looked at (Changes/SearchDue).
CREATE TABLE search_due (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  noted BIGINT NOT NULL,         -- how often since it was last looked at
  PRIMARY KEY (tenant_id, id)
);

-- Up to where the index follows: the change log by number, upwards; what was there before by tenant and id, downwards, -1 when done.
CREATE TABLE search_progress (name TEXT PRIMARY KEY, tenant BIGINT NOT NULL, position BIGINT NOT NULL);
INSERT INTO search_progress (name, tenant, position) SELECT 'changes', 0, last_seq FROM change_numbering;
INSERT INTO search_progress (name, tenant, position) VALUES
  ('contacts', 9223372036854775807, 9223372036854775807), ('orders', 9223372036854775807, 9223372036854775807),
  ('messages', 9223372036854775807, 9223372036854775807);
