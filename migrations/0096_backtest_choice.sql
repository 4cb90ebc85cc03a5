-- A backtest of some tickets only: those that a search finds, or so many drawn by its seed.
alter table backtest add column filter text, add column sample integer;
