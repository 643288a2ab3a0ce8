-- Flows: Twilio Studio flow definitions, their versions, the conversations that run them, and the steps they took.

CREATE TABLE flow (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  sid TEXT NOT NULL,              -- as Studio would name it (FW…): what run-subflow and {{flow.flow_sid}} say
  draft TEXT NOT NULL,            -- the definition being worked on, byte for byte as it was saved
  draft_revision BIGINT NOT NULL, -- grows with each save: who saves an older one is told
  published_version BIGINT,       -- of flow_version; null: it starts for nobody but test phones
  settings TEXT NOT NULL,         -- Engine/Flows/FlowSettings as JSON: what starts it, words, release
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  archived_at BIGINT,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX flow_sid ON flow (tenant_id, sid);

-- Never changed once written; version 0 does not exist.
CREATE TABLE flow_version (
  tenant_id BIGINT NOT NULL,
  flow_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  definition TEXT NOT NULL,
  note TEXT,                      -- why, in the words of who published it
  agent_id BIGINT,                -- who published it
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, flow_id, version),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES flow (tenant_id, id)
);

-- A conversation as a script with what has to come of it; publishing waits for all of them.
CREATE TABLE flow_test (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  flow_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  script TEXT NOT NULL,           -- Engine/Flows/Testing/FlowScript as JSON
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES flow (tenant_id, id)
);
CREATE INDEX flow_test_of ON flow_test (tenant_id, flow_id);

-- One conversation's way through a flow. The conversation's lane (kind Turn) carries it on.
CREATE TABLE flow_session (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  flow_id BIGINT NOT NULL,
  version BIGINT NOT NULL,        -- 0: the draft, of a test phone
  definition TEXT,                -- of a draft as it was at the start; null: flow_version's
  status BIGINT NOT NULL,         -- 1 active, 2 paused (a person has it), 3 completed, 4 transferred, 5 abandoned, 6 failed
  trigger TEXT NOT NULL,          -- what started it: message, keyword, first_message, button, …
  state TEXT NOT NULL,            -- Engine/Flows/FlowState as JSON
  step TEXT NOT NULL,             -- the widget it stands at
  seen_seq BIGINT NOT NULL,       -- the customer's last message it has taken up
  due_at BIGINT,                  -- when it goes on without a message; null: only with one
  on_release BIGINT NOT NULL,     -- when people give the conversation back: 0 it ends, 1 it goes on
  reason TEXT,                    -- why it ended
  started_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  ended_at BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES flow (tenant_id, id)
);
CREATE UNIQUE INDEX flow_session_open ON flow_session (conversation_id) WHERE status IN (1, 2);
CREATE INDEX flow_session_of_flow ON flow_session (flow_id, started_at);
CREATE INDEX flow_session_of_conversation ON flow_session (conversation_id, id);

-- What a session did, in order: the way it went is drawn from it, and counted.
CREATE TABLE flow_step (
  tenant_id BIGINT NOT NULL,
  session_id BIGINT NOT NULL,
  n BIGINT NOT NULL,              -- from 1
  flow_id BIGINT NOT NULL,
  version BIGINT NOT NULL,
  step TEXT NOT NULL,             -- the widget's name
  event TEXT NOT NULL,            -- by which it was left; '' while it stands there
  answer TEXT,                    -- what the customer said to it, as far as it is shown in reports
  at BIGINT NOT NULL,
  PRIMARY KEY (session_id, n),
  FOREIGN KEY (tenant_id, session_id) REFERENCES flow_session (tenant_id, id)
);
CREATE INDEX flow_step_of_flow ON flow_step (flow_id, at);

-- 1 or 0 when somebody said so (a flow's answer, the API, an agent); null: whoever has an order is a customer.
ALTER TABLE contact ADD COLUMN is_client BIGINT;
