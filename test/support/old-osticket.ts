// A small osTicket as its installer makes it, as far as it is read, with invented people and the traps of such databases.
const dates = 'created datetime not null, updated datetime not null'
const values = 'created, updated) values'
const then = "'2024-01-01 00:00:00', '2024-01-01 00:00:00'"
const int = 'int(11) unsigned'

/** Two departments, one in the other, whose clocks are those of New York. */
export const OSTICKET = `
create table ost_department (id ${int} auto_increment primary key, pid ${int}, name varchar(128) not null default '', ${dates}) default charset=utf8;
create table ost_team (team_id int(10) unsigned auto_increment primary key, name varchar(125) not null default '', ${dates}) default charset=utf8;
create table ost_team_member (team_id int(10) unsigned not null, staff_id int(10) unsigned not null, flags int(10) unsigned not null default 0, primary key (team_id, staff_id));
create table ost_staff (staff_id ${int} auto_increment primary key, dept_id int(10) unsigned not null default 0, username varchar(32) not null default '',
  firstname varchar(32), lastname varchar(32), email varchar(255), phone varchar(24) not null default '', mobile varchar(24) not null default '',
  timezone varchar(64), isactive tinyint(1) not null default 1, isadmin tinyint(1) not null default 0, ${dates}) default charset=utf8;
create table ost_staff_dept_access (staff_id int(10) unsigned not null, dept_id int(10) unsigned not null, role_id int(10) unsigned not null default 0, primary key (staff_id, dept_id));
create table ost_organization (id ${int} auto_increment primary key, name varchar(128) not null default '', created timestamp null) default charset=utf8;
create table ost_user (id int(10) unsigned auto_increment primary key, org_id int(10) unsigned not null, default_email_id int(10) not null, status int(11) unsigned not null default 0,
  name varchar(128) not null, ${dates}) default charset=utf8;
create table ost_user_email (id int(10) unsigned auto_increment primary key, user_id int(10) unsigned not null, flags int(10) unsigned not null default 0, address varchar(255) not null) default charset=utf8;
create table ost_user_account (id ${int} auto_increment primary key, user_id int(10) unsigned not null, status ${int} not null default 0, timezone varchar(64), lang varchar(16));
create table ost_form (id ${int} auto_increment primary key, type varchar(8) not null default 'G', title varchar(255) not null default '') default charset=utf8;
create table ost_form_field (id ${int} auto_increment primary key, form_id ${int} not null, flags int(10) unsigned default 1, type varchar(255) not null default 'text',
  label varchar(255) not null, name varchar(64) not null, configuration text, sort ${int} not null default 1) default charset=utf8;
create table ost_form_entry (id ${int} auto_increment primary key, form_id ${int} not null, object_id ${int}, object_type char(1) not null default 'T');
create table ost_form_entry_values (entry_id ${int} not null, field_id ${int} not null, value text, value_id int(11), primary key (entry_id, field_id)) default charset=utf8;
create table ost_list_items (id ${int} auto_increment primary key, list_id int(11), status ${int} not null default 1, value varchar(255) not null) default charset=utf8;
create table ost_ticket_status (id int(11) auto_increment primary key, name varchar(60) not null default '', state varchar(16));
create table ost_ticket_priority (priority_id tinyint(4) auto_increment primary key, priority varchar(60) not null default '', priority_urgency tinyint(1) unsigned not null default 0);
create table ost_ticket (ticket_id ${int} auto_increment primary key, ticket_pid ${int}, number varchar(20), user_id ${int} not null default 0, status_id int(10) unsigned not null default 0,
  dept_id int(10) unsigned not null default 0, topic_id int(10) unsigned not null default 0, staff_id int(10) unsigned not null default 0, team_id int(10) unsigned not null default 0,
  flags int(10) unsigned not null default 0, source enum('Web','Email','Phone','API','Other') not null default 'Other', isanswered tinyint(1) unsigned not null default 0, ${dates});
create table ost_thread (id ${int} auto_increment primary key, object_id ${int} not null, object_type char(1) not null, extra text, created datetime not null default '2024-01-01') default charset=utf8;
create table ost_thread_entry (id ${int} auto_increment primary key, pid ${int} not null default 0, thread_id ${int} not null default 0, staff_id ${int} not null default 0,
  user_id ${int} not null default 0, type char(1) not null default '', flags ${int} not null default 0, poster varchar(128) not null default '', source varchar(32) not null default '',
  title varchar(255), body text not null, format varchar(16) not null default 'html', ${dates}) default charset=utf8;
create table ost_thread_entry_email (id ${int} auto_increment primary key, thread_entry_id ${int} not null, mid varchar(255) not null, headers text);
create table ost_thread_entry_merge (id ${int} auto_increment primary key, thread_entry_id ${int} not null, data text);
create table ost_event (id int(10) unsigned auto_increment primary key, name varchar(60) not null);
create table ost_thread_event (id int(10) unsigned auto_increment primary key, thread_id ${int} not null default 0, thread_type char(1) not null default 'T', event_id ${int},
  staff_id ${int} not null default 0, team_id ${int} not null default 0, dept_id ${int} not null default 0, topic_id ${int} not null default 0, data varchar(1024),
  username varchar(128) not null default 'SYSTEM', uid ${int}, uid_type char(1) not null default 'S', annulled tinyint(1) unsigned not null default 0, \`timestamp\` datetime not null);
create table ost_thread_collaborator (id ${int} auto_increment primary key, flags int(10) unsigned not null default 1, thread_id ${int} not null, user_id ${int} not null, role char(1) not null default 'M');
create table ost_attachment (id int(10) unsigned auto_increment primary key, object_id ${int} not null, type char(1) not null, file_id ${int} not null, name varchar(255), inline tinyint(1) unsigned not null default 0);
create table ost_file (id int(11) auto_increment primary key, ft char(1) not null default 'T', bk char(1) not null default 'D', type varchar(255) collate ascii_general_ci not null default '',
  size bigint(20) unsigned not null default 0, \`key\` varchar(86) collate ascii_general_ci not null, name varchar(255) not null default '') default charset=utf8;
create table ost_file_chunk (file_id int(11) not null, chunk_id int(11) not null, filedata longblob not null, primary key (file_id, chunk_id));

insert into ost_department (id, pid, name, ${values} (1, null, 'Helpdesk', ${then}), (2, 1, 'Süd', ${then});
insert into ost_team (team_id, name, ${values} (1, 'Night shift', ${then});
insert into ost_staff (staff_id, dept_id, username, firstname, lastname, email, ${values} (1, 1, 'ada', 'Ada', 'Agent', 'ada@osticket.example', ${then});
insert into ost_staff_dept_access (staff_id, dept_id) values (1, 2);
insert into ost_team_member (team_id, staff_id) values (1, 1);
insert into ost_organization (id, name) values (1, 'Acme of osTicket');
insert into ost_user (id, org_id, default_email_id, name, ${values} (1, 1, 2, 'Cy Customer', ${then}), (2, 0, 3, 'Dée', ${then});
insert into ost_user_email (id, user_id, address) values (1, 1, 'cy@old.ost.example'), (2, 1, 'cy@ost.example'), (3, 2, 'dee@ost.example');
insert into ost_form (id, type) values (1, 'T'), (2, 'G'), (3, 'U');
insert into ost_form_field (id, form_id, type, label, name, configuration) values (1, 1, 'text', 'Issue Summary', 'subject', null), (2, 1, 'thread', 'Issue Details', 'message', null),
  (3, 1, 'priority', 'Priority Level', 'priority', null), (10, 2, 'choices', 'Plan of osTicket', 'plan', '{"choices":"gold:Gold plan\\\\r\\\\ntin:Tin plan","multiselect":false}'),
  (11, 2, 'list-1', 'Machines', 'machines', '{"multiselect":true}'), (12, 2, 'bool', 'Agreed', 'agreed', null), (13, 2, 'break', 'More', '', null), (20, 3, 'phone', 'Phone', 'phone', null);
insert into ost_list_items (id, list_id, value) values (1, 1, 'Press'), (2, 1, 'Drill'), (3, 2, 'Other');
insert into ost_ticket_status (id, name, state) values (1, 'Offen', 'open'), (2, 'Gelöst', 'closed'), (4, 'Archiv', 'archived'), (5, 'Weg', 'deleted');
insert into ost_ticket_priority (priority_id, priority, priority_urgency) values (1, 'low', 4), (2, 'normal', 3), (3, 'high', 2), (4, 'emergency', 1);
insert into ost_ticket (ticket_id, ticket_pid, number, user_id, status_id, dept_id, staff_id, team_id, flags, source, isanswered, ${values}
  (21, null, '92001', 1, 2, 2, 1, 0, 16, 'Email', 1, '2024-05-06 10:00:00', '2024-05-07 09:00:00'), (22, 21, '92002', 1, 2, 1, 0, 0, 1, 'Email', 0, '2024-05-06 13:00:00', '2024-05-06 14:00:00'),
  (23, 21, '92003', 2, 1, 1, 0, 1, 8, 'Web', 0, '2024-01-08 08:00:00', '2024-01-08 08:00:00'), (24, null, '92004', 2, 5, 1, 0, 0, 0, 'Web', 0, ${then}),
  (25, null, '92005', 2, 1, 1, 0, 0, 0, 'Web', 0, ${then}), (26, null, '0000092006', 2, 4, 1, 0, 0, 0, 'Phone', 0, '0000-00-00 00:00:00', '0000-00-00 00:00:00'),
  (27, null, '92007', 2, 1, 1, 0, 0, 0, 'Phone', 0, '0000-00-00 00:00:00', '0000-00-00 00:00:00');
insert into ost_thread (id, object_id, object_type, extra) values (31, 21, 'T', null), (32, 22, 'C', '{"ticket_id":21,"number":"92002"}'), (33, 23, 'T', null), (35, 25, 'T', null), (36, 26, 'T', null), (37, 27, 'T', null);
insert into ost_thread_entry (id, thread_id, staff_id, user_id, type, flags, poster, source, title, body, format, ${values}
  (41, 31, 0, 1, 'M', 1, 'Cy Customer', 'Email', 'Printer', '<p>It smokes</p><script>alert(1)</script><img src="cid:pictureKEY">', 'html', '2024-05-06 10:00:00', ${then.slice(0, 21)}),
  (42, 31, 1, 0, 'N', 0, 'Ada Agent', '', null, 'Looks odd', 'html', '2024-05-06 10:30:00', ${then.slice(0, 21)}),
  (43, 31, 1, 0, 'R', 4, 'Ada Agent', '', null, 'Turn it of', 'html', '2024-05-06 11:00:00', ${then.slice(0, 21)}),
  (44, 31, 1, 0, 'R', 2, 'Ada Agent', '', null, 'Turn it off', 'html', '2024-05-06 11:00:00', ${then.slice(0, 21)}),
  (45, 31, 0, 2, 'M', 32, 'Dée', 'Email', null, '-', 'text', '2024-05-06 12:00:00', ${then.slice(0, 21)}),
  (46, 31, 0, 0, 'R', 0, 'Bo Gone', '', null, 'Done', 'text', '2024-05-07 09:00:00', ${then.slice(0, 21)}),
  (47, 31, 0, 1, 'M', 1025, 'Cy Customer', 'Email', null, 'Still smoke', 'text', '2024-05-06 13:00:00', ${then.slice(0, 21)}),
  (48, 33, 0, 2, 'M', 1, 'Dée', 'Web', 'Hi', 'How much?', 'text', '2024-01-08 08:00:00', ${then.slice(0, 21)}),
  (50, 37, 0, 2, 'M', 1, 'Dée', 'Phone', 'When', 'Nobody knows when', 'text', '0000-00-00 00:00:00', ${then.slice(0, 21)}),
  (49, 36, 0, 2, 'M', 1, 'Dée', 'Phone', 'Old', 'Long ago', 'text', '2010-07-01 08:00:00', ${then.slice(0, 21)}),
  (51, 36, 0, 0, 'M', 0, 'Eva Else', 'Email', null, 'Me too', 'text', '2010-07-02 08:00:00', ${then.slice(0, 21)}),
  (52, 36, 0, 0, 'M', 0, '', 'Email', null, 'So am I', 'text', '2010-07-03 08:00:00', ${then.slice(0, 21)});
insert into ost_thread_entry_email (thread_entry_id, mid) values (41, '<one@ost.example>'), (44, '<answer@ost.example>');
insert into ost_thread_entry_merge (thread_entry_id, data) values (47, '{"thread":32}');
insert into ost_event (id, name) values (1, 'created'), (2, 'closed'), (3, 'reopened'), (4, 'assigned'), (5, 'released'), (6, 'transferred'), (7, 'edited'), (8, 'viewed');
insert into ost_thread_event (thread_id, event_id, staff_id, dept_id, data, uid, uid_type, \`timestamp\`) values (31, 1, 0, 1, null, 1, 'U', '2024-05-06 10:00:00'),
  (31, 6, 1, 2, '{"dept":"Süd"}', 1, 'S', '2024-05-06 10:05:00'), (31, 4, 1, 2, '{"claim":true}', 1, 'S', '2024-05-06 10:10:00'), (31, 2, 1, 2, '{"status":[2,"Gelöst"]}', 1, 'S', '2024-05-06 11:00:01'),
  (31, 3, 1, 2, null, 1, 'U', '2024-05-06 12:00:00'), (31, 2, 1, 2, '{"status":[2,"Gelöst"]}', 1, 'S', '2024-05-07 09:00:01'), (31, 8, 1, 2, null, 1, 'S', '2024-05-07 10:00:00'),
  (33, 4, 0, 1, '{"team":1}', 1, 'S', '2024-01-08 08:10:00');
insert into ost_thread_collaborator (thread_id, user_id, flags) values (31, 2, 1), (31, 1, 1), (33, 1, 0);
insert into ost_form_entry (id, form_id, object_id, object_type) values (51, 1, 21, 'T'), (52, 2, 21, 'T'), (53, 1, 23, 'T'), (54, 3, 1, 'U');
insert into ost_form_entry_values (entry_id, field_id, value, value_id) values (51, 1, 'Printer on fire', null), (51, 3, 'High', 3), (52, 10, '{"gold":"Gold plan"}', null),
  (52, 11, '{"1":"Press","2":"Drill"}', null), (52, 12, '1', null), (53, 1, 'A price', null), (53, 3, '{"4":"Emergency"}', null), (54, 20, '5551234X', null);
insert into ost_file (id, bk, type, size, \`key\`, name) values (61, 'D', 'image/png', 10, 'pictureKEY', 'smoke.png'), (62, 'D', 'text/plain', 9, 'logKEY', 'log.txt'), (63, 'F', 'text/plain', 9, 'farKEY', 'far.txt');
insert into ost_file_chunk (file_id, chunk_id, filedata) values (61, 1, ' picture'), (61, 0, char(137, 80)), (62, 0, 'half');
insert into ost_attachment (object_id, type, file_id, name, inline) values (41, 'H', 61, null, 1), (48, 'H', 62, 'renamed.txt', 0);
`

/** What it has in canned responses and in its knowledge base. */
export const OSTICKET_TEXTS = `
create table ost_canned_response (canned_id int(10) unsigned auto_increment primary key, dept_id int(10) unsigned not null default 0, isenabled tinyint(1) unsigned not null default 1,
  title varchar(255) not null default '', response text not null, lang varchar(16) not null default 'en_US', notes text, created datetime not null, updated datetime not null) default charset=utf8;
create table ost_faq_category (category_id int(10) unsigned auto_increment primary key, category_pid int(10) unsigned, ispublic tinyint(1) unsigned not null default 0, name varchar(125),
  description text not null, notes tinytext not null, created datetime not null, updated datetime not null) default charset=utf8;
create table ost_faq (faq_id int(10) unsigned auto_increment primary key, category_id int(10) unsigned not null default 0, ispublished tinyint(1) unsigned not null default 0, question varchar(255) not null,
  answer text not null, keywords tinytext, notes text, created datetime not null, updated datetime not null) default charset=utf8;
create table ost_config (id int(11) unsigned auto_increment primary key, namespace varchar(64) not null, \`key\` varchar(64) not null, value text not null, updated timestamp) default charset=utf8;
insert into ost_config (namespace, \`key\`, value) values ('core', 'enable_kb', '1'), ('core', 'restrict_kb', '0');
insert into ost_canned_response (dept_id, isenabled, title, response, created, updated) values (2, 1, 'Off', '<p>Hi %{ticket.name.first}, %{ticket.due_date}</p>', '2024-01-01', '2024-01-01'),
  (0, 0, 'Old', 'Gone', '2024-01-01', '2024-01-01');
insert into ost_faq_category (category_pid, ispublic, name, description, notes, created, updated) values (null, 1, 'Printers', '', '', '2024-01-01', '2024-01-01'),
  (1, 0, 'Secret', '', '', '2024-01-01', '2024-01-01');
insert into ost_faq (category_id, ispublished, question, answer, created, updated) values (1, 1, 'It burns', '<p>Water</p><img src="cid:pictureKEY"><script>x</script>', '2024-01-08 08:00:00', '2024-02-01'),
  (2, 1, 'Inside', 'For some', '2024-01-08', '2024-02-01'), (1, 0, 'Internal', 'For us', '2024-01-08', '2024-02-01');
insert into ost_attachment (object_id, type, file_id, name, inline) values (1, 'F', 61, null, 1), (1, 'C', 62, null, 0);
`
