-- Timer rules: one row for each episode, from the moment in which a rule's condition begins to hold on a ticket until it ends.

create table rule_timer (
  ticket_id bigint not null,
  rule_id bigint not null,
  -- The event with which the episode began; with rule and ticket the key under which it fires once.
  start_seq integer not null,
  started_at timestamptz not null,
  -- Null once it has fired as often as it may.
  due_at timestamptz,
  fired integer not null default 0,
  fired_at timestamptz,
  primary key (ticket_id, rule_id)
);
create index rule_timer_due on rule_timer (due_at) where due_at is not null;

-- Timer rules that went live and are still being put to the tickets there are: how far that has come.
create table rule_scan (
  rule_id bigint primary key,
  rulebook_version integer not null,
  after_ticket_id bigint not null default 0,
  done integer not null default 0,
  total integer not null,
  overdue integer not null default 0,
  at timestamptz not null,
  finished_at timestamptz
);
