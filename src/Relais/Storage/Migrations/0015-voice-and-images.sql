-- Voice notes are written down by a model, pictures are shown to models that read them, long conversations are summarised.

-- The model that writes a tenant's voice notes down; without a row the installation's, if it has one.
CREATE TABLE ai_transcription (
  tenant_id BIGINT NOT NULL,
  model TEXT NOT NULL,            -- the provider's name of it
  base_url TEXT,                  -- null: where the operator or the provider has it
  sealed_key TEXT,                -- null: a server that wants none
  price_minute BIGINT NOT NULL,   -- micro-dollars for a minute of sound
  PRIMARY KEY (tenant_id)
);

ALTER TABLE message ADD COLUMN transcript TEXT;      -- of a voice note; null: none yet, or nobody asked for one; empty: it was tried, and there is none

ALTER TABLE ai_model ADD COLUMN reads_images BIGINT; -- null: as is known of the model

ALTER TABLE conversation ADD COLUMN summary TEXT;              -- of what lies before the messages a turn is shown
ALTER TABLE conversation ADD COLUMN summary_from BIGINT NOT NULL DEFAULT 0; -- history_from it was made under: under another one it is not used
ALTER TABLE conversation ADD COLUMN summary_to BIGINT NOT NULL DEFAULT 0;   -- seq of the last message in it
