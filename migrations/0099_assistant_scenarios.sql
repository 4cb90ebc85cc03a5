-- Scenarios: questions of a customer, one after another, each with what the assistant must make of it. A version that fails one does not
-- go live.
create table assistant_scenario (
  id bigint generated always as identity primary key,
  title text not null,
  subject text not null,
  category_id bigint,
  brand_id bigint,
  channel text not null,
  -- [{ text, checks: [{ kind, value }] }]
  turns jsonb not null,
  -- Where it was taken from.
  ticket_id bigint,
  created_by bigint not null,
  updated_at timestamptz not null
);
