-- The backtest that a version went live on: what it foretold is compared with what the version does in its first days.
alter table rulebook add column backtest_id bigint references backtest on delete set null;
