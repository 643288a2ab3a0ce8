-- The Meta catalogue whose products a number may send; null: none is linked.

ALTER TABLE inbox ADD COLUMN catalog_id TEXT;
