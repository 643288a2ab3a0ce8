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

-- A file that is brought in. Its rows lie in chunks until it is done; what each row did stays, so that it can be taken back.
CREATE TABLE data_import (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,            -- contacts, products, orders
  file_name TEXT NOT NULL,
  agent_id BIGINT NOT NULL,      -- who brought it
  state TEXT NOT NULL,           -- receiving, uploaded, checking, checked, running, done, undoing, undone, failed
  header TEXT NOT NULL,          -- JSON list: the first row
  mapping TEXT NOT NULL,         -- Imports/ImportMapping as JSON
  row_count BIGINT NOT NULL,     -- without the header
  chunks BIGINT NOT NULL,
  next_chunk BIGINT NOT NULL,    -- the first one that the check, or the run, has not done
  rows_done BIGINT NOT NULL,
  created BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  unchanged BIGINT NOT NULL,
  failed BIGINT NOT NULL,        -- rows that are left out
  problems BIGINT NOT NULL,      -- rows of import_problem, as long as they are kept
  undone BIGINT NOT NULL,
  kept BIGINT NOT NULL,          -- what an undo left, because it was changed since
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  finished_at BIGINT,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX data_import_working ON data_import (id) WHERE state IN ('checking', 'running', 'undoing');

CREATE TABLE import_chunk (
  tenant_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  position BIGINT NOT NULL,      -- 0, 1, 2 …
  content TEXT NOT NULL,         -- JSON list of Imports/FileRow
  PRIMARY KEY (tenant_id, import_id, position),
  FOREIGN KEY (tenant_id, import_id) REFERENCES data_import (tenant_id, id)
);

CREATE TABLE import_problem (
  tenant_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  row_number BIGINT NOT NULL,    -- as a spreadsheet counts
  place BIGINT NOT NULL,         -- of the column, from 0; -1: the row
  code TEXT NOT NULL,            -- Imports/ImportTexts
  value TEXT,                    -- what stands there
  is_warning BIGINT NOT NULL,    -- 1: the row is taken, without this
  PRIMARY KEY (tenant_id, import_id, row_number, place, code),
  FOREIGN KEY (tenant_id, import_id) REFERENCES data_import (tenant_id, id)
);

CREATE TABLE import_effect (
  tenant_id BIGINT NOT NULL,
  import_id BIGINT NOT NULL,
  row_number BIGINT NOT NULL,
  target_id BIGINT NOT NULL,     -- of the contact, the product, the order
  is_new BIGINT NOT NULL,        -- 1: made by this row
  was TEXT,                      -- JSON of the kind's own: as it stood before
  became TEXT NOT NULL,          -- and after
  state BIGINT NOT NULL,         -- 0 done, 1 taken back, 2 kept: it was changed since
  PRIMARY KEY (tenant_id, import_id, row_number),
  FOREIGN KEY (tenant_id, import_id) REFERENCES data_import (tenant_id, id)
);
CREATE INDEX import_effect_of ON import_effect (target_id);

-- A customer who was erased. The row stays as an empty shell for what is counted; who they were stays as hashes, so that what a
-- provider still brings of the time before has no effect.
ALTER TABLE contact ADD COLUMN erased_at BIGINT;

CREATE TABLE erased_identity (
  tenant_id BIGINT NOT NULL,
  hash TEXT NOT NULL,            -- Conversations/Erased
  erased_at BIGINT NOT NULL,     -- whole seconds, as providers tell times
  PRIMARY KEY (tenant_id, hash)
);

CREATE TABLE erasure (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,      -- who did it
  counts TEXT NOT NULL,          -- JSON: what was blanked or deleted, how many
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
