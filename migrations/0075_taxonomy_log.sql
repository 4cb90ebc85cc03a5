-- How tickets were sorted, and by whom: what the report on the taxonomy reads of the log.
create index ticket_event_sorting on ticket_event (kind, at) include (ticket_id, seq, actor_type)
  where kind in ('category_changed', 'tags_changed');
