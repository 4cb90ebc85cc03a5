-- How often the score of an answer was changed: each change is an event, and there is an end to them.
alter table survey add column changes integer not null default 0;
