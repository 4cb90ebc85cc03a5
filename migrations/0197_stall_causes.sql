-- Why how many tickets were stuck, on each day: so that a week shows whether a cause grows. It cannot be told afterwards: who was away
-- and which agreements there were is not kept of the past.
create table stall_cause_day (
  day date not null,
  cause text not null,
  tickets integer not null,
  primary key (day, cause)
);
