-- Asking anew for the same message is a run of its own: the seq of the word that asked, 0 where nobody did.
alter table assistant_run add column asked_seq integer not null default 0;
alter table assistant_run drop constraint assistant_run_ticket_id_seq_config_version_key;
alter table assistant_run add unique (ticket_id, seq, config_version, asked_seq);
