-- What works with the rights of the owner is for the desk's own role, and triggers' functions for triggers alone.
do $$
declare
  own record;
begin
  for own in
    select p.oid::regprocedure as called, p.proname = 'audit_erase' as is_asked from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
      and (p.prosecdef or p.prorettype = 'trigger'::regtype)
  loop
    execute format('revoke execute on function %s from public', own.called);
    if own.is_asked and exists (select from pg_roles where rolname = 'docket_app') then
      execute format('grant execute on function %s to docket_app', own.called);
    end if;
  end loop;
end $$;
