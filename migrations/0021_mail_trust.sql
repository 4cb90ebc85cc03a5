-- Who speaks: what a mail's SPF, DKIM, DMARC and ARC say, who is let in or kept out, and to whom nothing more is sent.

alter table message add column sender_check text check (sender_check in ('verified', 'unverified', 'failed'));
alter table raw_mail add column auth jsonb;
alter table quarantine
  add column auth jsonb,
  add column score numeric not null default 0,
  -- What made the score: [{ name, points, detail }].
  add column breakdown jsonb not null default '[]',
  add column snippet text not null default '';
create index quarantine_by_reason on quarantine ((reasons[1]), held_at);

-- Addresses and whole domains (`@domain`) that are always let in or always held.
create table sender_rule (
  id bigint generated always as identity primary key,
  pattern text not null unique check (pattern = lower(pattern)),
  verdict text not null check (verdict in ('allow', 'block')),
  created_at timestamptz not null,
  created_by bigint
);

-- A token bucket for each sender: who writes faster than it fills is held.
create table sender_bucket (
  sender text primary key,
  tokens double precision not null,
  at timestamptz not null
);

-- Addresses that no automatic mail goes to: dead ones, and those who complained.
create table suppression (
  email text primary key,
  reason text not null check (reason in ('hard_bounce', 'complaint', 'manual')),
  detail text not null default '',
  ticket_id bigint,
  at timestamptz not null
);
