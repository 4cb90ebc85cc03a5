-- Since when a mailbox is to be read: what comes between that moment and the first look at its folder is mail, not history.
alter table mailbox add column reads_since timestamptz;
