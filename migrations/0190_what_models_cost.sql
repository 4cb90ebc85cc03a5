-- What a model costs: its prices for a million tokens, most in a day, and what each day came to, at the prices of its time.
alter table model_provider
  add column price_in numeric check (price_in >= 0),
  add column price_out numeric check (price_out >= 0),
  add column currency text not null default 'USD' check (currency ~ '^[A-Z]{3}$'),
  add column money_per_day numeric check (money_per_day > 0),
  -- Without prices nothing is reckoned, and no day would ever be full.
  add constraint priced check ((price_in is null) = (price_out is null) and (money_per_day is null or price_in is not null));

-- In the provider's currency; null: nobody had said what it costs.
alter table model_use add column cost numeric check (cost >= 0);
