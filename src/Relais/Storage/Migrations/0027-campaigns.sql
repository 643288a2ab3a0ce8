-- Campaigns: one template to many customers, each of them once. Lane = the campaign.

CREATE TABLE campaign (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  name TEXT NOT NULL,
  inbox_id BIGINT NOT NULL,
  state TEXT NOT NULL,            -- draft, checking, checked, scheduled, running, paused, done, cancelled
  template TEXT NOT NULL,         -- Campaigns/CampaignTemplate as JSON
  audience TEXT NOT NULL,         -- Campaigns/CampaignAudience as JSON
  schedule TEXT NOT NULL,         -- Campaigns/CampaignSchedule as JSON
  pace BIGINT NOT NULL,           -- messages a minute at most
  hold_out BIGINT NOT NULL,       -- percent of the audience that gets nothing, to compare with
  seed BIGINT NOT NULL,           -- of the draw
  fill_cursor BIGINT,             -- checking: up to which contact or row the audience was read; below 0 what was there before goes first
  starts_after BIGINT NOT NULL DEFAULT 0, -- checking: 1 when it starts by itself then
  paced_until BIGINT NOT NULL DEFAULT 0,  -- up to when its pace is used up, microseconds UTC
  next_at BIGINT,                 -- when the worker looks at it again; null: not at all
  sweep BIGINT NOT NULL DEFAULT 0, -- 1: what of it waits in the outbox is being taken back; at its end its file is swept, too
  wait_reason TEXT,               -- running: why nothing leaves at the moment, for a person
  reason_code TEXT,               -- paused or back to draft: why
  reason TEXT,
  upload_id BIGINT,               -- the rows that count
  upload_columns TEXT,            -- JSON array: header of the file
  total BIGINT NOT NULL DEFAULT 0,   -- recipients; the sum of the four that follow
  waiting BIGINT NOT NULL DEFAULT 0,
  taken BIGINT NOT NULL DEFAULT 0,
  skipped BIGINT NOT NULL DEFAULT 0,
  held_out BIGINT NOT NULL DEFAULT 0,
  agent_id BIGINT NOT NULL,       -- who made it
  started_by BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  started_at BIGINT,
  ended_at BIGINT,
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, inbox_id) REFERENCES inbox (tenant_id, id)
);
CREATE INDEX campaign_due ON campaign (next_at) WHERE next_at IS NOT NULL;

-- Rows of a file as it was brought; an upload counts once the campaign names it. They go when the campaign has ended.
CREATE TABLE campaign_row (
  tenant_id BIGINT NOT NULL,
  campaign_id BIGINT NOT NULL,
  upload_id BIGINT NOT NULL,
  row_no BIGINT NOT NULL,
  phone TEXT NOT NULL,
  columns TEXT NOT NULL,          -- JSON array of cells
  PRIMARY KEY (tenant_id, campaign_id, upload_id, row_no),
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign (tenant_id, id)
);

-- A contact stands here once a campaign. Rows without a contact are those of a file that name nobody, or somebody a second time.
CREATE TABLE campaign_recipient (
  tenant_id BIGINT NOT NULL,
  campaign_id BIGINT NOT NULL,
  position BIGINT NOT NULL,
  contact_id BIGINT,
  phone TEXT,                     -- as it stood in the file, where it names nobody
  zone TEXT NOT NULL,             -- IANA name
  language TEXT NOT NULL,         -- of the template
  variables TEXT NOT NULL,        -- JSON: field of the template => value
  state BIGINT NOT NULL,          -- 0 waiting, 1 taken (message_id says how it went), 2 skipped, 3 held out
  reason_code TEXT,
  reason TEXT,
  conversation_id BIGINT,
  message_id BIGINT,
  tries BIGINT NOT NULL DEFAULT 0,
  at BIGINT,                      -- when it was queued, or when it would have been (held out)
  PRIMARY KEY (tenant_id, campaign_id, position),
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign (tenant_id, id),
  UNIQUE (tenant_id, campaign_id, contact_id)
);
CREATE INDEX campaign_recipient_waiting ON campaign_recipient (campaign_id, position) WHERE state = 0;
CREATE UNIQUE INDEX campaign_recipient_message ON campaign_recipient (message_id, tenant_id) WHERE message_id IS NOT NULL;

-- Time zones of the recipients, and when a campaign that leaves at a local hour leaves in each.
CREATE TABLE campaign_zone (
  tenant_id BIGINT NOT NULL,
  campaign_id BIGINT NOT NULL,
  zone TEXT NOT NULL,
  due_at BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, campaign_id, zone),
  FOREIGN KEY (tenant_id, campaign_id) REFERENCES campaign (tenant_id, id)
);

-- What the provider charges for a delivered template, as the business keeps it: millionths of the currency.
CREATE TABLE message_price (
  tenant_id BIGINT NOT NULL REFERENCES tenant (tenant_id),
  prefix TEXT NOT NULL,           -- country code and what follows, digits
  category TEXT NOT NULL,         -- marketing, utility, authentication
  currency TEXT NOT NULL,
  micros BIGINT NOT NULL,
  PRIMARY KEY (tenant_id, prefix, category)
);
