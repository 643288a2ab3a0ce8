-- Which models answer a tenant's customers, what they used, and the cap on their cost.

CREATE TABLE ai_model (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  position BIGINT NOT NULL,       -- tried in this order, from 0
  provider TEXT NOT NULL,         -- openai, anthropic, gemini, openai_compatible
  model TEXT NOT NULL,            -- the provider's name of it
  base_url TEXT,                  -- null: where the operator or the provider has it
  sealed_key TEXT,                -- null: a server that wants none
  temperature_milli BIGINT,       -- thousandths; null: the model's own
  price_in BIGINT NOT NULL,       -- micro-dollars for a million tokens in
  price_out BIGINT NOT NULL,      -- micro-dollars for a million tokens out
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE ai_usage (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  input_tokens BIGINT NOT NULL,
  output_tokens BIGINT NOT NULL,
  cost_micros BIGINT NOT NULL,    -- micro-dollars, at the prices of that moment
  duration_micros BIGINT NOT NULL,
  outcome TEXT NOT NULL,          -- answered, or how it failed: overloaded, spend_limit, refused, broken, timed_out, declined
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ai_usage_contact ON ai_usage (tenant_id, contact_id, at);
CREATE INDEX ai_usage_day ON ai_usage (tenant_id, at);

ALTER TABLE tenant ADD COLUMN ai_daily_cost_micros BIGINT; -- of models in 24 hours, micro-dollars; null: no cap
