-- What stands at the foot of a brand's pages: a line, and links such as those to an imprint.
alter table brand
  add column footer text not null default '',
  -- [{ label, url }]
  add column footer_links jsonb not null default '[]';
