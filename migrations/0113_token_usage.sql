-- How many requests a token may make in a minute; null: as many as it likes. Those that are there go on, within what no program needs.
alter table api_token add column per_minute integer check (per_minute > 0);
update api_token set per_minute = 6000;

-- What tokens did, by day (UTC), of the last thirty: added up by each process and written now and then.
create table token_usage (
  token_id bigint not null references api_token on delete cascade,
  day date not null,
  requests bigint not null,
  -- Answered with 403 or 429.
  refusals bigint not null,
  primary key (token_id, day)
);
create index token_usage_day on token_usage (day);
