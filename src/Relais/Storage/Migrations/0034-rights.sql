-- Single rights of people, and what an API key is for.

ALTER TABLE membership ADD COLUMN rights TEXT;   -- words with spaces; null: what the role includes
ALTER TABLE membership ADD COLUMN sees TEXT;     -- all, teams, mine; null: all

ALTER TABLE session ADD COLUMN scopes TEXT;      -- of an API key: rights, words with spaces; null: all that its person has
ALTER TABLE session ADD COLUMN contacts TEXT;    -- of an API key: ids of the customers it may reach, with spaces; null: all
ALTER TABLE session ADD COLUMN token_start TEXT; -- of an API key: the first characters, by which people tell keys apart

-- What assistants did with an API key at /mcp: which tool, where, how it ended. Not what was said.
CREATE TABLE api_key_call (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  key_id BIGINT NOT NULL,
  tool TEXT NOT NULL,
  conversation_id BIGINT,        -- as it was asked for
  status BIGINT NOT NULL,        -- HTTP status of the answer
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX api_key_call_of ON api_key_call (tenant_id, key_id, id);
CREATE INDEX api_key_call_old ON api_key_call (tenant_id, at);
