-- What somebody must hear of: mailboxes that fail, replies that did not arrive; and automatic mail that was stopped.

-- A mail to administrators is about no ticket.
alter table outbox alter column ticket_id drop not null;
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check
  check (kind in ('reply', 'acknowledgement', 'resolved', 'notification', 'alert')) not valid;

-- A reply that did not arrive, for the agent who wrote it, until they have seen it.
create table alert (
  id bigint generated always as identity primary key,
  agent_id bigint not null,
  ticket_id bigint not null,
  message_id bigint not null,
  recipient text not null,
  detail text not null,
  at timestamptz not null,
  seen_at timestamptz,
  unique (message_id, recipient)
);
create index alert_unseen on alert (agent_id, id) where seen_at is null;

-- Automatic mail that was stopped: to one address, or on one ticket. It goes on when somebody says so, or after an hour.
create table mail_brake (
  id bigint generated always as identity primary key,
  email text,
  ticket_id bigint,
  at timestamptz not null,
  ended_at timestamptz,
  ended_by bigint,
  check ((email is null) <> (ticket_id is null))
);
create unique index mail_brake_on_address on mail_brake (email) where ended_at is null and email is not null;
create unique index mail_brake_on_ticket on mail_brake (ticket_id) where ended_at is null and ticket_id is not null;
create index mail_brake_ended on mail_brake (ended_at) where ended_at is not null;
