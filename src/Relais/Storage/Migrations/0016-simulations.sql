-- Saved conversations that a tenant's AI agent is tried with, their runs, and whether a change may make them fail.

CREATE TABLE simulation_case (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,        -- fr, ar, en
  yaml TEXT NOT NULL,            -- docs/simulations.md
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name)
);

CREATE TABLE simulation_run (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  status TEXT NOT NULL,          -- waiting, running, done, broken
  model TEXT NOT NULL,           -- builtin or configured
  answered_by TEXT,              -- once it runs: builtin, or the first model asked
  case_id BIGINT,                -- the only case that is run; null: all
  prompt_version BIGINT NOT NULL,
  basis TEXT,                    -- once it runs: all that its verdicts rest on, hashed; a gate may take them for the same basis
  agent_id BIGINT,               -- who started it
  total BIGINT NOT NULL,         -- cases
  created_at BIGINT NOT NULL,
  finished_at BIGINT,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE simulation_result (
  tenant_id BIGINT NOT NULL,
  run_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL,
  name TEXT NOT NULL,            -- as the case was called then
  language TEXT NOT NULL,
  verdict BIGINT NOT NULL,       -- 1 passed, 2 failed, 3 skipped
  reasons TEXT NOT NULL,         -- JSON: sentences
  transcript TEXT NOT NULL,      -- JSON: who and text
  tokens_in BIGINT NOT NULL,
  tokens_out BIGINT NOT NULL,
  cost_micros BIGINT NOT NULL,   -- micro-dollars
  took_micros BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, run_id, case_id),
  FOREIGN KEY (tenant_id, run_id) REFERENCES simulation_run (tenant_id, id)
);

-- A change that was made although cases fail because of it: who did, and which.
CREATE TABLE forced_change (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  change TEXT NOT NULL,          -- prompt, faq
  detail TEXT NOT NULL,          -- what was changed, for people
  cases TEXT NOT NULL,           -- JSON: names of the cases that newly fail
  agent_id BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

ALTER TABLE tenant ADD COLUMN block_on_regression BIGINT NOT NULL DEFAULT 0;
