-- A review is of a resolve by its moment: which of the ticket's resolves it was may change when an earlier one is undone.
alter table review add column resolved_at timestamptz;
update review r set resolved_at = f.at from report_fact f where f.ticket_id = r.ticket_id and f.kind = 'resolved' and f.nth = r.nth;
delete from review where resolved_at is null;
alter table review drop constraint review_pkey, drop column nth, alter column resolved_at set not null, add primary key (ticket_id, resolved_at);

-- When somebody last had any ticket before them.
create index touch_time_of_agent on touch_time (agent_id, last_at);
