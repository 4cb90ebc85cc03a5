-- Providers of language models: where they are, what they take, what was asked of them by day. A desk may have none.
create table model_provider (
  id bigint generated always as identity primary key,
  name text not null,
  kind text not null check (kind in ('openai_compatible', 'anthropic', 'ollama')),
  base_url text not null,
  model text not null,
  key_id text,
  sealed bytea,
  timeout_seconds integer not null check (timeout_seconds > 0),
  context_tokens integer not null check (context_tokens > 0),
  -- Null: as many as are needed.
  tokens_per_day bigint check (tokens_per_day > 0),
  -- What address and model were found not to take, and what the last trial said; gone when either changes.
  quirks text[] not null default '{}',
  trial jsonb,
  created_at timestamptz not null,
  archived_at timestamptz
);
create unique index model_provider_name on model_provider (lower(name)) where archived_at is null;

-- By day (UTC).
create table model_use (
  provider_id bigint not null references model_provider on delete cascade,
  day date not null,
  questions bigint not null,
  failures bigint not null,
  tokens_in bigint not null,
  tokens_out bigint not null,
  last_failure text,
  primary key (provider_id, day)
);
