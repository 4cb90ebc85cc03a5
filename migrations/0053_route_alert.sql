-- Of which waiting tickets those who lead have been told, and why: once for each ticket and cause.
create table route_alert (
  ticket_id bigint not null,
  cause text not null,
  queue_id bigint not null,
  -- Skills that nobody has.
  skills bigint[] not null default '{}',
  noted_at timestamptz not null,
  -- When the mail about it was written.
  told_at timestamptz,
  primary key (ticket_id, cause)
);
create index route_alert_untold on route_alert (noted_at) where told_at is null;
create index route_alert_by_time on route_alert (told_at) where told_at is not null;
create index route_alert_by_queue on route_alert (queue_id, cause, noted_at);
create index route_waiting_unroutable on route_waiting (ticket_id) where unroutable is not null;
