-- When people take over, which of them, when they are there, and what customers are told meanwhile.

ALTER TABLE tenant ADD COLUMN handoff_rules TEXT;             -- Tenants/HandoffRules as JSON; null: the usual ones
ALTER TABLE tenant ADD COLUMN business_hours TEXT;            -- Tenants/BusinessHours as JSON; null: not known, so nothing is promised
ALTER TABLE tenant ADD COLUMN ai_daily_tokens BIGINT;         -- of models in 24 hours; null: no cap
ALTER TABLE tenant ADD COLUMN ai_conversation_tokens BIGINT;  -- of models in one conversation; null: no cap

-- The business's own wording of sentences the program says by itself; what is not here is said in ours.
CREATE TABLE automatic_message (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  name TEXT NOT NULL,            -- Engine/Handoffs/AutomaticMessages
  language TEXT NOT NULL,        -- fr, ar, en
  body TEXT NOT NULL,
  PRIMARY KEY (tenant_id, name, language)
);

CREATE TABLE team (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  is_default BIGINT NOT NULL,    -- 1: gets what no other team is for; one of a tenant's at most
  reasons TEXT NOT NULL,         -- JSON list of hand-off reasons that are its
  topics TEXT NOT NULL,          -- JSON list of words and phrases of customers that are its; go before reasons
  created_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, id)
);

CREATE TABLE team_member (
  tenant_id BIGINT NOT NULL,
  team_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, team_id, agent_id),
  FOREIGN KEY (tenant_id, team_id) REFERENCES team (tenant_id, id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES membership (tenant_id, agent_id)
);

CREATE TABLE agent_presence (
  tenant_id BIGINT NOT NULL,
  agent_id BIGINT NOT NULL,
  state TEXT NOT NULL,           -- online, busy, away
  seen_at BIGINT NOT NULL,       -- the last heartbeat: whoever is silent for 90 s is away
  capacity BIGINT NOT NULL,      -- conversations they are given at once
  languages TEXT NOT NULL,       -- fr,ar,en: what they write; empty: any
  PRIMARY KEY (tenant_id, agent_id),
  FOREIGN KEY (tenant_id, agent_id) REFERENCES membership (tenant_id, agent_id)
);

ALTER TABLE conversation ADD COLUMN team_id BIGINT;           -- whose it is since it was handed off
CREATE INDEX conversation_of_agent ON conversation (agent_id) WHERE agent_id IS NOT NULL AND status <> 3;
CREATE INDEX conversation_of_team ON conversation (team_id, waiting_since) WHERE assignee = 4 AND status <> 3;
