-- Saved views, soft locks of play mode, and bulk changes that run in the background.

create table view (
  id bigint generated always as identity primary key,
  name text not null,
  -- Who sees it: its owner, a team, everybody.
  scope text not null check (scope in ('personal', 'team', 'shared')),
  owner_id bigint not null references agent,
  team_id bigint references team,
  -- A condition as a tree: it names teams and agents by id and survives their renaming.
  cond jsonb not null,
  sort text,
  group_by text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint team_views_have_a_team check ((scope = 'team') = (team_id is not null))
);
create index view_by_owner on view (owner_id) where scope = 'personal';

-- Two agents in play mode are never given the same ticket; a lock that is not renewed ends by itself.
create table ticket_lock (
  ticket_id bigint primary key,
  agent_id bigint not null,
  until timestamptz not null
);

-- A change of many tickets: one row for the job, one for each ticket with what became of it.
create table bulk_job (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent,
  -- Resolved to ids when it was asked for; null for an undo.
  change jsonb,
  -- As it was asked, for people to read.
  asked jsonb not null,
  undo_of bigint references bulk_job,
  state text not null check (state in ('running', 'cancelled', 'done')),
  total integer not null,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index bulk_job_by_agent on bulk_job (agent_id, id desc);
create index bulk_job_running on bulk_job (id) where state = 'running';

create table bulk_item (
  job_id bigint not null references bulk_job on delete cascade,
  ticket_id bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'unchanged', 'skipped', 'failed')),
  reason text,
  -- A seq of the update that was made, for its undo.
  seq integer,
  primary key (job_id, ticket_id)
);
create index bulk_item_waiting on bulk_item (job_id, ticket_id) where state = 'waiting';
