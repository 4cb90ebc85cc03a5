-- What is erased with a ticket is found by it.
create index assistant_scenario_of_ticket on assistant_scenario (ticket_id) where ticket_id is not null;
create index assistant_verdict_in_time on assistant_verdict (at);
