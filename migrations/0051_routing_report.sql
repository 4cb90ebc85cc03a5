-- What the report on shared work needs: who was there when, and who was passed over.

create table agent_presence (
  agent_id bigint not null references agent,
  at timestamptz not null,
  presence text not null
);
create index agent_presence_by_agent on agent_presence (agent_id, at);

-- Somebody before it in line had waited a quarter of an hour longer.
alter table route_decision add column passed_over boolean not null default false;
