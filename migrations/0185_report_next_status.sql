-- What a stretch of a ticket's life went over to where its status ended with it: who asks for how long a status lasted, and where it led,
-- need not look for the next row of each.
alter table report_span add column next_status text;
update report_span s set next_status = n.status
  from report_span n where n.ticket_id = s.ticket_id and n.nth = s.nth + 1 and n.since_at = n.from_at;
