-- A backup can fail because files of the desk are nowhere.
alter table backup_run drop constraint backup_run_failure_check;
alter table backup_run add constraint backup_run_failure_check
  check (failure in ('denied', 'full', 'gone', 'store', 'damaged', 'lost', 'other'));
