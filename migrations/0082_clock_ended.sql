-- When a clock was stopped by what it waited for: reports count it then. Older clocks were looked at last about when they ended.
alter table ticket_clock add column ended_at timestamptz;
