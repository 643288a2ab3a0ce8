-- Templates as the provider has them. One belongs to an account (a provider connection), so to every inbox of the tenant on it.
CREATE TABLE message_template (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  connection_id BIGINT NOT NULL,
  provider_id TEXT NOT NULL,     -- Meta's id, Twilio's ContentSid; new:name/language while it is being made there
  name TEXT NOT NULL,
  language TEXT NOT NULL,        -- fr, en_US
  category TEXT NOT NULL,        -- marketing, utility, authentication
  status TEXT NOT NULL,          -- creating, pending, approved, rejected, paused, disabled, deleted, … (Templates/TemplateStatus)
  reason TEXT,                   -- why it was rejected or paused
  quality TEXT,                  -- green, yellow, red, unknown
  parameter_format TEXT NOT NULL, -- positional, named
  components TEXT NOT NULL,      -- Channels/TemplateParts as JSON
  synced_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,    -- when something of it changed last
  deleted_at BIGINT,             -- no longer at the provider; kept for the messages that name it
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX message_template_provider ON message_template (tenant_id, connection_id, provider_id);
CREATE INDEX message_template_name ON message_template (tenant_id, connection_id, name, language);

-- How the last look at an account's templates went.
CREATE TABLE template_sync (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  connection_id BIGINT NOT NULL,
  synced_at BIGINT,              -- the last that succeeded
  problem TEXT,                  -- of the last one, null when it succeeded
  PRIMARY KEY (tenant_id, connection_id)
);
