-- One-time links with which somebody chooses a password; the plain token is in the link alone.
CREATE TABLE invitation (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  token_hash TEXT NOT NULL,
  invited_by BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES membership (tenant_id, agent_id)
);
CREATE UNIQUE INDEX invitation_token ON invitation (token_hash);
CREATE INDEX invitation_agent ON invitation (agent_id);

-- Until when the first link may be used; null once somebody has chosen a password.
ALTER TABLE membership ADD COLUMN invited_until BIGINT;

CREATE TABLE agent_preference (
  tenant_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  preferences TEXT NOT NULL,     -- a JSON object of the console's own
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES membership (tenant_id, agent_id)
);

-- Since when a number's keys are gone; its conversations stay.
ALTER TABLE inbox ADD COLUMN disconnected_at BIGINT;
