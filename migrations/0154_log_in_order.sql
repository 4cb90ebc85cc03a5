-- The log in an order that programs can follow: ids are drawn before their transaction commits, so that a lower one may appear later. The
-- transaction's own number says what is over: all below the oldest that still runs. What was there before counts as of this migration.
alter table ticket_event add column tx xid8 not null default pg_current_xact_id();
create index ticket_event_in_order on ticket_event (tx, id);
