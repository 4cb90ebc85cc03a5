// A small FreeScout as its migrations make it in MySQL, as far as it is read, with invented people and the traps of such databases.
const stamps = 'created_at timestamp null, updated_at timestamp null'
const u = (text: string) => `default charset=utf8mb4 collate=utf8mb4_unicode_ci; ${text}`

/** Two mailboxes, whose desk lives in Berlin and has numbers of its own; both modules are there. */
export const FREESCOUT = `
create table mailboxes (id int unsigned auto_increment primary key, name varchar(40) not null, email varchar(128) not null, ${stamps})
${u(`create table mailbox_user (id int unsigned auto_increment primary key, mailbox_id int unsigned not null, user_id int unsigned not null);`)}
create table users (id int unsigned auto_increment primary key, first_name varchar(20) not null, last_name varchar(30) not null,
  email varchar(100) not null, role tinyint unsigned not null default 1, timezone varchar(255) not null default 'UTC',
  type tinyint unsigned not null default 1, status tinyint unsigned not null default 1, emails text, phone varchar(60), ${stamps})
${u('')}
create table customers (id int unsigned auto_increment primary key, first_name varchar(255), last_name varchar(255), company text,
  job_title text, phones text, notes text, ${stamps})
${u('')}
create table emails (id int unsigned auto_increment primary key, customer_id int unsigned not null, email varchar(191) not null, type tinyint unsigned default 1);
create table conversations (id int unsigned auto_increment primary key, number int unsigned not null, threads_count int unsigned default 0,
  type tinyint unsigned not null, folder_id int unsigned not null default 1, status tinyint unsigned not null default 1, state tinyint unsigned not null default 1,
  subject varchar(998), customer_email varchar(191), cc text, bcc text, preview varchar(255) not null default '', mailbox_id int unsigned not null,
  user_id int unsigned, customer_id int unsigned, source_via tinyint unsigned not null default 1, source_type tinyint unsigned not null default 1, meta text, ${stamps})
${u('')}
create table threads (id int unsigned auto_increment primary key, conversation_id int unsigned not null, user_id int unsigned,
  type tinyint unsigned not null, subtype tinyint unsigned, status tinyint unsigned not null default 1, state tinyint unsigned not null default 2,
  action_type tinyint unsigned, action_data varchar(255), body longtext, headers text, \`from\` varchar(191), \`to\` text, cc text, bcc text,
  message_id varchar(998), source_via tinyint unsigned not null default 1, source_type tinyint unsigned not null default 1, customer_id int unsigned,
  created_by_user_id int unsigned, created_by_customer_id int unsigned, first tinyint(1) not null default 0, meta text, ${stamps})
${u('')}
create table attachments (id int unsigned auto_increment primary key, thread_id int unsigned, user_id int unsigned, file_dir varchar(20),
  file_name varchar(255) not null, mime_type varchar(127) not null, type int unsigned not null default 0, size int unsigned, embedded tinyint(1) not null default 0);
create table followers (id int unsigned auto_increment primary key, conversation_id int not null, user_id int not null);
create table tags (id int unsigned auto_increment primary key, name varchar(191) not null) default charset=latin1;
create table conversation_tag (id int unsigned auto_increment primary key, conversation_id int not null, tag_id int not null);
create table custom_fields (id int unsigned auto_increment primary key, mailbox_id int unsigned not null, name varchar(75) not null,
  type tinyint unsigned not null default 1, options text, required tinyint(1) default 0, sort_order int default 1, ${stamps});
create table conversation_custom_field (id int unsigned auto_increment primary key, conversation_id int not null, custom_field_id int not null, value text);

insert into mailboxes (id, name, email) values (1, 'Support', 'help@old.example'), (2, 'Sales', 'sales@old.example');
insert into users (id, first_name, last_name, email, type, status, timezone) values (1, 'Ada', 'Agent', 'ada@freescout.example', 1, 1, 'Europe/Berlin'),
  (2, 'Bo', 'Gone', 'bo@freescout.example_deleted20240101120000', 1, 3, 'UTC'), (3, 'Workflow', '', 'fs-workflow@example.org', 2, 3, 'UTC');
insert into mailbox_user (mailbox_id, user_id) values (1, 1), (2, 1);
insert into customers (id, first_name, last_name, company, phones) values (1, 'Cy', 'Customer', 'Acme', '[{"value":"+49 30 1","type":1,"n":"49301"}]'),
  (2, 'Zoë', '😀', null, null), (3, 'Dee', null, null, null);
insert into emails (customer_id, email) values (1, 'cy@fs.example'), (1, 'cy@home.example'), (2, 'zoe@fs.example'), (3, 'Dee@fs.example');
insert into conversations (id, number, type, status, state, subject, cc, mailbox_id, user_id, customer_id, created_at, updated_at) values
  (11, 81001, 1, 3, 2, 'Printer on fire', '["dee@fs.example","who@fs.example"]', 1, 1, 1, '2024-05-06 10:00:00', '2024-05-07 09:00:00'),
  (12, 81002, 1, 3, 3, 'Again', null, 1, null, 1, '2024-05-06 13:00:00', '2024-05-06 14:00:00'),
  (13, 81003, 1, 4, 2, 'Pills', null, 1, null, 2, '2024-05-06 10:00:00', '2024-05-06 10:00:00'),
  (14, 81004, 1, 1, 3, 'Gone', null, 1, null, 2, '2024-05-06 10:00:00', '2024-05-06 10:00:00'),
  (15, 81005, 1, 1, 1, 'Half', null, 1, 1, null, '2024-05-06 10:00:00', '2024-05-06 10:00:00'),
  (16, 81006, 1, 1, 2, 'Empty', null, 1, null, 2, '2024-05-06 10:00:00', '2024-05-06 10:00:00'),
  (18, 81008, 1, 3, 3, 'Once more', null, 1, null, 1, '2024-05-06 13:00:00', '2024-05-06 13:30:00'),
  (17, 81007, 2, 1, 2, 'Call 📞', null, 2, null, 2, '0000-00-00 00:00:00', '2024-01-08 08:00:00');
insert into threads (id, conversation_id, user_id, type, status, state, action_type, action_data, body, message_id, source_via, source_type, customer_id,
    created_by_user_id, created_by_customer_id, first, meta, created_at) values
  (101, 11, null, 1, 1, 2, null, null, '<p>It smokes</p><script>alert(1)</script><img src="https://old.example/storage/attachment/1/2/1/smoke.png?id=1&amp;token=abc">',
    'one@fs.example', 1, 1, 1, null, 1, 1, null, '2024-05-06 10:00:00'),
  (102, 11, null, 4, 1, 2, 3, '2', null, null, 2, 2, 1, 1, null, 0, null, '2024-05-06 10:05:00'),
  (103, 11, 1, 4, 1, 2, 2, null, null, null, 2, 2, 1, 1, null, 0, null, '2024-05-06 10:10:00'),
  (104, 11, 1, 3, 6, 2, null, null, 'Looks odd', null, 2, 2, 1, 1, null, 0, '{"pc":"x"}', '2024-05-06 10:30:00'),
  (105, 11, 1, 2, 2, 2, null, null, '<div>Turn it off</div>', null, 2, 2, 1, 1, null, 0, null, '2024-05-06 11:00:00'),
  (106, 11, 1, 2, 2, 1, null, null, 'An unsent draft', null, 2, 2, 1, 1, null, 0, null, '2024-05-06 11:30:00'),
  (107, 11, 1, 1, 1, 2, null, null, 'It is off', 'two@fs.example', 1, 1, 1, null, 1, 0, '{"pc":14}', '2024-05-06 12:00:00'),
  (108, 11, 1, 2, 3, 2, null, null, 'Done', null, 2, 2, 1, 2, null, 0, null, '2024-05-07 09:00:00'),
  (109, 11, null, 1, 1, 2, null, null, 'Still smoke', 'three@fs.example', 1, 1, 1, null, 1, 1, '{"pc":12}', '2024-05-06 13:00:00'),
  (110, 11, 1, 4, 1, 2, 4, null, null, null, 2, 2, 1, 1, null, 0, '{"mwc":12}', '2024-05-06 14:00:00'),
  (111, 12, null, 4, 1, 2, 4, null, null, null, 2, 2, 1, 1, null, 0, '{"mic":11}', '2024-05-06 14:00:00'),
  (115, 18, null, 4, 1, 2, 4, null, null, null, 2, 2, 1, 1, null, 0, '{"mic":12}', '2024-05-06 13:30:00'),
  (112, 13, null, 1, 4, 2, null, null, 'Buy pills', null, 1, 1, 2, null, 2, 1, null, '2024-05-06 10:00:00'),
  (113, 17, null, 1, 1, 2, null, null, concat('She called', char(0), ' twice'), null, 2, 2, 2, 1, null, 1, null, '2024-01-08 08:00:00'),
  (114, 17, null, 3, 1, 2, null, null, 'Was here before', null, 2, 2, 2, 99, null, 0, null, '2024-01-08 08:30:00');
insert into attachments (id, thread_id, file_dir, file_name, mime_type, embedded) values (1, 101, '1/2/1/', 'smoke.png', 'image/png', 1),
  (2, 101, '3/4/1/', 'log.txt', 'text/plain', 0), (3, 105, '9/9/1/', 'lost.txt', 'text/plain', 0), (4, 105, '../', 'passwd', 'text/plain', 0);
insert into followers (conversation_id, user_id) values (11, 1);
insert into tags (id, name) values (1, 'käse'), (2, 'vip');
insert into conversation_tag (conversation_id, tag_id) values (11, 1), (11, 2);
insert into custom_fields (id, mailbox_id, name, type, options) values (1, 1, 'Plan of FreeScout', 1, '{"1":"Gold plan","2":"Tin plan"}'), (2, 1, 'Serial', 2, null);
insert into conversation_custom_field (conversation_id, custom_field_id, value) values (11, 1, '1'), (11, 2, 'X-77');
`

/** The same in PostgreSQL, with other numbers: it has neither zeros for days nor NUL in texts, and truth of its own. */
export const FREESCOUT_IN_POSTGRES =
  FREESCOUT.replaceAll(/\s+default charset=\w+(?: collate=\w+)?/g, '')
    .replaceAll('int unsigned auto_increment', 'serial')
    .replaceAll(/tinyint unsigned|tinyint\(1\)/g, 'smallint')
    .replaceAll('int unsigned', 'integer')
    .replaceAll('longtext', 'text')
    .replaceAll('`', '"')
    .replaceAll("'0000-00-00 00:00:00'", 'null')
    .replaceAll('char(0)', "''")
    .replaceAll('810', '820') +
  `alter table threads alter first drop default, alter first type boolean using first <> 0;
  alter table attachments alter embedded drop default, alter embedded type boolean using embedded <> 0;`

/** What the modules for saved replies and for the knowledge base keep. */
export const FREESCOUT_TEXTS = `
create table saved_replies (id int unsigned auto_increment primary key, mailbox_id int not null, name varchar(75) not null, text longtext, user_id int not null,
  ${stamps}, sort_order int not null default 1, parent_saved_reply_id int unsigned, attachments text) ${u('')}
alter table mailboxes add meta text;
create table kb_articles (id int unsigned auto_increment primary key, title text not null, status int unsigned not null default 1, text longtext, sort_order int not null default 1,
  ${stamps}, mailbox_id int unsigned not null, slug text) ${u('')}
create table kb_categories (id int unsigned auto_increment primary key, name text not null, description text, kb_category_id int, visibility int unsigned not null default 1,
  sort_order int not null default 1, mailbox_id int unsigned not null) ${u('')}
create table kb_article_kb_category (id int unsigned auto_increment primary key, kb_article_id int not null, kb_category_id int not null, sort_order int not null default 1);
update mailboxes set meta = '{"kb":{"locales":["en","de"]}}' where id = 1;
update mailboxes set meta = '{"kb":{"visibility":"2"}}' where id = 2;
insert into saved_replies (id, mailbox_id, name, text, user_id, parent_saved_reply_id, attachments) values (1, 1, 'Refunds / money', '', 1, null, null),
  (2, 1, 'No refund', '<p>Dear {%customer.firstName,fallback=friend%}, {%user.jobTitle%}</p>', 1, 1, '[7]'), (3, 2, 'Hello', '<p>{%customer.fullName%}</p>', 1, null, null);
insert into kb_categories (id, name, kb_category_id, visibility, mailbox_id) values (1, '{"v":"Printers","l":"en","de":"Drucker"}', null, 1, 1), (2, 'Inside', 1, 2, 1), (3, 'In it', 2, 1, 1), (4, 'Sales', null, 1, 2);
insert into kb_articles (id, title, status, text, created_at, updated_at, mailbox_id) values
  (1, '{"v":"It burns","l":"en","de":"Es brennt"}', 2, '{"v":"<p>Water</p><script>x</script>","l":"en","de":"<p>Wasser</p>"}', '2024-01-08 09:00:00', '2024-05-08 09:00:00', 1),
  (2, 'Not yet', 1, '<p>Soon</p>', '2024-01-08 09:00:00', '2024-01-08 09:00:00', 1), (3, 'Deep', 2, '<p>For us</p>', '2024-01-08 09:00:00', '2024-01-08 09:00:00', 1),
  (4, 'Prices', 2, '<p>High</p>', '2024-01-08 09:00:00', '2024-01-08 09:00:00', 2), (5, 'Nowhere', 2, '<p>Lost</p>', null, null, 1);
insert into kb_article_kb_category (kb_article_id, kb_category_id) values (1, 1), (2, 1), (3, 3), (4, 4);
`
