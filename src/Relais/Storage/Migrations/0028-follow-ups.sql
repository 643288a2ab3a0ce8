-- Follow-ups: rules that find customers who went quiet, plans that people approve, and the steps that are sent.

CREATE TABLE follow_up_rule (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  kind TEXT NOT NULL,            -- quiet_after_offer, order_unpaid_or_unconfirmed, appointment_missed, inactive, by_hand
  enabled BIGINT NOT NULL,
  settings TEXT NOT NULL,        -- FollowUps/RuleSettings as JSON
  scan_after TEXT NOT NULL,      -- where the search for candidates stands in its round; empty at the start
  scanned_at BIGINT NOT NULL,    -- when the last round ended
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, kind)
);

CREATE TABLE follow_up_plan (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  rule TEXT NOT NULL,
  contact_id BIGINT NOT NULL,
  conversation_id BIGINT,        -- where it began; null when the business has never spoken with them
  inbox_id BIGINT,
  subject TEXT NOT NULL,         -- what it is about: one plan a rule, contact and subject, ever
  note TEXT,                     -- by hand: what a person wants said
  order_id BIGINT,
  state TEXT NOT NULL,           -- planning, proposed, approved, running, answered, converted, opted_out, ended, rejected, overtaken
  held_out BIGINT NOT NULL,      -- 1: nothing is sent, to compare with
  language TEXT NOT NULL,
  confidence BIGINT NOT NULL,    -- percent
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,        -- JSON: message ids and quotes
  planner TEXT NOT NULL,         -- built_in or provider/model
  inbound_mark BIGINT NOT NULL,  -- customer messages before it; more of them is an answer
  order_mark BIGINT NOT NULL,    -- how far their orders were; further is a purchase
  owner_mark TEXT NOT NULL,      -- who had the conversation; another person is a take-over
  approved_by BIGINT,            -- null: by the rule
  approved_at BIGINT,
  problem TEXT,                  -- why it ended or was rejected, for a person
  sent_at BIGINT,                -- of the first step
  answered_at BIGINT,
  converted_at BIGINT,
  opted_out_at BIGINT,
  watched_until BIGINT,          -- how long answers and purchases are counted
  next_at BIGINT,                -- when it is looked at again; null: never by itself
  version BIGINT NOT NULL,       -- grows with each edit
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE UNIQUE INDEX follow_up_plan_open ON follow_up_plan (tenant_id, contact_id) WHERE state IN ('planning', 'proposed', 'approved', 'running');
CREATE UNIQUE INDEX follow_up_plan_subject ON follow_up_plan (tenant_id, rule, contact_id, subject);
CREATE INDEX follow_up_plan_next ON follow_up_plan (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX follow_up_plan_state ON follow_up_plan (tenant_id, state, id);

CREATE TABLE follow_up_step (
  tenant_id BIGINT NOT NULL,
  plan_id BIGINT NOT NULL,
  step BIGINT NOT NULL,          -- 1, 2, 3 …
  due_at BIGINT NOT NULL,
  text TEXT NOT NULL,            -- while the service window is open
  template TEXT,                 -- when it is closed: OutboundContent.Template as JSON
  state BIGINT NOT NULL,         -- 0 waiting, 1 sent, 2 refused
  message_id BIGINT,
  problem_code TEXT,
  problem TEXT,
  sent_at BIGINT,
  PRIMARY KEY (tenant_id, plan_id, step),
  FOREIGN KEY (tenant_id, plan_id) REFERENCES follow_up_plan (tenant_id, id)
);
CREATE INDEX follow_up_step_due ON follow_up_step (tenant_id, due_at);

-- Days on which nobody is followed up: the business's own, and whether those of the customer's country count.
CREATE TABLE follow_up_holiday (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  day TEXT NOT NULL,             -- ISO date
  name TEXT NOT NULL,
  PRIMARY KEY (tenant_id, day)
);

CREATE TABLE follow_up_setting (
  tenant_id BIGINT PRIMARY KEY REFERENCES tenant (tenant_id),
  country_holidays BIGINT NOT NULL
);

-- Up to which change plans have been looked at for answers.
CREATE TABLE follow_up_progress (seq BIGINT NOT NULL);
INSERT INTO follow_up_progress (seq) SELECT last_seq FROM change_numbering;
