-- The send gate: what a number may do, what a customer agreed to, when nobody is written to unasked.

ALTER TABLE inbox ADD COLUMN rate_per_second BIGINT;                    -- null: what the provider grants a new number
ALTER TABLE inbox ADD COLUMN paused_at BIGINT;                          -- since when nothing leaves; null while it sends
ALTER TABLE inbox ADD COLUMN pause_code BIGINT;                         -- the provider's code for it, when it was an error
ALTER TABLE inbox ADD COLUMN pause_reason TEXT;
ALTER TABLE inbox ADD COLUMN pause_probes BIGINT NOT NULL DEFAULT 0;    -- seconds after which a message is tried, and one that goes ends the pause; 0: none is
ALTER TABLE inbox ADD COLUMN quality TEXT;                              -- green, yellow, red
ALTER TABLE inbox ADD COLUMN tier TEXT;                                 -- the provider's word, e.g. TIER_2K
ALTER TABLE inbox ADD COLUMN news TEXT;                                 -- the provider's last word on the number or its account
ALTER TABLE inbox ADD COLUMN news_at BIGINT;

ALTER TABLE contact ADD COLUMN opted_in_at BIGINT;                      -- when they took an opt-out back: the time of the message that says so
ALTER TABLE contact ADD COLUMN marketing_opted_out_at BIGINT;
ALTER TABLE contact ADD COLUMN marketing_opted_in_at BIGINT;
ALTER TABLE contact ADD COLUMN utility_opted_out_at BIGINT;
ALTER TABLE contact ADD COLUMN time_zone TEXT;                          -- IANA name; null: the tenant's

ALTER TABLE tenant ADD COLUMN quiet_hours_from BIGINT NOT NULL DEFAULT 1260;    -- minute of the day; from = until: none
ALTER TABLE tenant ADD COLUMN quiet_hours_until BIGINT NOT NULL DEFAULT 480;
ALTER TABLE tenant ADD COLUMN marketing_needs_consent BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tenant ADD COLUMN answers_per_minute BIGINT NOT NULL DEFAULT -1;    -- below 0: the installation's setting

ALTER TABLE outbox ADD COLUMN purpose BIGINT NOT NULL DEFAULT 1;        -- SendPurpose; automatic = 2: unasked or put off, after everything else

-- What customers agreed to and took back; never changed, only added to. The columns of contact are its sum.
CREATE TABLE consent (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  purpose TEXT NOT NULL,          -- all, marketing, utility
  state TEXT NOT NULL,            -- granted, withdrawn
  source TEXT NOT NULL,           -- word, provider, api, import, template_reply
  message_id BIGINT,              -- proof: the message that says so
  proof TEXT,                     -- proof: its words, the provider's code, what a person noted
  agent_id BIGINT,                -- proof: who recorded it
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE INDEX consent_of ON consent (contact_id, id);

-- Whom a number has written to with a template lately: the provider's tier counts them.
CREATE INDEX message_templates_sent ON message (inbox_id, created_at) WHERE type = 'template';
