-- How far an erasure has come in each table that is too long for one transaction: { table: id }.
alter table erasure add column walked jsonb not null default '{}';

-- What is theirs, and what goes with a ticket, is found without reading everything that was ever said or sent.
create index message_by_author on message (author_id);
create index message_by_sender on message (from_email) where from_email is not null;
create index webhook_delivery_by_ticket on webhook_delivery (ticket_id);
