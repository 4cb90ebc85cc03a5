-- Whether it helped: what a brand asks, whom it asked, and what they said. The score is in the ticket's log too; the words are only here,
-- where they can be erased.

create table survey_setting (
  brand_id bigint primary key references brand,
  is_on boolean not null default false,
  -- Working time after the resolve.
  delay_seconds integer not null default 86400 check (delay_seconds between 0 and 5184000),
  -- Good or bad, or one to five.
  scale smallint not null default 2 check (scale in (2, 5)),
  -- Of a hundred tickets so many are never asked about: what asking does is seen beside them.
  holdout_percent smallint not null default 0 check (holdout_percent between 0 and 90),
  -- Mailboxes whose tickets are not asked about.
  without_mailboxes bigint[] not null default '{}'
);

-- One row for each resolve of a ticket that was come to: asked about, or why not.
create table survey (
  -- Drawn in blocks, as those of messages.
  id bigint primary key,
  ticket_id bigint not null,
  episode integer not null,
  brand_id bigint not null,
  person_id bigint not null,
  outcome text not null check (outcome in ('sent', 'portal', 'held_out', 'opted_out', 'asked_lately', 'unreachable')),
  scale smallint not null,
  at timestamptz not null,
  -- Whose the ticket was when it was resolved: what happens to it later does not move the answer.
  assignee_id bigint,
  team_id bigint,
  score smallint check (score between 1 and 5),
  comment text not null default '',
  answered_at timestamptz,
  changed_at timestamptz,
  unique (ticket_id, episode)
);
create index survey_by_person on survey (person_id, at) where outcome = 'sent';

create table survey_opt_out (
  person_id bigint primary key references person,
  at timestamptz not null
);

-- What a customer said, from 1 to 5; 4 and 5 are good.
alter table report_fact add column score smallint;
