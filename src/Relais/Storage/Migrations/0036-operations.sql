-- Whether anything may leave this installation; one row. It belongs to the installation and is in no backup.
CREATE TABLE outbound_hold (
  state BIGINT NOT NULL,        -- 0 everything leaves, 1 held since a restore, 2 a restore that did not end
  since BIGINT,                 -- when it was held
  backup_at BIGINT,             -- of when the restored backup is
  released_at BIGINT,
  released_by TEXT              -- e-mail address, or relais release
);
INSERT INTO outbound_hold (state) VALUES (0);

-- What was moved in from another system: whose row became which of ours. Hashes: an id there may be a phone number.
CREATE TABLE moved_in (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  source TEXT NOT NULL,         -- the name given to the other system
  kind TEXT NOT NULL,           -- contact, conversation, message, event, faq, product, order, feature_request
  hash TEXT NOT NULL,           -- SHA-256 of its id there
  id BIGINT NOT NULL,           -- ours
  moved_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, source, kind, hash)
);
