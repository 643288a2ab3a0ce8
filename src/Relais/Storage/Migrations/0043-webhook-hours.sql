-- Webhooks answered, hour by hour and process by process, as each process counts its own every half minute: the platform's page
-- says how many came in a day without reading them. What a process had not written when it was killed is missing.
CREATE TABLE webhook_hour (
  hour BIGINT NOT NULL,            -- its start, microseconds UTC
  node TEXT NOT NULL,              -- as in platform_node
  webhooks BIGINT NOT NULL,
  PRIMARY KEY (hour, node)
);
