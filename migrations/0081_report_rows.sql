-- What reports read: the stretches of a ticket's life and the facts that are counted, written with the events they follow from.
-- A cache of the log without a word of anybody's: `rebuild reports` makes it anew, `verify` holds it to the log.

-- A stretch in which nothing changed that backlogs are told by. The last one of a ticket has no end, unless it was set aside.
create table report_span (
  ticket_id bigint not null,
  nth integer not null,
  from_at timestamptz not null,
  to_at timestamptz,
  -- When the status began: a run of stretches in one status.
  since_at timestamptz not null,
  status text not null,
  team_id bigint,
  assignee_id bigint,
  category_id bigint,
  priority text not null,
  working_ms bigint,
  -- It did not end: the ticket was set aside in it.
  censored boolean not null,
  primary key (ticket_id, nth)
);
-- All that backlogs read, by their ends: what was over before a window is not looked at, nor are the rows themselves.
create index report_span_active on report_span (coalesce(to_at, 'infinity'))
  include (from_at, to_at, ticket_id, status, team_id, assignee_id, category_id, priority) where status in ('new', 'open', 'pending', 'on_hold');

create table report_fact (
  ticket_id bigint not null,
  kind text not null,
  nth integer not null,
  at timestamptz not null,
  -- What a duration counts from, and how much of it was working time.
  since_at timestamptz,
  working_ms bigint,
  -- Of a resolve: when the ticket was opened again.
  until_at timestamptz,
  team_id bigint,
  assignee_id bigint,
  category_id bigint,
  priority text not null,
  -- Whose reply it is.
  author_id bigint,
  -- Of a resolve: time spent until then as new, open, pending and on hold; and the working time of each.
  spent_ms bigint[],
  spent_working_ms bigint[],
  one_touch boolean,
  primary key (ticket_id, kind, nth)
);
create index report_fact_in_time on report_fact (kind, at)
  include (ticket_id, nth, since_at, working_ms, until_at, team_id, assignee_id, category_id, priority, author_id);

-- The rows of all tickets made anew, and how far that has come.
create table report_fill (
  id bigint generated always as identity primary key,
  created_at timestamptz not null,
  after_ticket_id bigint not null default 0,
  done integer not null default 0,
  changed integer not null default 0,
  finished_at timestamptz
);
create index report_fill_open on report_fill (id) where finished_at is null;
insert into report_fill (created_at) select now() where exists (select from ticket);
