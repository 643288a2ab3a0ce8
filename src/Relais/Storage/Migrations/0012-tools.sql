-- What a business's AI agent can do besides what everyone's can: tools of its own, tools of its MCP servers, products, fields.

CREATE TABLE ai_tool (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,            -- as models call it
  title TEXT NOT NULL,           -- as customers are asked before an effect: Foundation/LocalText as JSON
  description TEXT NOT NULL,     -- for models
  parameters TEXT NOT NULL,      -- JSON Schema of text, numbers, booleans and lists of words
  method TEXT NOT NULL,          -- GET, POST
  url TEXT NOT NULL,             -- template; its host is fixed
  body TEXT,                     -- POST: JSON template; null sends the arguments as they are
  headers TEXT,                  -- sealed JSON
  timeout_seconds BIGINT NOT NULL,
  risk TEXT NOT NULL,            -- read, effect
  enabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name)
);

CREATE TABLE ai_mcp_server (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,            -- in front of its tools' names
  url TEXT NOT NULL,
  headers TEXT,                  -- sealed JSON
  tools TEXT NOT NULL,           -- JSON: name ⇒ risk; what is not listed is not offered
  enabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, name)
);

-- What a customer was asked before a tool with an effect runs: one tap, one run, ten minutes.
CREATE TABLE tool_confirmation (
  tenant_id BIGINT NOT NULL,
  nonce TEXT NOT NULL,           -- 64 random bits in hex; also the Idempotency-Key of the call
  tool TEXT NOT NULL,            -- its name for models
  title TEXT NOT NULL,           -- as the customer was asked
  arguments TEXT NOT NULL,       -- JSON: what was asked is what runs
  contact_id BIGINT NOT NULL,    -- who may tap, and where
  conversation_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,
  used_by_message BIGINT,        -- the customer's message that was the tap
  choice TEXT,                   -- run, keep
  outcome TEXT,                  -- done, failed, unknown, kept; null while it runs
  answer TEXT,                   -- done: what the tool said to the customer
  PRIMARY KEY (tenant_id, nonce),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);

CREATE TABLE product (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,           -- Foundation/LocalText as JSON
  description TEXT,              -- Foundation/LocalText as JSON
  price_minor BIGINT,            -- in the currency's minor unit
  currency TEXT,                 -- ISO 4217
  stock BIGINT,                  -- null: not counted
  image_media_id BIGINT,         -- a file of ours, or …
  image_url TEXT,                -- … a public link
  url TEXT,                      -- its page in the shop
  enabled BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  UNIQUE (tenant_id, sku)
);

-- What the AI agent may note of a customer; what is not listed is not stored.
CREATE TABLE contact_field (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  name TEXT NOT NULL,            -- name, email, city, address, or the business's own
  kind TEXT NOT NULL,            -- text, email, number, date, choice
  description TEXT,              -- for models
  words TEXT,                    -- choice: JSON array
  position BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, name)
);

CREATE TABLE contact_value (
  tenant_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  author TEXT NOT NULL,          -- agent (a person), ai
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, name),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);

ALTER TABLE tenant ADD COLUMN approve_orders BIGINT NOT NULL DEFAULT 0; -- 1: what a customer taps on an order waits for a person

CREATE TABLE order_approval (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  action TEXT NOT NULL,          -- confirm, modify, cancel
  order_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  detail TEXT,                   -- modify: what is to be changed, in words
  language TEXT NOT NULL,        -- of the customer: fr, ar, en
  state TEXT NOT NULL,           -- pending, approved, rejected, impossible
  agent_id BIGINT,               -- who decided
  created_at BIGINT NOT NULL,
  decided_at BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);
CREATE INDEX order_approval_state ON order_approval (tenant_id, state, id);
