-- The end of a shift: what would not be done by then is not begun. And who is never to have whose tickets.

-- Queues mind the end of a shift unless told not to.
update queue set definition = definition || '{"respectShiftEnd": true}' where not definition ? 'respectShiftEnd';

-- An agent and a person, or everybody of an organisation, who are never brought together.
create table routing_conflict (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent,
  person_id bigint references person,
  organization_id bigint references organization,
  -- Why, for those who lead.
  note text not null default '',
  added_by bigint references agent,
  added_at timestamptz not null,
  check ((person_id is null) <> (organization_id is null))
);
create unique index routing_conflict_with_person on routing_conflict (person_id, agent_id) where person_id is not null;
create unique index routing_conflict_with_organization on routing_conflict (organization_id, agent_id)
  where organization_id is not null;
