-- Choices of contacts, files brought in with what became of each row, and what was erased.

CREATE TABLE segment (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,          -- the name as it is compared
  rules TEXT NOT NULL,           -- JSON (Conversations/Segments/SegmentRules)
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX segment_name ON segment (tenant_id, folded);
