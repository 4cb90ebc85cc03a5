-- What the package of a hand-over lacked, in words of a closed list; null where none was handed over, or before this was written down.
alter table assistant_run add column lacks text[];
