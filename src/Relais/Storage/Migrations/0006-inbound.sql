-- What customers do besides writing: reactions, edits, removals, carts, other numbers; and all times of a status that came early.

ALTER TABLE message ADD COLUMN skipped BIGINT; -- inbound: 1 when no turn answers it: a reaction, a removal, a notice, a group's, a deleted one

ALTER TABLE parked_status ADD COLUMN sent_at BIGINT;
ALTER TABLE parked_status ADD COLUMN delivered_at BIGINT;
ALTER TABLE parked_status ADD COLUMN read_at BIGINT;
ALTER TABLE parked_status ADD COLUMN failed_at BIGINT;
ALTER TABLE parked_status ADD COLUMN cost_category TEXT;
ALTER TABLE parked_status ADD COLUMN cost_type TEXT;

ALTER TABLE customer_order ADD COLUMN message_id BIGINT; -- the cart it was drafted from; status word: draft
ALTER TABLE customer_order ADD COLUMN note TEXT;

CREATE TABLE customer_order_item (
  tenant_id BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  line BIGINT NOT NULL,          -- 1, 2, 3 … as in the cart
  product_id TEXT NOT NULL,      -- the retailer's id in the catalogue
  name TEXT,
  quantity BIGINT NOT NULL,
  price_minor BIGINT,            -- of one, in the currency's minor unit; null when it was not told
  currency TEXT,
  PRIMARY KEY (tenant_id, order_id, line),
  FOREIGN KEY (tenant_id, order_id) REFERENCES customer_order (tenant_id, id)
);

-- Identities get the one form of Foundation/PhoneVariants, where nobody has that form already.
UPDATE contact_identity SET value = '52' || substr(value, 4)
WHERE kind = 1 AND length(value) = 13 AND value LIKE '521%' AND NOT EXISTS (
  SELECT 1 FROM contact_identity o WHERE o.tenant_id = contact_identity.tenant_id AND o.kind = contact_identity.kind
    AND o.value = '52' || substr(contact_identity.value, 4));
UPDATE contact_identity SET value = '+52' || substr(value, 5)
WHERE kind = 2 AND length(value) = 14 AND value LIKE '+521%' AND NOT EXISTS (
  SELECT 1 FROM contact_identity o WHERE o.tenant_id = contact_identity.tenant_id AND o.kind = contact_identity.kind
    AND o.value = '+52' || substr(contact_identity.value, 5));
UPDATE contact_identity SET value = '54' || substr(value, 4)
WHERE kind = 1 AND length(value) = 13 AND value LIKE '549%' AND NOT EXISTS (
  SELECT 1 FROM contact_identity o WHERE o.tenant_id = contact_identity.tenant_id AND o.kind = contact_identity.kind
    AND o.value = '54' || substr(contact_identity.value, 4));
UPDATE contact_identity SET value = '+54' || substr(value, 5)
WHERE kind = 2 AND length(value) = 14 AND value LIKE '+549%' AND NOT EXISTS (
  SELECT 1 FROM contact_identity o WHERE o.tenant_id = contact_identity.tenant_id AND o.kind = contact_identity.kind
    AND o.value = '+54' || substr(contact_identity.value, 5));
UPDATE contact_identity SET value = substr(value, 1, 4) || '9' || substr(value, 5)
WHERE kind = 1 AND length(value) = 12 AND value LIKE '55%' AND substr(value, 5, 1) >= '6' AND NOT EXISTS (
  SELECT 1 FROM contact_identity o WHERE o.tenant_id = contact_identity.tenant_id AND o.kind = contact_identity.kind
    AND o.value = substr(contact_identity.value, 1, 4) || '9' || substr(contact_identity.value, 5));
UPDATE contact_identity SET value = substr(value, 1, 5) || '9' || substr(value, 6)
WHERE kind = 2 AND length(value) = 13 AND value LIKE '+55%' AND substr(value, 6, 1) >= '6' AND NOT EXISTS (
  SELECT 1 FROM contact_identity o WHERE o.tenant_id = contact_identity.tenant_id AND o.kind = contact_identity.kind
    AND o.value = substr(contact_identity.value, 1, 5) || '9' || substr(contact_identity.value, 6));
