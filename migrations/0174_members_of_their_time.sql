-- Since when somebody is in a team, and who was: what rules told a team goes to whoever was in it then. Null: since before it was kept.
alter table team_member add column joined_at timestamptz;

create table team_member_past (
  team_id bigint not null references team,
  agent_id bigint not null references person,
  joined_at timestamptz,
  left_at timestamptz not null
);
create index team_member_past_by_agent on team_member_past (agent_id);
grant select, insert on team_member_past to docket_app;
