-- The assistant: its configuration in versions, switches, what it learnt, and every run with its reasons.

-- Versions never change; which one is live stands beside them.
create table assistant_config (
  version integer generated always as identity primary key,
  content jsonb not null,
  hash text not null,
  note text not null default '',
  created_by bigint not null,
  created_at timestamptz not null,
  -- Last made live; null: never yet.
  published_at timestamptz
);
create table assistant_live (
  one boolean primary key default true check (one),
  version integer references assistant_config,
  -- Who the assistant is on tickets: an agent who can never sign in.
  person_id bigint not null references person
);

-- Switched off: `desk`, `brand:1`, `category:5`.
create table assistant_switch (
  scope text primary key,
  at timestamptz not null,
  by_id bigint not null
);

-- Tickets with a message that the assistant has not looked at.
create table assistant_due (
  ticket_id bigint primary key
);

-- What it learnt from people's labels: the newest of each field has its model.
create table assistant_classifier (
  id bigint generated always as identity primary key,
  field text not null,
  at timestamptz not null,
  -- The labels it knew, and how well it did on the newest texts, which it had not seen.
  labels integer not null,
  measured jsonb not null,
  model bytea
);
create index assistant_classifier_newest on assistant_classifier (field, id desc);

create table assistant_run (
  id bigint generated always as identity primary key,
  ticket_id bigint not null,
  -- Of the message that it answers.
  seq integer not null,
  config_version integer not null references assistant_config,
  at timestamptz not null,
  mode text not null,
  decision text not null,
  reason text,
  category_id bigint,
  steps jsonb not null,
  -- [{ field, label, margin, isKnown, isSure }]
  guesses jsonb not null,
  -- [{ id, articleId, version, title, heading, score }]
  evidence jsonb not null,
  -- The answer's sentences, each with the number of its evidence.
  sentences jsonb not null,
  features jsonb,
  p_correct double precision,
  threshold double precision,
  answer text,
  ms integer not null,
  -- What it wrote, and the update that wrote it.
  message_id bigint,
  update_id bigint,
  recalled_at timestamptz,
  verdict text check (verdict in ('correct', 'incomplete', 'wrong', 'harmful')),
  verdict_by bigint,
  verdict_at timestamptz,
  verdict_note text,
  unique (ticket_id, seq, config_version)
);
create index assistant_run_by_time on assistant_run (at desc, id desc);
create index assistant_run_written on assistant_run (at) where update_id is not null;
