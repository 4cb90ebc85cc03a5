-- Macros and canned replies are one thing: a text, changes, or both. Mentions. Drafts become HTML and carry what is set with them.

create table macro (
  id bigint generated always as identity primary key,
  name text not null,
  scope text not null check (scope in ('personal', 'team', 'shared')),
  owner_id bigint not null references agent,
  team_id bigint references team,
  -- As asked for on the wire; names of categories and tags, ids of teams and agents. Empty: only a text.
  change jsonb not null default '{}',
  message_kind text check (message_kind in ('reply', 'note')),
  -- HTML with {{variables}}; null: only changes.
  body text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  constraint team_macros_have_a_team check ((scope = 'team') = (team_id is not null)),
  constraint texts_have_a_kind check ((body is null) = (message_kind is null))
);
create index macro_by_owner on macro (owner_id) where scope = 'personal';

-- Which update a macro was applied in: said in the ticket's timeline, counted in the list of macros.
create table macro_use (
  macro_id bigint not null references macro,
  ticket_id bigint not null,
  update_id bigint not null,
  agent_id bigint not null,
  at timestamptz not null,
  primary key (ticket_id, update_id)
);
create index macro_use_by_macro on macro_use (macro_id, at desc);

create table mention (
  message_id bigint not null,
  agent_id bigint not null references agent,
  ticket_id bigint not null,
  by_id bigint not null,
  at timestamptz not null,
  read_at timestamptz,
  primary key (message_id, agent_id)
);
create index mention_by_agent on mention (agent_id, at desc);

alter table draft
  add column change jsonb,
  add column macro_id bigint references macro,
  add column mentions bigint[] not null default '{}';
update draft set body = '<p>' || replace(replace(replace(replace(body, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), e'\n', '<br>') || '</p>';
