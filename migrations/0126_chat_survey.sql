-- Customers are asked at the end of a chat, too: whoever was asked there is not asked by mail.
alter table survey
  drop constraint survey_outcome_check,
  add constraint survey_outcome_check
    check (outcome in ('sent', 'chat', 'portal', 'held_out', 'opted_out', 'asked_lately', 'unreachable')) not valid;
drop index survey_by_person;
create index survey_by_person on survey (person_id, at) where outcome in ('sent', 'chat');
