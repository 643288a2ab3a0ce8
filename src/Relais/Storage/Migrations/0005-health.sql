-- What was asked of providers, what went wrong, who was told of it, and who is blocked.

-- Requests to providers, without headers and secrets. Ids follow time closely enough to be the order of the list.
CREATE TABLE provider_call (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  operation TEXT NOT NULL,       -- send, mark_read, block, self_test, upload, …
  request TEXT NOT NULL,         -- method and address without its query
  message_id BIGINT,
  phone_number TEXT,
  status_code BIGINT,            -- HTTP; null when no answer came
  outcome TEXT NOT NULL,         -- accepted, refused, unreachable, unanswered
  payload TEXT,
  response TEXT,
  duration_micros BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX provider_call_message ON provider_call (message_id) WHERE message_id IS NOT NULL;

CREATE TABLE error_log (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  inbox_id BIGINT,
  service TEXT NOT NULL,         -- whatsapp, twilio, model, …
  error_type TEXT NOT NULL,      -- send_rejected, send_retried, send_given_up, send_unknown, delivery_failed, webhook_signature, …
  code BIGINT,                   -- the provider's
  message TEXT NOT NULL,         -- in words, with what mends it
  details TEXT,                  -- the provider's own words
  conversation_id BIGINT,
  message_id BIGINT,
  request_reference TEXT,        -- fbtrace_id, Twilio-Request-Id
  is_critical BIGINT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX error_log_conversation ON error_log (conversation_id, id) WHERE conversation_id IS NOT NULL;

-- A provider repeats a failed status for days: it is one error.
CREATE UNIQUE INDEX error_log_delivery ON error_log (message_id, code, tenant_id) WHERE error_type = 'delivery_failed';

-- Critical errors the team is told of, at most once an hour for each number and code.
CREATE TABLE error_alert (
  tenant_id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,      -- 0 when it concerns no number
  alert_key TEXT NOT NULL,       -- the code, or the error's type
  error_id BIGINT NOT NULL,
  raised_at BIGINT NOT NULL,
  due_at BIGINT,                 -- when it is to be told; null once it is, or nobody is to be told
  attempts BIGINT NOT NULL,
  mailed_at BIGINT,
  posted_at BIGINT,
  PRIMARY KEY (tenant_id, inbox_id, alert_key)
);
CREATE INDEX error_alert_due ON error_alert (due_at) WHERE due_at IS NOT NULL;

-- The last self-test of each number and what the provider said of it then.
CREATE TABLE inbox_check (
  tenant_id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  checked_at BIGINT NOT NULL,
  is_ok BIGINT NOT NULL,
  display_name TEXT,
  quality TEXT,
  tier TEXT,
  throughput TEXT,
  token_expires_at BIGINT,
  results TEXT NOT NULL,         -- JSON, as answered
  PRIMARY KEY (tenant_id, inbox_id)
);

ALTER TABLE tenant ADD COLUMN log_retention_days BIGINT NOT NULL DEFAULT 30;
ALTER TABLE tenant ADD COLUMN alert_url TEXT;
ALTER TABLE tenant ADD COLUMN alert_secret TEXT;

ALTER TABLE contact ADD COLUMN blocked_at BIGINT;
ALTER TABLE contact ADD COLUMN blocked_by BIGINT;
ALTER TABLE contact ADD COLUMN blocked_reason TEXT;
ALTER TABLE contact ADD COLUMN blocked_at_provider BIGINT
