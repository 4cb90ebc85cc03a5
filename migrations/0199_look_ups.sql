-- What procedures may ask of the company's own systems: where, with which secret, and what its answers are. A desk may have none.
create table look_up (
  id bigint generated always as identity primary key,
  -- What procedures name it by; it does not change.
  key text not null check (key ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null,
  -- With {what is known} in its path and its query.
  url text not null,
  header text not null,
  key_id text,
  sealed bytea,
  -- Each with its name, where it stands in what comes back, and what it is.
  answers jsonb not null,
  timeout_seconds integer not null check (timeout_seconds between 1 and 30),
  -- Null: tickets of any brand.
  brand_id bigint references brand,
  -- Also for customers of whom nothing proves who they are.
  for_anyone boolean not null,
  asked_at timestamptz,
  failed text,
  created_at timestamptz not null,
  archived_at timestamptz
);
create unique index look_up_key on look_up (key) where archived_at is null;
