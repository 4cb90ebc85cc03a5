-- What tickets that were lived again came to, so that the next backtest need not read their record: under one basis, which is the
-- engine with the configurations, by the place in the log that it was told up to. Only ever a copy: what is missing is lived again.
create table backtest_basis (
  id bigint generated always as identity primary key,
  hash text not null unique,
  used_at timestamptz not null
);
create table backtest_kept (
  basis_id bigint not null references backtest_basis on delete cascade,
  ticket_id bigint not null,
  seq integer not null,
  kept json not null,
  primary key (basis_id, ticket_id)
);
create index backtest_kept_by_ticket on backtest_kept (ticket_id);
