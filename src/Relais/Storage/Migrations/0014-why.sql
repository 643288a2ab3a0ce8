-- Why the engine said what it said, and what it would have said where it may not speak by itself.

CREATE TABLE turn_trace (
  tenant_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,     -- the customer's last message the turn looked at; what was said has it in message.answers
  kind BIGINT NOT NULL,           -- 1 an answer, 2 a suggestion
  rule TEXT NOT NULL,             -- what decided (Engine/Why/TurnNotes)
  handoff TEXT,                   -- why people got it
  language TEXT,
  prompt_version BIGINT NOT NULL, -- 0: none of the business's own
  provider TEXT,                  -- who answered: built_in, openai …; null when nobody was asked
  model TEXT,
  input_tokens BIGINT,            -- of all calls of the turn, as in ai_usage; null when no model was asked
  output_tokens BIGINT,
  cost_micros BIGINT,             -- micro-dollars
  duration_micros BIGINT NOT NULL,
  detail TEXT,                    -- Engine/Why/TraceDetail as JSON: tools, sources, calls; null when there is none
  at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, message_id, kind)
);

ALTER TABLE message ADD COLUMN ai_suggestion TEXT;                       -- inbound: a draft for a person
ALTER TABLE conversation ADD COLUMN drafted_seq BIGINT NOT NULL DEFAULT 0; -- the last customer's message a suggestion was made for
