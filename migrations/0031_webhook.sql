-- Webhooks out: where to, what is to be delivered, and each try.

create table webhook (
  id bigint generated always as identity primary key,
  key text not null unique check (key ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  name text not null,
  url text not null,
  -- Sealed with the desk's key; shown once.
  key_id text not null,
  sealed bytea not null,
  enabled boolean not null default true,
  created_at timestamptz not null,
  archived_at timestamptz
);

create table webhook_delivery (
  id bigint generated always as identity primary key,
  -- The same effect asked for twice is one delivery; receivers drop repeats by it.
  key text not null unique,
  webhook_id bigint not null references webhook,
  ticket_id bigint not null,
  update_id bigint not null,
  rule_id bigint not null,
  cause_seq integer not null,
  payload jsonb not null,
  state text not null check (state in ('queued', 'sending', 'delivered', 'dead', 'cancelled')),
  attempts integer not null default 0,
  next_try_at timestamptz not null,
  claim uuid,
  claimed_until timestamptz,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index webhook_delivery_due on webhook_delivery (next_try_at) where state in ('queued', 'sending');
create index webhook_delivery_by_webhook on webhook_delivery (webhook_id, id desc);

create table webhook_attempt (
  id bigint generated always as identity primary key,
  delivery_id bigint not null references webhook_delivery,
  at timestamptz not null,
  duration_ms integer not null,
  -- Null when no answer came.
  status integer,
  detail text not null
);
create index webhook_attempt_by_delivery on webhook_attempt (delivery_id, id);

-- Links that rules ask for: the other ticket is locked in a transaction of its own, in order of number.
create table rule_link (
  key text primary key,
  ticket_id bigint not null,
  other_id bigint not null,
  link_type text not null,
  rule_id bigint not null,
  rule_version text not null,
  created_at timestamptz not null
);
