-- Who did what, when and from where (ADR 0057). Rows are added and, when they are old, deleted by retention; no statement changes one.

CREATE TABLE audit_entry (
  tenant_id BIGINT NOT NULL,     -- 0: the installation's own, of no tenant
  id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  agent_id BIGINT,               -- null: nobody who is known, as at a sign-in with an unknown address
  agent_name TEXT NOT NULL,      -- as it was then
  session_id BIGINT,             -- the session, or the API key
  via TEXT NOT NULL,             -- console, token, api_key, none
  address TEXT NOT NULL,         -- where the request came from
  action TEXT NOT NULL,          -- the endpoint's name in snake_case
  thing_id BIGINT,               -- the id in the path, or of what was made
  detail TEXT NOT NULL,          -- JSON object: names of fields, short words and numbers; never a text or a secret
  outcome BIGINT NOT NULL,       -- 1 done, 2 refused
  by_platform BIGINT NOT NULL,   -- 1: as the platform's administrator
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_entry_time ON audit_entry (tenant_id, at, id);
CREATE INDEX audit_entry_thing ON audit_entry (tenant_id, thing_id, at);
CREATE INDEX audit_entry_platform ON audit_entry (at, id) WHERE by_platform = 1;
