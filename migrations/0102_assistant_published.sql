-- The ladder is judged by what was live when, and by each harmful answer once.

-- A line each time that another version went live: published once more, a version forgets nothing of what was seen before.
create table assistant_published (
  id bigint generated always as identity primary key,
  version integer not null references assistant_config,
  at timestamptz not null,
  -- Why a person took it further by hand than what was live before; empty where it goes no further, or by steps of the ladder.
  reason text not null default ''
);
insert into assistant_published (version, at)
  select version, published_at from assistant_config where published_at is not null order by published_at, version;

-- When they first called it harmful. Said again, or taken back and said again, it costs no second step.
alter table assistant_verdict add column harmful_at timestamptz;
update assistant_verdict set harmful_at = at where verdict = 'harmful';
