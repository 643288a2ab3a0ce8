-- Whether anything may leave this installation; one row. It belongs to the installation and is in no backup.
CREATE TABLE outbound_hold (
  state BIGINT NOT NULL,        -- 0 everything leaves, 1 held since a restore, 2 a restore that did not end
  since BIGINT,                 -- when it was held
  backup_at BIGINT,             -- of when the restored backup is
  released_at BIGINT,
  released_by TEXT              -- e-mail address, or relais release
);
INSERT INTO outbound_hold (state) VALUES (0);
