-- What the business tells its AI agent, and where the agent may speak by itself.

-- Never changed, only added to: what a message was answered under can be read again.
CREATE TABLE prompt_version (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  version BIGINT NOT NULL,       -- 1, 2, 3 …
  prompt TEXT NOT NULL,          -- Engine/Ai/BusinessPrompt as JSON
  note TEXT,                     -- why, for colleagues
  agent_id BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, version)
);
ALTER TABLE tenant ADD COLUMN prompt_version BIGINT NOT NULL DEFAULT 0; -- the one in use; 0: none of the business's own

ALTER TABLE tenant ADD COLUMN auto_respond BIGINT NOT NULL DEFAULT 1;
ALTER TABLE inbox ADD COLUMN auto_respond BIGINT;                       -- null: the tenant's
ALTER TABLE conversation ADD COLUMN auto_respond BIGINT;                -- null: the inbox's
ALTER TABLE conversation ADD COLUMN history_from BIGINT NOT NULL DEFAULT 0; -- the AI agent is shown messages after this seq: before it a person had it
