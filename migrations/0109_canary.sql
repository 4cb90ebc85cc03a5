-- A version of the rules may judge a share of the tickets before it is for all: from when, until when, and how many of a hundred.
alter table rulebook add column canary_percent integer check (canary_percent between 1 and 99);
alter table rulebook add column canary_from timestamptz;
alter table rulebook add column canary_to timestamptz;
alter table rulebook drop constraint rulebook_state_check;
alter table rulebook add constraint rulebook_state_check
  check (state in ('draft', 'canary', 'published', 'superseded', 'rolled_back', 'withdrawn'));
create unique index rulebook_canary on rulebook (state) where state = 'canary';
