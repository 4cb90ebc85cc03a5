-- Whether one reply was enough, and the time that a resolve took in each status, stand with the rest in the index that reports read: a
-- million rows need not be looked at for them.
drop index report_fact_in_time;
create index report_fact_in_time on report_fact (kind, at)
  include (ticket_id, nth, since_at, working_ms, until_at, team_id, assignee_id, category_id, priority, author_id, one_touch, spent_ms,
    spent_working_ms);
