-- A picture of an agent's own, for colleagues: bytes of an upload.
alter table agent add column picture_sha256 text;
create function note_left_picture() returns trigger language plpgsql as $$
begin
  if old.picture_sha256 is not null and (tg_op = 'DELETE' or new.picture_sha256 is distinct from old.picture_sha256) then
    insert into blob_unused (sha256) values (old.picture_sha256) on conflict do nothing;
  end if;
  return null;
end $$;
create trigger agent_leaves_picture after delete or update of picture_sha256 on agent for each row execute function note_left_picture();
