-- Where agents sign in besides here: providers of identity, who is who there, what the groups of a company lead to, and what a
-- directory (SCIM) keeps up to date.
create table identity_provider (
  id bigint generated always as identity primary key,
  name text not null,
  issuer text not null,
  client_id text not null,
  key_id text,
  sealed bytea,
  scopes text not null default 'openid email profile',
  groups_claim text not null default 'groups',
  -- Addresses of these domains get an account at their first sign-in.
  domains text[] not null default '{}',
  is_on boolean not null default false,
  -- Its sign-in stands for a second factor too.
  vouches_factor boolean not null default true,
  -- Who has an identity there signs in by no password, administrators aside.
  replaces_password boolean not null default false,
  -- What the last trial found, step by step.
  trial jsonb,
  created_at timestamptz not null,
  archived_at timestamptz
);
create unique index identity_provider_name on identity_provider (lower(name)) where archived_at is null;

create table agent_identity (
  provider_id bigint not null references identity_provider,
  subject text not null,
  agent_id bigint not null references agent on delete cascade,
  email text not null,
  groups text[] not null default '{}',
  created_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (provider_id, subject)
);
create index agent_identity_agent on agent_identity (agent_id);

-- Deactivated because no group lets them in any more: they come back by a group, and nobody else does.
alter table agent add column shut_by_groups boolean not null default false;

alter table session
  add column provider_id bigint references identity_provider,
  add column provider_subject text,
  add column provider_session text,
  -- The provider's sign-in stood for a second factor.
  add column is_vouched boolean not null default false;
-- Who still has to show a second factor of their own keeps by which provider they came.
alter table half_sign_in add column came jsonb;
create index session_provider on session (provider_id, provider_subject) where provider_id is not null;

-- What membership in a group of the company gives here; the group '*' is everybody who comes from there.
create table group_grant (
  group_name text not null,
  role text,
  team_id bigint references team on delete cascade,
  unique nulls not distinct (group_name, role, team_id),
  check (role is not null or team_id is not null or group_name = '*'),
  check (role in ('admin', 'lead', 'agent', 'viewer'))
);
insert into group_grant (group_name, role) values ('*', 'agent');

-- What a directory calls an agent.
create table directory_user (
  agent_id bigint primary key references agent on delete cascade,
  user_name text not null,
  external_id text,
  changed_at timestamptz not null,
  deleted_at timestamptz
);
create unique index directory_user_name on directory_user (lower(user_name)) where deleted_at is null;

create table directory_group (
  id bigint generated always as identity primary key,
  name text not null,
  external_id text,
  changed_at timestamptz not null
);
create unique index directory_group_name on directory_group (lower(name));

create table directory_member (
  group_id bigint not null references directory_group on delete cascade,
  agent_id bigint not null references agent on delete cascade,
  primary key (group_id, agent_id)
);
create index directory_member_agent on directory_member (agent_id);
