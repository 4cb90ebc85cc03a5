-- Directories are asked over TLS from the first byte alone: those that began in the clear are switched off, and have to be tried anew.
update identity_provider set is_on = false, trial = null where ldap ->> 'startTls' = 'true';
update identity_provider set ldap = ldap - 'startTls' where ldap ? 'startTls';

-- Since when a comparison has not found somebody there; their groups count no longer.
alter table agent_identity add column gone_at timestamptz;

-- When a comparison last began; "synced_at" is when one last came to its end.
alter table identity_provider add column sync_tried_at timestamptz;
update identity_provider set sync_tried_at = synced_at where synced_at is not null;
