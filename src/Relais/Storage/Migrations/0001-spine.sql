-- Instants are BIGINT microseconds UTC; flags are 0/1; ids come from id_block (Storage/Ids). One text for both engines.
-- Tables with a tenant_id get row-level security on PostgreSQL (Storage/PostgresRoles); the others are the pipeline's alone.
-- On the path of a message no index but the key begins with tenant_id, unless it is partial: while a table is young PostgreSQL
-- takes the tenant for as telling as the id, and would read all of a tenant's rows through it instead of one through the key.

CREATE TABLE id_block (next_id BIGINT NOT NULL);
INSERT INTO id_block (next_id) VALUES (1);

CREATE TABLE lane (
  kind BIGINT NOT NULL,
  lane_key BIGINT NOT NULL,
  tenant_id BIGINT NOT NULL,
  due_at BIGINT,          -- when it has something to do, as far as wakes since the last claim say
  ready_at BIGINT,        -- when it may be claimed: due_at when free, the end of the lease when held
  lease_token BIGINT NOT NULL,
  leased BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  node TEXT,
  PRIMARY KEY (kind, lane_key)
);
CREATE INDEX lane_ready ON lane (kind, ready_at) WHERE ready_at IS NOT NULL;

CREATE TABLE provider_connection (
  id BIGINT PRIMARY KEY,
  channel BIGINT NOT NULL,
  account TEXT NOT NULL,
  secret TEXT,            -- sealed: Meta app secret, Twilio auth token
  verify_token TEXT,      -- sealed
  source TEXT NOT NULL,   -- environment, demo, console
  UNIQUE (channel, account)
);

CREATE TABLE received_webhook (
  id BIGINT PRIMARY KEY,
  connection_id BIGINT NOT NULL,
  lane_key BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  content_type TEXT NOT NULL,
  query TEXT NOT NULL,
  body {bytes} NOT NULL,
  received_at BIGINT NOT NULL,
  later BIGINT NOT NULL,  -- 1 when it seems to tell statuses only: messages go first
  state BIGINT NOT NULL,  -- 0 waiting, 1 applied, 2 quarantined (could not be read), 3 dead (could not be applied)
  attempts BIGINT NOT NULL,
  problem TEXT,
  done_at BIGINT
);
CREATE INDEX received_webhook_waiting ON received_webhook (later, id) WHERE state = 0;
CREATE INDEX received_webhook_problem ON received_webhook (id) WHERE state >= 2;

CREATE TABLE tenant (
  tenant_id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  quiet_micros BIGINT NOT NULL,
  faq_revision BIGINT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE TABLE agent (
  id BIGINT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  is_platform BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT
);

CREATE TABLE membership (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  agent_id BIGINT NOT NULL REFERENCES agent (id),
  role TEXT NOT NULL,     -- owner, admin, agent
  name TEXT NOT NULL,     -- name and e-mail as in agent, which a tenant's request may not read
  email TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  disabled_at BIGINT,
  PRIMARY KEY (tenant_id, agent_id)
);
CREATE INDEX membership_agent ON membership (agent_id);

CREATE TABLE session (
  id BIGINT PRIMARY KEY,
  token_hash TEXT NOT NULL UNIQUE,
  agent_id BIGINT NOT NULL REFERENCES agent (id),
  tenant_id BIGINT,
  kind TEXT NOT NULL,     -- session, api_key
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);
CREATE INDEX session_agent ON session (agent_id);

CREATE TABLE inbox (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  connection_id BIGINT NOT NULL,
  channel BIGINT NOT NULL,
  address TEXT NOT NULL,         -- Meta phone_number_id, Twilio number in E.164
  display_number TEXT NOT NULL,
  name TEXT NOT NULL,
  access_token TEXT,             -- sealed
  callback_token TEXT,           -- sealed: lets Studio's calls in
  source TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX inbox_address ON inbox (channel, address);

CREATE TABLE contact (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  name TEXT,
  phone TEXT,                    -- E.164, wa_id, user_id: how to reach them; identities are the key
  wa_id TEXT,
  user_id TEXT,
  language TEXT,
  opted_out_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE contact_identity (
  tenant_id BIGINT NOT NULL,
  kind BIGINT NOT NULL,          -- 1 wa_id, 2 E.164, 3 business-scoped user id
  value TEXT NOT NULL,
  contact_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, kind, value),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE INDEX contact_identity_contact ON contact_identity (contact_id);

CREATE TABLE conversation (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  session_id TEXT NOT NULL,
  status BIGINT NOT NULL,        -- 1 open, 2 snoozed, 3 closed
  assignee BIGINT NOT NULL,      -- 1 flow, 2 AI agent, 3 agent, 4 team, 5 nobody
  agent_id BIGINT,
  version BIGINT NOT NULL,       -- changes with ownership or status only: the fence of automatic answers
  language TEXT,
  last_seq BIGINT NOT NULL,      -- messages are numbered 1, 2, 3 … in a conversation
  last_inbound_seq BIGINT NOT NULL,
  answered_seq BIGINT NOT NULL,  -- inbound up to here has been looked at by a turn or a person
  unread BIGINT NOT NULL,
  last_inbound_at BIGINT,
  last_message TEXT,
  last_message_at BIGINT NOT NULL,
  handoff_reason TEXT,
  waiting_since BIGINT,          -- since when a person owes the customer an answer
  created_at BIGINT NOT NULL,
  closed_at BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, inbox_id) REFERENCES inbox (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE UNIQUE INDEX conversation_open ON conversation (contact_id, inbox_id, tenant_id) WHERE status <> 3;
CREATE INDEX conversation_recent ON conversation (tenant_id, last_message_at, id) WHERE last_message_at > 0; -- always: lists say so

CREATE TABLE conversation_event (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  type TEXT NOT NULL,            -- handed_off, taken_over, released, closed, menu_choice, free_input, …
  agent_id BIGINT,
  detail TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);
CREATE INDEX conversation_event_of ON conversation_event (conversation_id, id);

-- What made a message take effect once, kept for ever: inbound keys go in before anything else happens, outbound ones when
-- the provider accepted.
CREATE TABLE provider_key (
  tenant_id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  provider_id TEXT NOT NULL,
  message_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, inbox_id, provider_id)
);

CREATE TABLE message (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  author BIGINT NOT NULL,        -- 1 customer, 2 AI agent, 3 flow, 4 agent, 5 system
  agent_id BIGINT,
  type TEXT NOT NULL,
  content TEXT NOT NULL,
  choice_id TEXT,
  payload TEXT,                  -- what it holds besides text (Channels/InboundContent, OutboundContent), JSON
  raw TEXT,                      -- inbound: as the provider wrote it
  replies_to TEXT,
  provider_id TEXT,
  provider_at BIGINT,
  status BIGINT,                 -- outbound only: DeliveryStatus, moves upwards
  sent_at BIGINT,
  delivered_at BIGINT,
  read_at BIGINT,
  failed_at BIGINT,
  error_code BIGINT,
  error_text TEXT,
  cost_category TEXT,            -- outbound: what the provider charges it as, and how
  cost_type TEXT,
  edited_at BIGINT,              -- inbound: the customer changed or deleted it
  deleted_at BIGINT,
  answers BIGINT,                -- outbound of a turn: the customer's last message it answers
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);
CREATE UNIQUE INDEX message_seq ON message (conversation_id, seq, tenant_id);

CREATE TABLE parked_status (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  provider_id TEXT NOT NULL,
  status BIGINT NOT NULL,
  at BIGINT,
  error_code BIGINT,
  error_text TEXT,
  parked_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX parked_status_key ON parked_status (provider_id, inbox_id, tenant_id);

CREATE TABLE outbox (
  tenant_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  automatic BIGINT NOT NULL,     -- 0 a person's, 1 the engine's: a person's goes first
  version BIGINT NOT NULL,       -- of the conversation when it was decided; checked again before the bytes leave
  answer_id BIGINT NOT NULL,     -- first message of a split answer: a rejected part cancels the later ones
  state BIGINT NOT NULL,         -- 0 queued, 1 on the wire, 2 unknown, 3 dead
  attempts BIGINT NOT NULL,
  due_at BIGINT NOT NULL,        -- by the database's clock
  first_tried_at BIGINT,
  reason TEXT,
  dead_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, message_id),
  FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id)
);
CREATE INDEX outbox_lane ON outbox (conversation_id, automatic, seq) WHERE state < 2;
CREATE INDEX outbox_stuck ON outbox (tenant_id, message_id) WHERE state >= 2;

-- What was brought to a provider once to be named in messages: uploaded files, content resources.
CREATE TABLE provider_asset (
  tenant_id BIGINT NOT NULL,
  inbox_id BIGINT NOT NULL,
  asset_key TEXT NOT NULL,
  provider_id TEXT NOT NULL,
  expires_at BIGINT,             -- null for never
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, inbox_id, asset_key)
);

CREATE TABLE faq (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE customer_order (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  tracking_number TEXT NOT NULL,
  contact_id BIGINT,
  status TEXT NOT NULL,          -- pending, confirmed, preparing, shipped, out_for_delivery, delivered, cancelled
  carrier TEXT,
  expected_on TEXT,              -- ISO date
  total_minor BIGINT,
  currency TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX customer_order_tracking ON customer_order (tenant_id, tracking_number);

CREATE TABLE change (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  seq BIGINT,                    -- given after the commit by one numberer; what readers follow
  type TEXT NOT NULL,
  conversation_id BIGINT,
  message_id BIGINT,
  inbox_id BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX change_new ON change (id) WHERE seq IS NULL;
CREATE UNIQUE INDEX change_seq ON change (seq) WHERE seq IS NOT NULL;
-- Up to where a tenant's changes have been pruned: a watcher that comes back from before it starts over.
CREATE TABLE change_pruning (tenant_id BIGINT PRIMARY KEY, pruned_seq BIGINT NOT NULL);
CREATE TABLE change_numbering (last_seq BIGINT NOT NULL);
INSERT INTO change_numbering (last_seq) VALUES (0);

CREATE TABLE idempotency (
  tenant_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  route TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  status BIGINT NOT NULL, -- 0 only inside the transaction that carries it out
  answer TEXT NOT NULL,   -- JSON, or empty
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, agent_id, route, idempotency_key)
);
CREATE INDEX idempotency_age ON idempotency (tenant_id, created_at);

CREATE TABLE setup_token (token_hash TEXT NOT NULL, created_at BIGINT NOT NULL);
