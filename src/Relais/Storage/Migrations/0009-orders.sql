-- What a customer was asked about an order, with the button each answer is given by: a tap counts once, for ten minutes.

CREATE TABLE order_confirmation (
  tenant_id BIGINT NOT NULL,
  nonce TEXT NOT NULL,           -- 64 random bits in hex; the buttons of one question share it
  action TEXT NOT NULL,          -- confirm, modify, cancel, keep
  order_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,    -- who may tap, and where
  conversation_id BIGINT NOT NULL,
  detail TEXT,                   -- modify: what is to be changed, in words
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  used_at BIGINT,                -- set for every button of the question at once: the first tap spends them all
  used_by_message BIGINT,        -- the customer's message that was the tap
  outcome TEXT,                  -- confirmed, cancelled, change_requested, kept, impossible
  PRIMARY KEY (tenant_id, nonce, action),
  FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);

CREATE INDEX customer_order_contact ON customer_order (tenant_id, contact_id, id);
