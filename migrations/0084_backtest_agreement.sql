-- A backtest may try a policy or a calendar that is not published yet, beside rules or instead of them.
alter table backtest add column agreement jsonb;
