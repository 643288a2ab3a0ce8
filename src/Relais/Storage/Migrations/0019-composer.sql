-- What people write with (drafts, ready answers, messages for later, translations), and customers as people keep them.

CREATE TABLE draft (
  tenant_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  text TEXT NOT NULL,
  is_note BIGINT NOT NULL,
  reply_to BIGINT,
  data TEXT,                     -- what else the composer holds, JSON of its own
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, agent_id, conversation_id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);

CREATE TABLE canned_answer (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  shortcut TEXT NOT NULL,        -- what is typed after /
  title TEXT NOT NULL,
  category TEXT,
  texts TEXT NOT NULL,           -- JSON: language ⇒ text
  media_id BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX canned_answer_shortcut ON canned_answer (tenant_id, shortcut);

-- A person's words that leave later, in the order of their times; lane = conversation. message_id is written by the transaction that sends.
CREATE TABLE scheduled_message (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,      -- whose words they are
  content TEXT NOT NULL,         -- how it reads
  payload TEXT,                  -- what it holds besides text (Channels/OutboundContent), JSON
  reply_to BIGINT,               -- our id of the message it quotes
  answers_seq BIGINT NOT NULL,   -- the customer's last message when it was written: it answers no later one
  due_at BIGINT NOT NULL,
  state BIGINT NOT NULL,         -- 0 waiting, 1 sent, 2 refused, 3 cancelled
  problem_code TEXT,
  problem TEXT,                  -- refused: why, for a person
  message_id BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);
CREATE INDEX scheduled_message_due ON scheduled_message (due_at) WHERE state = 0;
CREATE INDEX scheduled_message_open ON scheduled_message (tenant_id, conversation_id, due_at) WHERE state IN (0, 2);

ALTER TABLE message ADD COLUMN retried_as BIGINT; -- outbound: the message by which a person sent the same again

CREATE TABLE message_translation (
  tenant_id BIGINT NOT NULL,
  message_id BIGINT NOT NULL,
  language TEXT NOT NULL,        -- into which: fr, ar, en
  source_hash TEXT NOT NULL,     -- SHA-256 of the words it was made of: customers edit their messages
  source_language TEXT,
  text TEXT NOT NULL,
  provider TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, message_id, language),
  FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id)
);

ALTER TABLE contact ADD COLUMN named_by BIGINT;    -- who gave the name: what the customer shows no longer changes it
ALTER TABLE contact ADD COLUMN merged_into BIGINT; -- the contact that has everything of this one

CREATE TABLE contact_note (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  message TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id)
);
CREATE INDEX contact_note_of ON contact_note (contact_id, id);

-- Two contacts that are one person: what was moved, so that it can be moved back.
CREATE TABLE contact_merge (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,    -- who has everything now
  other_id BIGINT NOT NULL,      -- whose it was
  agent_id BIGINT NOT NULL,
  moved TEXT NOT NULL,           -- Desk/Contacts/Merging/MovedRows as JSON
  created_at BIGINT NOT NULL,
  undone_at BIGINT,
  undone_by BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
  FOREIGN KEY (tenant_id, other_id) REFERENCES contact (tenant_id, id)
);

