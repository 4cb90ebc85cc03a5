-- Backtests that people ask for on screen or by the API. The candidate is frozen here: a draft goes on changing.
create table backtest (
  id bigint generated always as identity primary key,
  state text not null check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  candidate jsonb not null,
  candidate_hash text not null,
  candidate_version integer not null,
  -- 0: nothing was live.
  baseline_version integer not null,
  window_from timestamptz not null,
  window_to timestamptz not null,
  seed integer not null,
  done integer not null default 0,
  total integer not null default 0,
  -- The sums while it runs.
  so_far jsonb,
  report jsonb,
  failure text,
  -- How often it began anew, as whoever worked on it went away.
  begun_again integer not null default 0,
  worker uuid,
  alive_until timestamptz,
  created_by bigint,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index backtest_unfinished on backtest (id) where state in ('queued', 'running');
create index backtest_by_candidate on backtest (candidate_hash, finished_at) where state = 'done';

-- Tickets that would have gone otherwise.
create table backtest_difference (
  backtest_id bigint not null references backtest on delete cascade,
  ticket_id bigint not null,
  verdict jsonb not null,
  primary key (backtest_id, ticket_id)
);
