-- For how long somebody had a ticket before them: seconds in which it was in focus and they did something. Only on a desk that asks for it.
create table touch_time (
  ticket_id bigint not null references ticket,
  agent_id bigint not null references agent,
  seconds integer not null check (seconds >= 0),
  last_at timestamptz not null,
  primary key (ticket_id, agent_id)
);
create index touch_time_in_time on touch_time (last_at, ticket_id);
