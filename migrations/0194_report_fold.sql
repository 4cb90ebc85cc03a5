-- How far the fold of a ticket's log into rows of reports has come: an update goes on from there instead of reading the whole log. Null
-- where it has to be read: of tickets from before, until something happens on them.
alter table ticket_state add column report_fold jsonb;
