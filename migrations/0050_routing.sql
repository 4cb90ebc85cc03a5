-- Routing: queues and skills, who is there with how much room, and what waits, is offered and was decided.

create table skill (
  id bigint generated always as identity primary key,
  name text not null unique,
  -- When a ticket asks for it: [{ q, filter, minLevel, tier }].
  needs jsonb not null default '[]',
  archived_at timestamptz
);
create table agent_skill (
  agent_id bigint not null references agent,
  skill_id bigint not null references skill,
  level integer not null check (level between 1 and 5),
  primary key (agent_id, skill_id)
);

create table queue (
  id bigint generated always as identity primary key,
  title text not null unique,
  position integer not null,
  -- Counts up with each change: decisions name it.
  version integer not null default 1,
  definition jsonb not null,
  archived_at timestamptz
);

-- Units of work, for the whole desk.
create table routing_setting (
  one boolean primary key default true check (one),
  value jsonb not null
);

-- What routing knows of an agent; without a row they are offline.
create table agent_routing (
  agent_id bigint primary key references agent,
  presence text not null default 'offline'
    check (presence in ('online', 'transfers_only', 'away', 'away_and_reassigning', 'offline')),
  presence_since timestamptz,
  -- Why the desk set it, when the agent did not.
  presence_reason text,
  channels_off text[] not null default '{}',
  max_units numeric not null default 10 check (max_units >= 0),
  capacity jsonb not null default '{}',
  calendar_id bigint references calendar,
  substitute_id bigint references agent,
  -- Offers that ran out in a row.
  expiries integer not null default 0,
  last_assigned_at timestamptz,
  -- When their waiting tickets went back into the queues, during this absence.
  handed_over_at timestamptz
);

-- Tickets to be looked at by routing, because something about them changed.
create table route_due (
  ticket_id bigint primary key
);

-- Who waits where: one row for each ticket in a queue.
create table route_waiting (
  ticket_id bigint primary key,
  queue_id bigint not null references queue,
  entered_at timestamptz not null,
  eligible_at timestamptz not null,
  lane integer not null default 0,
  units numeric not null,
  needs jsonb not null,
  affinity_agent_id bigint,
  reserved_agent_id bigint,
  reserved_until timestamptz,
  -- Who is not to get it: [{ agentId, why, until }], moments in ms.
  barred jsonb not null default '[]',
  -- What nobody on staff can: { skills, nobodyInTeams }.
  unroutable jsonb,
  relaxed_steps integer not null default 0,
  -- What the conditions said when it came in; null when a person or a rule chose the queue.
  matched_queue_id bigint
);
create index route_waiting_by_queue on route_waiting (queue_id, eligible_at);

create table route_decision (
  id bigint generated always as identity primary key,
  ticket_id bigint not null,
  at timestamptz not null,
  queue_id bigint not null,
  queue_version integer not null,
  rulebook_version integer not null,
  kind text not null check (kind in ('assigned', 'offered', 'taken', 'given')),
  agent_id bigint not null,
  -- Capacity does not bind what is taken by hand; this says when it would have.
  over_capacity boolean not null default false,
  waited_seconds integer not null,
  units numeric not null,
  explanation jsonb not null
);
create index route_decision_by_ticket on route_decision (ticket_id, id);
create index route_decision_by_time on route_decision (at);

create table route_offer (
  id bigint generated always as identity primary key,
  ticket_id bigint not null,
  agent_id bigint not null,
  queue_id bigint not null,
  decision_id bigint not null references route_decision,
  units numeric not null,
  channel text not null,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'expired', 'withdrawn')),
  settled_at timestamptz
);
create unique index route_offer_open on route_offer (ticket_id) where state = 'open';
create index route_offer_open_by_agent on route_offer (agent_id) where state = 'open';
create index route_offer_by_ticket on route_offer (ticket_id, settled_at);
