-- What a business has taught its built-in agent: examples of intents and words of one meaning, as they are used and as they
-- are being written.
CREATE TABLE own_words (
  tenant_id BIGINT NOT NULL,
  draft TEXT NOT NULL,            -- JSON: examples (intent to lines), synonyms (word to words)
  published TEXT NOT NULL,        -- the same, as turns are answered under
  changed_at BIGINT NOT NULL,
  published_at BIGINT,            -- null: never
  PRIMARY KEY (tenant_id)
);
