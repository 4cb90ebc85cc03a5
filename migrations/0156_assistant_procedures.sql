-- How far a procedure came with a run: what it knows (customers' words, which go when theirs go), what it asked for, what it proposes.
alter table assistant_run add column procedure jsonb;
-- What look-ups find while a scenario is lived through, by where: { "field.order": "A-1", "ticket.priority": null }.
alter table assistant_scenario add column looked_up jsonb not null default '{}';
