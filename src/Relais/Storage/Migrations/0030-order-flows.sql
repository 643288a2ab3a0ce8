-- When flows that start with an order looked at a move; null: not yet.

ALTER TABLE order_move ADD COLUMN flows_at BIGINT;

CREATE INDEX order_move_flows ON order_move (created_at) WHERE flows_at IS NULL;
