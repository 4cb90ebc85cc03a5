-- What another server reported later about a mail that had left; the answer to the sending itself stays beside it.
alter table outbox add column report text;

-- A calendar invitation that a mail carried: what, when, where.
alter table message add column invite jsonb;
