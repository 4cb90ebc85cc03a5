-- Simulations: a version of the assistant's configuration, lived through tickets of the past. The outcomes are kept for people to read.
create table assistant_simulation (
  id bigint generated always as identity primary key,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  config_version integer not null references assistant_config,
  window_from timestamptz not null,
  window_to timestamptz not null,
  done integer not null default 0,
  total integer not null default 0,
  report jsonb,
  -- What answering alone would rest on: thresholds by category, and the calibration.
  measured jsonb,
  failure text,
  alive_until timestamptz,
  created_by bigint not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create table assistant_simulated (
  simulation_id bigint not null references assistant_simulation on delete cascade,
  ticket_id bigint not null,
  decision text not null,
  reason text,
  category_id bigint,
  p_correct double precision,
  -- By the proxy; null where people did nothing to compare with.
  is_right boolean,
  evidence jsonb not null,
  answer text,
  primary key (simulation_id, ticket_id)
);
