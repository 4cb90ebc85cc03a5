-- A rule that has looked at every closed ticket looks again after a while, not at once.
alter table retention_rule add column rested_until timestamptz;
