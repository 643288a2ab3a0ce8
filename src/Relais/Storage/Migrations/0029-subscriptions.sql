-- Signed posts to systems of the business (docs/subscriptions.md): who wants which events, what is to be posted, in which order.

CREATE TABLE subscription (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  url TEXT NOT NULL,
  events TEXT NOT NULL,          -- types with commas between
  description TEXT NOT NULL,
  secret TEXT NOT NULL,          -- sealed
  old_secret TEXT,               -- sealed; signs too until then
  old_secret_until BIGINT,
  state BIGINT NOT NULL,         -- 1 on, 2 off, 3 retired: it failed for three days or answered 410
  started_seq BIGINT NOT NULL,   -- changes up to here are history and are not told
  started_at BIGINT NOT NULL,
  failing_since BIGINT,          -- since when nothing was taken; null while it works
  problem TEXT,                  -- of the last failure
  taken_at BIGINT,               -- when something was last taken, to the minute
  retired_at BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX subscription_on ON subscription (id) WHERE state = 1;

-- What is told in its own order: of one conversation, order or contact. The lane's key is the id.
CREATE TABLE subscription_stream (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  subscription_id BIGINT NOT NULL,
  thing_id BIGINT NOT NULL,      -- 0: tests
  due_at BIGINT,                 -- when its first waiting event is to be posted; null when none waits
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, subscription_id, thing_id),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscription (tenant_id, id)
);
CREATE INDEX subscription_stream_due ON subscription_stream (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE subscription_delivery (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  subscription_id BIGINT NOT NULL,
  stream_id BIGINT NOT NULL,
  seq BIGINT,                    -- of the change it tells; null for a test
  type TEXT NOT NULL,
  body TEXT NOT NULL,            -- the very bytes that are signed and posted
  state BIGINT NOT NULL,         -- 0 waits, 1 taken, 2 given up
  attempts BIGINT NOT NULL,
  status_code BIGINT,            -- of the last answer; null when none came
  answer TEXT,                   -- its first 500 characters
  problem TEXT,
  first_at BIGINT,               -- first and last attempt since it was queued
  last_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, subscription_id, seq, type),
  FOREIGN KEY (tenant_id, subscription_id) REFERENCES subscription (tenant_id, id),
  FOREIGN KEY (tenant_id, stream_id) REFERENCES subscription_stream (tenant_id, id)
);
CREATE INDEX subscription_delivery_waits ON subscription_delivery (stream_id, id) WHERE state = 0;
CREATE INDEX subscription_delivery_of ON subscription_delivery (subscription_id, id);
CREATE INDEX subscription_delivery_old ON subscription_delivery (created_at);
CREATE INDEX subscription_delivery_stream ON subscription_delivery (stream_id);

-- What was last told of a message, conversation or contact, so that a change is told as what it is.
CREATE TABLE subscription_seen (
  tenant_id BIGINT NOT NULL,
  thing_id BIGINT NOT NULL,      -- unique in the installation
  state TEXT NOT NULL,
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, thing_id)
);
CREATE INDEX subscription_seen_old ON subscription_seen (at);

-- Up to where the change log was told: one row.
CREATE TABLE subscription_feed (seq BIGINT NOT NULL);
INSERT INTO subscription_feed (seq) SELECT last_seq FROM change_numbering;
