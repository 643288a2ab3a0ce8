-- The latest time of the database's clock that anybody saw. When the clock shows less, it was set back (Outbox/ClockKeeper).
CREATE TABLE queue_clock (
  latest BIGINT NOT NULL,
  moves BIGINT NOT NULL          -- how often it was set back: only one of several nodes may answer to that
);
INSERT INTO queue_clock (latest, moves) VALUES (0, 0);
