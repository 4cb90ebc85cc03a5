-- Whether a view is still used: when somebody last opened it, and whether it was put away.
alter table view
  add column opened_at timestamptz,
  add column archived_at timestamptz;
