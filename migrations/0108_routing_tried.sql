-- How routing is played in a backtest: who was there, and the queue that is tried; null where it is taken as it was.
alter table backtest add column routing jsonb;
