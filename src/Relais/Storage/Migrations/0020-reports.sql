-- Figures of the desk (ADR 0038): a worker follows the change log, counts what each conversation holds into report_part, and adds
-- the parts up into report_total. Nothing of it is written on the path of a message; all of it can be counted again from the tables.

-- How far the change log has been followed; round is the fence of the one worker whose writing counts.
CREATE TABLE report_progress (seq BIGINT NOT NULL, round BIGINT NOT NULL);
INSERT INTO report_progress (seq, round) VALUES (-1, 0);

CREATE TABLE report_tenant (
  tenant_id BIGINT PRIMARY KEY REFERENCES tenant (tenant_id),
  width BIGINT NOT NULL,           -- microseconds of a bucket: an hour, less where the tenant's zone is not whole hours from UTC
  count_before BIGINT              -- conversations with ids below are still to be counted from the tables; null: all are counted
);

-- What one conversation adds to one bucket. Columns of figures: Reports/Figure.cs, formulas: docs/api/metrics.md.
CREATE TABLE report_part (
  tenant_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  bucket BIGINT NOT NULL,          -- its start, microseconds UTC
  author BIGINT NOT NULL,          -- of messages, as in message; 0: what happened to the conversation itself
  agent_id BIGINT NOT NULL,        -- 0: nobody in particular
  inbox_id BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  delivered BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  turns BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  response_micros BIGINT NOT NULL,
  first_answers BIGINT NOT NULL,
  first_micros BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  settled BIGINT NOT NULL,
  resolved BIGINT NOT NULL,
  resolution_micros BIGINT NOT NULL,
  handoffs BIGINT NOT NULL,
  reopened BIGINT NOT NULL,
  waits BIGINT NOT NULL,
  wait_micros BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, bucket, author, agent_id)
);
CREATE INDEX report_part_bucket ON report_part (tenant_id, bucket);

-- By agent first: a chart of everybody (-1) reads a dense stretch of rows, however many agents there are.
CREATE TABLE report_total (
  tenant_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,        -- -1: all together, 0: nobody in particular
  bucket BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  author BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  delivered BIGINT NOT NULL,
  seen BIGINT NOT NULL,
  failed BIGINT NOT NULL,
  turns BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  response_micros BIGINT NOT NULL,
  first_answers BIGINT NOT NULL,
  first_micros BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  settled BIGINT NOT NULL,
  resolved BIGINT NOT NULL,
  resolution_micros BIGINT NOT NULL,
  handoffs BIGINT NOT NULL,
  reopened BIGINT NOT NULL,
  waits BIGINT NOT NULL,
  wait_micros BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, agent_id, bucket, inbox_id, author)
);

CREATE INDEX report_total_bucket ON report_total (tenant_id, bucket);

-- Buckets whose parts changed since they were added up.
CREATE TABLE report_dirty (
  tenant_id BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, bucket)
);

-- What is counted by a word: reasons of hand-offs, codes of failed messages.
CREATE TABLE report_mark (
  tenant_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  bucket BIGINT NOT NULL,
  kind BIGINT NOT NULL,            -- 1 hand-off, 2 failed message
  word TEXT NOT NULL,
  agent_id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  times BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, bucket, kind, word, agent_id)
);
CREATE INDEX report_mark_bucket ON report_mark (tenant_id, kind, bucket);
