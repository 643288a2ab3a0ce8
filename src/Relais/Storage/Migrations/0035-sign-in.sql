-- Signing in. These belong to people, not to tenants, as agent does; they are read in Scope.Directory alone.

-- Links with which somebody chooses a new password; the plain token is in the link alone.
CREATE TABLE password_reset (
  token_hash TEXT PRIMARY KEY,
  agent_id BIGINT NOT NULL REFERENCES agent (id),
  source TEXT NOT NULL,          -- mail: asked for at the sign-in page, person: an admin or the command line made it
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX password_reset_agent ON password_reset (agent_id);

-- One authenticator app a person.
CREATE TABLE totp (
  agent_id BIGINT PRIMARY KEY REFERENCES agent (id),
  secret TEXT NOT NULL,          -- sealed, bound to the agent
  last_step BIGINT NOT NULL,     -- the newest 30 seconds whose code was used: each serves once
  created_at BIGINT NOT NULL,
  confirmed_at BIGINT            -- null until the first code was typed, and it is not asked for
);

CREATE TABLE recovery_code (
  agent_id BIGINT NOT NULL REFERENCES agent (id),
  code_hash TEXT NOT NULL,
  PRIMARY KEY (agent_id, code_hash)
);

-- Who has given the right password and is asked for a code.
CREATE TABLE sign_in_ticket (
  token_hash TEXT PRIMARY KEY,
  agent_id BIGINT NOT NULL REFERENCES agent (id),
  tries BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sign_in_ticket_agent ON sign_in_ticket (agent_id);

-- Where a session was opened, for its owner to recognise it.
ALTER TABLE session ADD COLUMN address TEXT;
ALTER TABLE session ADD COLUMN user_agent TEXT;

ALTER TABLE tenant ADD COLUMN require_totp BIGINT NOT NULL DEFAULT 0;

-- 1 when the member has an authenticator app, as in totp, which a request of a tenant may not read.
ALTER TABLE membership ADD COLUMN has_totp BIGINT NOT NULL DEFAULT 0;
