-- What is kept how long (ADR 0057), and what a customer is given of what is kept of them.

-- A row says another time than the usual one; where neither says one, it is kept.
CREATE TABLE retention_rule (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  kind TEXT NOT NULL,            -- conversations, media, audit, webhooks
  days BIGINT NOT NULL,
  set_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, kind)
);

ALTER TABLE conversation ADD COLUMN swept_at BIGINT; -- when retention took its words
CREATE INDEX conversation_to_sweep ON conversation (tenant_id, closed_at) WHERE status = 3 AND (swept_at IS NULL OR swept_at < closed_at);
CREATE INDEX media_kept ON media (tenant_id, created_at) WHERE sha256 IS NOT NULL AND direction = 1;

-- The file lies in the media folder under exports/; a row without its file is gone.
CREATE TABLE privacy_export (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  state BIGINT NOT NULL,         -- 1 being made, 2 ready, 3 failed, 4 removed after its day
  progress BIGINT NOT NULL,      -- 0 to 100
  size BIGINT,
  created_at BIGINT NOT NULL,
  ready_at BIGINT,
  expires_at BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE INDEX privacy_export_old ON privacy_export (expires_at) WHERE state = 2;

ALTER TABLE tenant ADD COLUMN mask_cards BIGINT NOT NULL DEFAULT 1;
ALTER TABLE tenant ADD COLUMN redact_for_models BIGINT NOT NULL DEFAULT 0;
