-- Directories (LDAP) beside the other providers of identity: agents show them the password that they typed here, and who is gone from
-- there is let in here no longer.
alter table identity_provider drop constraint identity_provider_kind_check;
alter table identity_provider
  add constraint identity_provider_kind_check check (kind in ('oidc', 'saml', 'ldap')),
  add column ldap jsonb,
  -- When its people were last compared with those here, and what kept that from being done.
  add column synced_at timestamptz,
  add column sync_problem text;
