-- Why an erasure waits, and how often it has failed in a row: each time it waits longer, and others go on.
alter table erasure add column failures integer not null default 0, add column failure text;

-- They took no part in it; others only speak of them there.
alter table erasure_ticket add column mentioned boolean not null default false;

-- Replaces what patterns find in the strings of a value: names of fields, numbers and the shape stay as they are.
create function black_json(value jsonb, whole text, parts text, black text) returns jsonb language plpgsql immutable as $$
declare
  said text;
begin
  case jsonb_typeof(value)
    when 'string' then
      said := value #>> '{}';
      if whole is not null then said := regexp_replace(said, whole, black, 'gi'); end if;
      if parts is not null then said := regexp_replace(said, parts, black, 'g'); end if;
      return to_jsonb(said);
    when 'object' then
      return (select coalesce(jsonb_object_agg(e.key, black_json(e.value, whole, parts, black)), '{}') from jsonb_each(value) e);
    when 'array' then
      return (select coalesce(jsonb_agg(black_json(e.value, whole, parts, black) order by e.n), '[]')
        from jsonb_array_elements(value) with ordinality e(value, n));
    else
      return value;
  end case;
end $$;
