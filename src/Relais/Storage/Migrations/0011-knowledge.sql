-- What a tenant's AI agent answers from besides FAQs, and FAQs that people's answers suggest.

ALTER TABLE faq ADD COLUMN language TEXT;  -- fr, ar, en; null: not said

CREATE TABLE document (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  title TEXT NOT NULL,
  format TEXT NOT NULL,        -- text, markdown, pdf, url
  url TEXT,
  language TEXT,               -- as the owner said, or as it was read; fr, ar, en
  source {bytes},              -- as it was brought; null for a url, which is fetched at each reading
  size BIGINT NOT NULL,        -- bytes
  state TEXT NOT NULL,         -- waiting, ready, failed
  problem TEXT,                -- failed: a sentence
  passages BIGINT NOT NULL,
  reading BIGINT NOT NULL,     -- grows each time a reading is asked for: an older one's result is dropped
  read_at BIGINT,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE passage (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  place BIGINT NOT NULL,       -- 0, 1, 2 … in its document
  heading TEXT NOT NULL,       -- "Returns › Deadlines"; may be empty
  content TEXT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, document_id) REFERENCES document (tenant_id, id)
);
CREATE INDEX passage_document ON passage (tenant_id, document_id, place);

CREATE TABLE embedding_model (
  tenant_id BIGINT NOT NULL PRIMARY KEY REFERENCES tenant (tenant_id),
  base_url TEXT,               -- null: OpenAI's
  model TEXT NOT NULL,
  sealed_key TEXT,
  floor_milli BIGINT NOT NULL, -- thousandths: the cosine under which a likeness counts for nothing
  revision BIGINT NOT NULL,    -- grows with each change: vectors of another one are made anew
  problem TEXT                 -- the last failure, until it works again
);

CREATE TABLE knowledge_vector (
  tenant_id BIGINT NOT NULL,
  item_id BIGINT NOT NULL,     -- of a faq or a passage: ids are unique in the installation
  revision BIGINT NOT NULL,    -- of embedding_model
  digest TEXT NOT NULL,        -- SHA-256 of the text it stands for
  vector {bytes} NOT NULL,     -- little-endian float32, of length 1
  PRIMARY KEY (tenant_id, item_id)
);

CREATE TABLE faq_candidate (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  question TEXT NOT NULL,      -- personal data masked, as in the answer
  answer TEXT NOT NULL,
  language TEXT,
  times BIGINT NOT NULL,       -- conversations it was asked and answered in
  state TEXT NOT NULL,         -- open, approved, dismissed
  faq_id BIGINT,               -- approved: what became of it
  conversation_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,  -- the person's first answer
  created_at BIGINT NOT NULL,
  asked_at BIGINT NOT NULL,    -- the last time
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX faq_candidate_state ON faq_candidate (tenant_id, state, id);

CREATE TABLE candidate_cursor (
  tenant_id BIGINT NOT NULL PRIMARY KEY REFERENCES tenant (tenant_id),
  mined_to BIGINT NOT NULL     -- people's answers up to then were looked at, microseconds UTC
);

-- People's answers in their order; automatic ones, which are most, are not in it.
CREATE INDEX message_of_people ON message (tenant_id, created_at) WHERE author = 4;
