-- A job that takes back what rules of a version made: `{ version, ruleId }`.
alter table bulk_job add column firings jsonb;
