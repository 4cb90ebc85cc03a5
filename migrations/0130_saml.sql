-- Providers of identity that speak SAML 2.0: what their metadata says, and which of their answers were taken. An answer comes as a form
-- of another site's, without our cookies: what it says lies here until the browser has come by itself, and is taken once.
alter table identity_provider
  add column kind text not null default 'oidc' check (kind in ('oidc', 'saml')),
  add column saml jsonb;

create table saml_arrival (
  provider_id bigint not null references identity_provider on delete cascade,
  assertion_id text not null,
  -- Null once it was taken; the row stays, so that no answer counts twice.
  token_hash bytea,
  came jsonb,
  at timestamptz not null,
  primary key (provider_id, assertion_id)
);
create unique index saml_arrival_token on saml_arrival (token_hash) where token_hash is not null;
create index saml_arrival_at on saml_arrival (at);
