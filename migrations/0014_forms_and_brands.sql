-- Forms that customers fill in at /forms/KEY, and what a brand looks like to them.

alter table brand
  -- The name and the signature its mail leaves under; '' is the desk's. A mailbox of its own says otherwise.
  add column from_name text not null default '',
  add column signature text not null default '',
  -- The mailbox its tickets are answered from when they came by no mail.
  add column mailbox_id bigint references mailbox,
  add column color text check (color ~ '^#[0-9a-f]{6}$'),
  add column logo_sha256 text;

create table form (
  id bigint generated always as identity primary key,
  key text not null unique check (key ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
  title text not null,
  intro text not null default '',
  brand_id bigint not null references brand,
  team_id bigint references team,
  category_id bigint references category,
  -- What is asked, in order: [{ ask, label, help, required }]; `ask` is name, email, subject, message or field.KEY.
  questions jsonb not null,
  files boolean not null default true,
  -- What is said once it is sent; '' is the desk's own words.
  thanks text not null default '',
  archived_at timestamptz,
  changed_at timestamptz not null default now()
);

insert into form (key, title, intro, brand_id, questions) values ('contact', 'Contact us', 'Write to us; we answer by mail.',
  (select min(id) from brand), '[
    {"ask": "name", "label": null, "help": null, "required": false},
    {"ask": "email", "label": null, "help": null, "required": true},
    {"ask": "subject", "label": null, "help": null, "required": true},
    {"ask": "message", "label": null, "help": null, "required": true}]');
