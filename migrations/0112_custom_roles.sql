-- Roles of the desk's own: a name and the rights that it gives. Who holds one is, for rules and routing, what these rights make of them,
-- and that stands in agent.role as ever.
create table custom_role (
  id bigint generated always as identity primary key,
  name text not null,
  actions text[] not null,
  -- Which tickets its holders see at most; null: of all brands, of all mailboxes.
  only_brands bigint[],
  only_mailboxes bigint[],
  created_at timestamptz not null,
  archived_at timestamptz
);
create unique index custom_role_name on custom_role (lower(name)) where archived_at is null;

alter table agent
  add column role_id bigint references custom_role,
  add column only_brands bigint[],
  add column only_mailboxes bigint[];
create index agent_custom_role on agent (role_id) where role_id is not null;

-- Groups of the company that lead to such a role.
create table custom_role_grant (
  group_name text not null,
  role_id bigint not null references custom_role,
  team_id bigint,
  unique nulls not distinct (group_name, role_id, team_id)
);
