-- How far a rule has come in its present go through all closed tickets: what it is done with is not looked at again in each portion.
alter table retention_rule add column reached_at timestamptz, add column reached_id bigint;
