-- Orders from their making to their delivery: who moved them, what their customers were told, who is still to be called.

UPDATE customer_order SET status = 'placed' WHERE status = 'pending' AND tenant_id IS NOT NULL;

ALTER TABLE customer_order ADD COLUMN order_number TEXT;            -- what people say; the tracking number is what the courier says
ALTER TABLE customer_order ADD COLUMN address TEXT;
ALTER TABLE customer_order ADD COLUMN confirmation_sent_at BIGINT;  -- when its customer was asked to confirm it
ALTER TABLE customer_order ADD COLUMN confirmed_at BIGINT;
ALTER TABLE customer_order ADD COLUMN cancelled_at BIGINT;
ALTER TABLE customer_order ADD COLUMN remind_at BIGINT;             -- when its customer is reminded, or listed for a call
ALTER TABLE customer_order ADD COLUMN reminders BIGINT NOT NULL DEFAULT 0;
ALTER TABLE customer_order ADD COLUMN call_at BIGINT;               -- since when it waits for a call
ALTER TABLE customer_order ADD COLUMN message_problem TEXT;         -- why the last message about it was not sent

CREATE UNIQUE INDEX customer_order_number ON customer_order (tenant_id, order_number);
CREATE INDEX customer_order_remind ON customer_order (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX customer_order_call ON customer_order (tenant_id, id) WHERE call_at IS NOT NULL;
CREATE INDEX customer_order_asked ON customer_order (tenant_id, confirmation_sent_at) WHERE confirmation_sent_at IS NOT NULL;

-- Each change of an order's status; the first one is its making.
CREATE TABLE order_move (
  tenant_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,           -- 1, 2, 3 …
  from_status TEXT,              -- null: it was made
  to_status TEXT NOT NULL,
  actor TEXT NOT NULL,           -- person, customer, courier, system
  agent_id BIGINT,
  why TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order (tenant_id, id)
);
CREATE INDEX order_move_cancelled ON order_move (tenant_id, created_at) WHERE to_status = 'cancelled';

ALTER TABLE order_confirmation ADD COLUMN wish_message BIGINT;      -- the customer's message that said what to change

-- The messages in which a business asks to confirm an order; a reminder asks the same question again.
CREATE TABLE order_question (
  tenant_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  nonce TEXT NOT NULL,           -- order_confirmation
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, message_id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order (tenant_id, id)
);
CREATE INDEX order_question_order ON order_question (order_id, created_at);
CREATE INDEX order_question_nonce ON order_question (nonce);
CREATE INDEX order_confirmation_contact ON order_confirmation (contact_id, action, created_at);

-- What customers are told of a status; a status without a row has the words that come with Relais.
CREATE TABLE order_notice (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  status TEXT NOT NULL,
  enabled BIGINT NOT NULL,
  words TEXT,                    -- Foundation/LocalText as JSON; null: ours
  template TEXT,                 -- what is sent outside the service window; null: nothing
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, status)
);

-- Once for an order and a status.
CREATE TABLE order_notice_sent (
  tenant_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  status TEXT NOT NULL,
  message_id BIGINT,             -- null: it was refused
  problem_code TEXT,
  problem TEXT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, order_id, status),
  FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order (tenant_id, id)
);

-- Who may tell statuses from outside: the key stands in the address, the secret signs.
CREATE TABLE order_courier (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  key TEXT NOT NULL,
  secret TEXT NOT NULL,          -- sealed
  created_at BIGINT NOT NULL,
  last_at BIGINT,                -- of the last call that was let in
  PRIMARY KEY (tenant_id)
);
CREATE INDEX order_courier_key ON order_courier (key);

-- The shop's own system, asked first where an order is.
CREATE TABLE order_lookup (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  url TEXT NOT NULL,             -- template with {number}
  headers TEXT,                  -- sealed JSON
  enabled BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id)
);

ALTER TABLE tenant ADD COLUMN country TEXT;                                   -- ISO 3166 alpha-2: whose national phone numbers are understood
ALTER TABLE tenant ADD COLUMN order_remind_hours BIGINT NOT NULL DEFAULT 24;
ALTER TABLE tenant ADD COLUMN order_remind_times BIGINT NOT NULL DEFAULT 1;   -- 0: only listed for a call
