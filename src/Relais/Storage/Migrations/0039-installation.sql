-- What the platform administrator set for the whole installation at the console: one row a setting.
CREATE TABLE installation_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL
);
