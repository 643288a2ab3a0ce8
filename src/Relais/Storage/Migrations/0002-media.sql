-- Files of messages. The bytes lie in the media folder under their hash; a row is written after they are on the disk, so a
-- stored row always has its file. What customers send is fetched later by a worker, lane = id.
CREATE TABLE media (
  tenant_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  direction BIGINT NOT NULL,     -- 1 from a customer, 2 uploaded here
  inbox_id BIGINT,               -- where a customer's came in
  message_id BIGINT,             -- the customer's message; ours are named by any number of messages
  kind TEXT NOT NULL,            -- image, video, audio, document, sticker
  state BIGINT NOT NULL,         -- 0 waiting, 1 stored, 2 failed
  provider_ref TEXT,             -- Meta: media id; Twilio: URL
  claimed_type TEXT,             -- as the provider tells, before the bytes are here
  claimed_sha256 TEXT,
  filename TEXT NOT NULL,        -- as the person named it, or empty
  sha256 TEXT,                   -- hex, of the stored bytes
  mime_type TEXT,                -- by its magic bytes
  size BIGINT,
  problem TEXT,                  -- why it failed or is tried again, for a person
  attempts BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  stored_at BIGINT,
  PRIMARY KEY (tenant_id, id)
);
CREATE INDEX media_file ON media (sha256) WHERE sha256 IS NOT NULL;
CREATE UNIQUE INDEX media_upload ON media (sha256, filename, tenant_id) WHERE direction = 2;
