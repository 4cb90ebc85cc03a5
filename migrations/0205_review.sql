-- What leads say of resolves that were drawn by lot, one review of each.
create table review (
  ticket_id bigint not null references ticket,
  -- Which of its resolves.
  nth integer not null,
  reviewer_id bigint not null references agent,
  -- Each question as it was asked, with yes, no or skip.
  answers jsonb not null,
  -- No question was answered with no; null where all were skipped.
  passed boolean,
  note text not null,
  at timestamptz not null,
  primary key (ticket_id, nth)
);
create index review_in_time on review (at);

-- What the lot is drawn by: it stays, so that the draw is the same for everybody at any time, and nobody can know it before.
create table review_seed (seed text not null);
insert into review_seed select gen_random_uuid()::text;
