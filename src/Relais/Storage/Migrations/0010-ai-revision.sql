-- Grows with each change of what a tenant's AI agent works with besides its prompt and FAQs (tools, intents, documents, rules):
-- what nodes keep of it in memory is read again when it has moved.
ALTER TABLE tenant ADD COLUMN ai_revision BIGINT NOT NULL DEFAULT 0;
