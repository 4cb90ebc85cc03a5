-- Agents sign answers by mail with their name on desks that begin from now on; those that are at work decide it for themselves.
update desk_setting set value = value || '{"nameBelow": false}'::jsonb
  where version = (select max(version) from desk_setting) and not value ? 'nameBelow';
