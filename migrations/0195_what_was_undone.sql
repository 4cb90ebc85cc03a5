-- What was undone, of each ticket, and categories that were changed once they were set: few events of the log, which the board of the
-- taxonomy looked for among all of them.
create index ticket_event_undone on ticket_event (ticket_id, seq) where kind = 'undone';
create index ticket_event_resorted on ticket_event (at) include (ticket_id, seq, actor_type)
  where kind = 'category_changed' and payload ->> 'from' is not null;
