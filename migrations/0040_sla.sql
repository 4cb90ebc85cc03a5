-- Agreements: calendars and policies with all their versions, who works by which calendar, and the clocks of tickets.

create table calendar (
  id bigint generated always as identity primary key,
  name text not null unique,
  archived_at timestamptz
);
-- Hours as they were published, never changed; a version counts from its moment (null: since ever).
create table calendar_version (
  calendar_id bigint not null references calendar,
  version integer not null,
  effective_from timestamptz,
  hours jsonb not null,
  note text not null default '',
  at timestamptz not null,
  agent_id bigint,
  primary key (calendar_id, version)
);
-- Which calendar a team, an organisation or a brand works by from a moment on; null for none of its own.
create table calendar_use (
  owner text not null check (owner in ('team', 'organization', 'brand')),
  owner_id bigint not null,
  effective_from timestamptz,
  calendar_id bigint references calendar,
  id bigint generated always as identity primary key
);
create index calendar_use_by_owner on calendar_use (owner, owner_id, effective_from);

create table sla_policy (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('customer', 'internal', 'supplier')),
  position integer not null,
  archived_at timestamptz
);
create table sla_policy_version (
  policy_id bigint not null references sla_policy,
  version integer not null,
  title text not null,
  -- Query text and condition, targets, options, what a change of policy does.
  definition jsonb not null,
  note text not null default '',
  at timestamptz not null,
  agent_id bigint,
  primary key (policy_id, version)
);

-- A cache of what the log says, rewritten with every update: what lists, badges and reports read.
create table ticket_clock (
  ticket_id bigint not null,
  kind text not null,
  metric text not null,
  instance integer not null,
  policy_id bigint not null,
  policy_version integer not null,
  priority text not null,
  target_seconds integer not null,
  state text not null check (state in ('running', 'paused', 'met', 'missed', 'cancelled')),
  reason text not null,
  -- At `as_of`; a running clock goes on from there by its calendar.
  elapsed_ms bigint not null,
  as_of timestamptz not null,
  calendar_id text,
  due_at timestamptz,
  breached_at timestamptz,
  primary key (ticket_id, kind, metric, instance)
);
create index ticket_clock_by_policy on ticket_clock (policy_id, policy_version);

-- The least due moment of a ticket's running clocks: lists sort and filter by it.
alter table ticket add column due_at timestamptz;
create index ticket_by_due on ticket (due_at, id) where not hidden;

-- Tickets to be judged again after a policy or a calendar was published: how far it has come.
create table sla_recompute (
  id bigint generated always as identity primary key,
  cause text not null check (cause in ('policy_change', 'calendar_change')),
  created_at timestamptz not null,
  agent_id bigint,
  after_ticket_id bigint not null default 0,
  done integer not null default 0,
  total integer not null,
  changed integer not null default 0,
  finished_at timestamptz
);
create index sla_recompute_open on sla_recompute (id) where finished_at is null;
