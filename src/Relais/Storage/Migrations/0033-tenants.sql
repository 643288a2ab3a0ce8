-- Many businesses on one installation: suspension, limits, entering, what a month used, feature requests.

ALTER TABLE tenant ADD COLUMN suspended_at BIGINT;      -- null: not suspended
ALTER TABLE tenant ADD COLUMN suspend_reason TEXT;      -- for people
ALTER TABLE tenant ADD COLUMN number_limit BIGINT;      -- connected numbers; limits are null where there is none
ALTER TABLE tenant ADD COLUMN agent_limit BIGINT;       -- people who are not shut out, invited ones among them
ALTER TABLE tenant ADD COLUMN message_limit BIGINT;     -- outgoing messages a month (UTC)
ALTER TABLE tenant ADD COLUMN token_limit BIGINT;       -- of models, in and out, a month (UTC)
ALTER TABLE tenant ADD COLUMN storage_limit BIGINT;     -- bytes of files
ALTER TABLE tenant ADD COLUMN limit_told BIGINT NOT NULL DEFAULT 0; -- of the message limit: month * 10 + 1 for 80 %, + 2 for reached

ALTER TABLE tenant ADD COLUMN brand_color TEXT;         -- #rrggbb
ALTER TABLE tenant ADD COLUMN brand_logo BIGINT;        -- a picture among its media

ALTER TABLE session ADD COLUMN entered_from BIGINT;     -- a platform administrator in somebody's tenant: the session they came from

-- Outgoing messages a month, added up by each node every few seconds.
CREATE TABLE tenant_month (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  month BIGINT NOT NULL,          -- such as 202611, UTC
  messages BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, month)
);

CREATE TABLE feature_request (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  priority TEXT NOT NULL,         -- low, medium, high
  status TEXT NOT NULL,           -- pending, in_progress, completed, rejected
  agent_id BIGINT NOT NULL,
  author TEXT NOT NULL,           -- their name then
  votes BIGINT NOT NULL,
  comments BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX feature_request_status ON feature_request (status, tenant_id);

CREATE TABLE feature_vote (
  tenant_id BIGINT NOT NULL,
  request_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, request_id, agent_id),
  FOREIGN KEY (tenant_id, request_id) REFERENCES feature_request (tenant_id, id)
);

CREATE TABLE feature_comment (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  request_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  author TEXT NOT NULL,
  from_platform BIGINT NOT NULL,  -- 1: the platform administrator's
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, request_id) REFERENCES feature_request (tenant_id, id)
);
CREATE INDEX feature_comment_request ON feature_comment (tenant_id, request_id, id);

-- Processes that serve this database, as each says of itself.
CREATE TABLE platform_node (
  name TEXT PRIMARY KEY,
  version TEXT NOT NULL,
  roles TEXT NOT NULL,            -- web, workers
  started_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL
);
