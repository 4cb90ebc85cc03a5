-- Which rules were cut off in the last hour, as the board of now asks: few of all events.
create index ticket_event_circuit on ticket_event (at) include (actor_id) where kind = 'rule_circuit_opened';
