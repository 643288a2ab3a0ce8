-- What people need of a conversation besides answering it: whose it is at a glance, when it comes back, what they note among themselves.

ALTER TABLE conversation ADD COLUMN priority BIGINT NOT NULL DEFAULT 0;         -- 0 none, 1 low, 2 high, 3 urgent
ALTER TABLE conversation ADD COLUMN snoozed_until BIGINT;                       -- not null exactly while status = 2
ALTER TABLE conversation ADD COLUMN snoozed_seq BIGINT NOT NULL DEFAULT 0;      -- last_inbound_seq when it was snoozed: more ends the snooze
ALTER TABLE conversation ADD COLUMN release_at BIGINT;                          -- when it goes back to the AI agent
ALTER TABLE conversation ADD COLUMN release_on_close BIGINT NOT NULL DEFAULT 0; -- 1: whoever has it keeps it until it is closed
-- Handed off, and nobody of the business has answered or taken it since: 1 the customer is still to be told to wait, 2 has been told or is not to be.
ALTER TABLE conversation ADD COLUMN awaited BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversation ADD COLUMN handed_seq BIGINT NOT NULL DEFAULT 0;       -- last_inbound_seq at that hand-off: more is somebody who waits and writes
ALTER TABLE conversation ADD COLUMN passed_by BIGINT;                           -- the member who had it at that hand-off and let it lie
ALTER TABLE tenant ADD COLUMN reassign_minutes BIGINT;                          -- after which it goes to the next member; null: never

-- Lists read open conversations or the others, never both at once through one index: a message then touches one entry, as before.
DROP INDEX conversation_recent;
CREATE INDEX conversation_live ON conversation (tenant_id, last_message_at, id) WHERE status = 1;
CREATE INDEX conversation_past ON conversation (tenant_id, last_message_at, id) WHERE status > 1;
CREATE INDEX conversation_snoozed ON conversation (tenant_id, snoozed_until) WHERE status = 2;
CREATE INDEX conversation_queue ON conversation (tenant_id, last_message_at, id) WHERE status = 1 AND assignee > 2 AND agent_id IS NULL;
CREATE INDEX conversation_waiting ON conversation (tenant_id, waiting_since, id) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversation_owner ON conversation (tenant_id, assignee, agent_id, inbox_id, status) WHERE status = 1;  -- the tabs' counts, without the rows
CREATE INDEX conversation_of_contact ON conversation (contact_id, id);

-- What comes due by itself; the conversation says whether it still holds.
CREATE TABLE conversation_timer (
  tenant_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  kind TEXT NOT NULL,            -- snooze, release, reassign, viewers
  due_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, kind),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);
CREATE INDEX conversation_timer_due ON conversation_timer (due_at);

CREATE TABLE conversation_viewer (
  tenant_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  state TEXT NOT NULL,           -- viewing, typing
  seen_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, agent_id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);

CREATE TABLE label (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,          -- the name as it is compared
  color TEXT NOT NULL,           -- #rrggbb
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX label_name ON label (tenant_id, folded);

CREATE TABLE conversation_label (
  tenant_id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  label_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, conversation_id, label_id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id),
  FOREIGN KEY (tenant_id, label_id) REFERENCES label (tenant_id, id)
);
CREATE INDEX conversation_label_of ON conversation_label (label_id, conversation_id);

CREATE TABLE contact_label (
  tenant_id BIGINT NOT NULL,
  contact_id BIGINT NOT NULL,
  label_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, contact_id, label_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact (tenant_id, id),
  FOREIGN KEY (tenant_id, label_id) REFERENCES label (tenant_id, id)
);
CREATE INDEX contact_label_of ON contact_label (label_id, contact_id);

CREATE TABLE conversation_note (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  conversation_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  message TEXT NOT NULL,         -- empty once it is deleted
  mentions TEXT NOT NULL,        -- JSON list of agents' ids
  created_at BIGINT NOT NULL,
  deleted_at BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, conversation_id) REFERENCES conversation (tenant_id, id)
);
CREATE INDEX conversation_note_of ON conversation_note (conversation_id, id);

CREATE TABLE saved_view (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,          -- JSON object: the list's query
  is_shared BIGINT NOT NULL,     -- 1: everybody's
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);
