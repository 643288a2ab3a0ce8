-- What goes to customers unasked: why each such message was allowed, how many a customer gets, and what falls with a reply.

ALTER TABLE tenant ADD COLUMN unasked_limit BIGINT NOT NULL DEFAULT 3;  -- campaigns and follow-ups one customer gets in so many days; 0: no limit
ALTER TABLE tenant ADD COLUMN unasked_days BIGINT NOT NULL DEFAULT 7;

ALTER TABLE outbox ADD COLUMN falls_on_reply BIGINT NOT NULL DEFAULT 0; -- 1: taken back when the customer writes or the conversation changes hands first

-- One row a message that nobody asked for; never changed.
CREATE TABLE unasked_send (
  tenant_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  kind TEXT NOT NULL,             -- campaign, follow_up, order_notice, order_reminder
  source_id BIGINT,               -- the campaign, the plan, the order
  basis TEXT NOT NULL,            -- what allowed it, in words
  purpose BIGINT NOT NULL,        -- SendPurpose
  consent TEXT NOT NULL,          -- granted, not_withdrawn, not_needed
  window_open BIGINT NOT NULL,    -- 1: within 24 hours of the customer's words
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, message_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE INDEX unasked_send_of ON unasked_send (contact_id, at);
