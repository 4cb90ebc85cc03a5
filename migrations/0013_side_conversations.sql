-- Threads with outside parties beside a ticket: a vendor, a courier, a colleague elsewhere. Whether one is open or done is said by
-- the ticket's log; its messages name it and are never part of what the requester reads.

create table side_conversation (
  id bigint generated always as identity primary key,
  ticket_id bigint not null,
  subject text not null,
  -- Whom its mails go to, and from whom an answer is taken: [{ name, email }].
  participants jsonb not null,
  created_by bigint not null,
  created_at timestamptz not null
);
create index side_conversation_by_ticket on side_conversation (ticket_id, id);
create index message_by_side_conversation on message (side_conversation_id, id) where side_conversation_id is not null;
