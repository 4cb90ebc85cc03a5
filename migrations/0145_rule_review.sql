-- What is wrong with a live rule and waits for its owner's look: since when, when the owner was last told, and until when somebody
-- let it be, with the reason.
create table rule_review (
  rule_id bigint not null,
  verdict text not null,
  opened_at timestamptz not null,
  told_at timestamptz,
  snoozed_until date,
  snoozed_by bigint references person,
  reason text,
  primary key (rule_id, verdict)
);
