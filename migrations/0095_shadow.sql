-- A backtest whose end moves with the clock: it runs beside live until a moment, lived again at `next_at`.
alter table backtest
  add column mode text not null default 'past' check (mode in ('past', 'shadow')),
  add column until timestamptz,
  add column next_at timestamptz;
