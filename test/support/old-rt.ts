// A small Request Tracker as its schema makes it, as far as it is read, in either of its databases, with invented people and the traps of
// such databases.

const then = "'2024-01-01 00:00:00'"
const letters = (text: string) => Buffer.from(text).toString('base64')

/** Two queues; the numbers of tickets begin as is said. */
export function requestTracker(make: 'mysql' | 'postgres', numbers: `${number}`): string {
  const isMysql = make === 'mysql'
  const id = isMysql ? 'id integer not null auto_increment primary key' : 'id serial primary key'
  const [moment, bytes, long] = isMysql ? ['datetime', 'longblob', 'longtext'] : ['timestamp', 'text', 'text']
  const groups = isMysql ? '`Groups`' : 'Groups'
  const small = isMysql ? 'int2' : 'smallint'
  return `
create table Queues (${id}, Name varchar(200) not null, Disabled ${small} not null default 0);
create table Principals (${id}, PrincipalType varchar(16) not null, Disabled ${small} not null default 0);
create table Users (${id}, Name varchar(200) not null, Comments text, EmailAddress varchar(120), RealName varchar(120), NickName varchar(16), HomePhone varchar(30),
  WorkPhone varchar(30), MobilePhone varchar(30), Timezone varchar(50), Created ${moment}, LastUpdated ${moment});
create table ${groups} (${id}, Name varchar(200), Domain varchar(64), Instance integer);
create table GroupMembers (${id}, GroupId integer not null default 0, MemberId integer not null default 0);
create table CachedGroupMembers (${id}, GroupId int, MemberId int, Disabled ${small} not null default 0);
create table Tickets (${id}, EffectiveId integer not null default 0, IsMerged ${small}, Queue integer not null default 0, Type varchar(16), Owner integer not null default 0,
  Subject varchar(200), Priority integer not null default 0, Status varchar(64), Resolved ${moment}, Created ${moment}, LastUpdated ${moment});
create table Transactions (${id}, ObjectType varchar(64) not null, ObjectId integer not null default 0, Type varchar(20), Field varchar(255), OldValue varchar(255),
  NewValue varchar(255), Data varchar(255), Creator integer not null default 0, Created ${moment});
create table Attachments (${id}, TransactionId integer not null, Parent integer not null default 0, MessageId varchar(160), Subject varchar(255), Filename varchar(255),
  ContentType varchar(80), ContentEncoding varchar(80), Content ${bytes}, Headers ${long}, Creator integer not null default 0, Created ${moment});
create table CustomFields (${id}, Name varchar(200), Type varchar(200), MaxValues integer, LookupType varchar(255) not null, Disabled ${small} not null default 0);
create table CustomFieldValues (${id}, CustomField int not null, Name varchar(200), SortOrder integer not null default 0);
create table ObjectCustomFieldValues (${id}, CustomField int not null, ObjectType varchar(255) not null, ObjectId integer not null, Content varchar(255),
  LargeContent ${bytes}, ContentEncoding varchar(80), Disabled ${small} not null default 0);

insert into Queues (id, Name) values (1, 'General of RT'), (2, 'Press of RT');
insert into Principals (id, PrincipalType, Disabled) values (1, 'User', 0), (6, 'User', 0), (20, 'User', 0), (21, 'User', 1), (22, 'User', 0), (23, 'User', 0);
insert into Users (id, Name, EmailAddress, RealName, Created) values (1, 'RT_System', null, 'The RT System itself', ${then}), (6, 'Nobody', null, 'Nobody in particular', ${then}),
  (20, 'ada', 'ada@rt.example', 'Ada Agent', ${then}), (21, 'bo', 'bo@rt.example', 'Bo Gone', ${then}), (22, 'cy@rt.customer.example', 'cy@rt.customer.example', 'Cy Customer', ${then}),
  (23, 'dee@rt.customer.example', null, null, ${then});
insert into ${groups} (id, Name, Domain, Instance) values (4, 'Privileged', 'SystemInternal', null), (30, 'Requestor', 'RT::Ticket-Role', ${numbers}1), (31, 'Cc', 'RT::Ticket-Role', ${numbers}1),
  (32, 'Requestor', 'RT::Ticket-Role', ${numbers}2), (33, 'Requestor', 'RT::Ticket-Role', ${numbers}6), (34, 'AdminCc', 'RT::Queue-Role', 1);
insert into GroupMembers (GroupId, MemberId) values (4, 20), (30, 22), (31, 23), (32, 22), (33, 20), (34, 20);
insert into CachedGroupMembers (GroupId, MemberId) values (4, 20), (4, 4);
insert into Tickets (id, EffectiveId, IsMerged, Queue, Type, Owner, Subject, Priority, Status, Resolved, Created, LastUpdated) values
  (${numbers}1, ${numbers}1, null, 2, 'ticket', 20, 'Printer on fire', 80, 'resolved', '2024-05-07 09:00:00', '2024-05-06 10:00:00', '2024-05-07 09:00:00'),
  (${numbers}2, ${numbers}1, 1, 1, 'ticket', 6, 'Again', 0, 'open', null, '2024-05-06 13:00:00', '2024-05-06 14:00:00'),
  (${numbers}3, ${numbers}3, null, 1, 'ticket', 6, 'Gone', 0, 'deleted', null, ${then}, ${then}), (${numbers}4, ${numbers}4, null, 1, 'reminder', 20, 'Call back', 0, 'open', null, ${then}, ${then}),
  (${numbers}5, ${numbers}5, null, 1, 'ticket', 6, 'Empty', 0, 'new', null, ${then}, ${then}),
  (${numbers}6, ${numbers}6, null, 1, 'ticket', 6, 'Ours', 20, 'waiting', null, '2024-05-08 10:00:00', '2024-05-08 11:00:00');
insert into Transactions (id, ObjectType, ObjectId, Type, Field, OldValue, NewValue, Creator, Created) values
  (1, 'RT::Ticket', ${numbers}1, 'Create', null, null, null, 22, '2024-05-06 10:00:00'), (2, 'RT::Ticket', ${numbers}1, 'Set', 'Queue', '1', '2', 20, '2024-05-06 10:05:00'),
  (3, 'RT::Ticket', ${numbers}1, 'Take', 'Owner', '6', '20', 20, '2024-05-06 10:10:00'), (4, 'RT::Ticket', ${numbers}1, 'Status', 'Status', 'new', 'open', 20, '2024-05-06 10:10:00'),
  (5, 'RT::Ticket', ${numbers}1, 'Comment', null, null, null, 20, '2024-05-06 10:30:00'), (6, 'RT::Ticket', ${numbers}1, 'Correspond', null, null, null, 21, '2024-05-06 11:00:00'),
  (7, 'RT::Ticket', ${numbers}1, 'Status', 'Status', 'open', 'stalled', 21, '2024-05-06 11:00:01'), (8, 'RT::Ticket', ${numbers}1, 'Correspond', null, null, null, 23, '2024-05-06 12:00:00'),
  (9, 'RT::Ticket', ${numbers}1, 'Status', 'Status', 'stalled', 'open', 1, '2024-05-06 12:00:00'), (10, 'RT::Ticket', ${numbers}1, 'Correspond', null, null, null, 20, '2024-05-07 08:59:59'),
  (11, 'RT::Ticket', ${numbers}1, 'Status', 'Status', 'open', 'resolved', 20, '2024-05-07 09:00:00'), (12, 'RT::Ticket', ${numbers}2, 'Create', null, null, null, 22, '2024-05-06 13:00:00'),
  (13, 'RT::Ticket', ${numbers}1, 'EmailRecord', null, null, null, 1, '2024-05-06 11:00:00'), (14, 'RT::Ticket', ${numbers}6, 'Create', null, null, null, 20, '2024-05-08 10:00:00'),
  (15, 'RT::Ticket', ${numbers}6, 'Correspond', null, null, null, 20, '2024-05-08 11:00:00'),
  (16, 'RT::Ticket', ${numbers}1, 'Give', 'Owner', '20', '21', 20, '2024-05-06 10:15:00'), (17, 'RT::Ticket', ${numbers}1, 'Steal', 'Owner', '21', '20', 20, '2024-05-06 10:20:00'),
  (18, 'RT::Ticket', ${numbers}6, 'Correspond', null, null, null, 99, '2024-05-08 12:00:00');
insert into Attachments (id, TransactionId, Parent, MessageId, Filename, ContentType, ContentEncoding, Content, Headers) values
  (101, 1, 0, 'one@rt.customer.example', null, 'multipart/mixed', null, null, 'From: cy'), (102, 1, 101, null, null, 'text/plain', 'none', 'It smokes', ''),
  (103, 1, 101, null, null, 'text/html', 'base64', '${letters('<p>It smökes</p><img src="cid:smoke@1">')}', ''),
  (104, 1, 101, null, 'smoke.png', 'image/png', 'base64', '${letters('a picture')}', 'Content-ID: <smoke@1>'),
  (105, 1, 101, null, 'far.pdf', 'application/pdf', 'external', '${'ab'.repeat(32)}', 'Content-ID: <far@1>'),
  (106, 1, 101, null, 'log.txt', 'text/plain', 'none', 'a log', ''),
  (107, 5, 0, null, null, 'text/plain', 'quoted-printable', 'Looks =
odd =C3=A4', ''), (108, 6, 0, 'answer@rt.example', null, 'text/plain', 'none', 'Turn it off', ''), (109, 8, 0, null, null, 'text/plain', 'none', 'It is off', ''),
  (110, 10, 0, null, null, 'text/plain', 'none', 'Done', ''), (111, 12, 0, null, null, 'text/plain', 'none', 'Still smoke', ''),
  (112, 14, 0, null, null, 'text/plain', 'none', 'I need a chair', ''), (113, 15, 0, null, null, 'text/plain', 'none', 'And a desk', ''),
  (114, 18, 0, null, null, 'text/plain', 'none', 'Of one who left', ''), (115, 8, 0, null, null, 'image/png', 'none', 'no name', ''),
  (116, 18, 0, null, null, 'text/plain', 'external', '${'ab'.repeat(32)}', '');
insert into CustomFields (id, Name, Type, MaxValues, LookupType, Disabled) values (1, 'Plan of RT', 'Select', 1, 'RT::Queue-RT::Ticket', 0), (2, 'Machines of RT', 'Select', 0, 'RT::Queue-RT::Ticket', 0),
  (3, 'Remarks of RT', 'Text', 1, 'RT::Queue-RT::Ticket', 0), (4, 'Scan', 'Image', 1, 'RT::Queue-RT::Ticket', 0), (5, 'Of an article', 'Freeform', 1, 'RT::Class-RT::Article', 0);
insert into CustomFieldValues (CustomField, Name) values (1, 'Gold plan'), (1, 'Tin plan'), (2, 'Press'), (2, 'Drill');
insert into ObjectCustomFieldValues (CustomField, ObjectType, ObjectId, Content, LargeContent, ContentEncoding, Disabled) values (1, 'RT::Ticket', ${numbers}1, 'Tin plan', null, null, 1),
  (1, 'RT::Ticket', ${numbers}1, 'Gold plan', null, null, 0), (2, 'RT::Ticket', ${numbers}1, 'Press', null, null, 0), (2, 'RT::Ticket', ${numbers}1, 'Drill', null, null, 0),
  (3, 'RT::Ticket', ${numbers}1, null, '${letters('A long remark')}', 'base64', 0),
  (4, 'RT::Ticket', ${numbers}2, 'scan.png', '${letters('a scan')}', 'base64', 0);
`
}

/** Its articles, links between two tickets, and changes of own fields. */
export function articlesOfRt(make: 'mysql' | 'postgres', numbers: `${number}`): string {
  const id = make === 'mysql' ? 'id integer not null auto_increment primary key' : 'id serial primary key'
  const moment = make === 'mysql' ? 'datetime' : 'timestamp'
  return `
create table Links (${id}, Base varchar(240), Target varchar(240), Type varchar(20) not null, LocalTarget integer not null default 0, LocalBase integer not null default 0, Created ${moment});
create table Classes (${id}, Name varchar(255) not null default '', SortOrder integer not null default 0, Disabled smallint not null default 0);
create table Articles (${id}, Name varchar(255) not null default '', Summary varchar(255) not null default '', Class integer not null default 0, Disabled smallint not null default 0,
  Creator integer not null default 0, Created ${moment}, LastUpdated ${moment});
create table Topics (${id}, Parent integer not null default 0, Name varchar(255) not null default '', ObjectType varchar(64) not null default '', ObjectId integer not null);
create table ObjectTopics (${id}, Topic integer not null, ObjectType varchar(64) not null default '', ObjectId integer not null);
alter table ObjectCustomFieldValues add ContentType varchar(80);
insert into Classes (id, Name) values (1, 'Answers of RT');
insert into Topics (id, Parent, Name, ObjectType, ObjectId) values (1, 0, 'Printers of RT', 'RT::Class', 1), (2, 1, 'Fire', 'RT::Class', 1);
insert into Articles (id, Name, Summary, Class, Disabled, Creator, Created, LastUpdated) values
  (1, 'It burns', 'What to do', 1, 0, 20, '2024-01-08 09:00:00', '2024-02-01 09:00:00'), (2, 'Old', '', 1, 1, 21, '2024-01-08 09:00:00', '2024-01-08 09:00:00');
insert into ObjectTopics (Topic, ObjectType, ObjectId) values (2, 'RT::Article', 1);
insert into CustomFields (id, Name, Type, MaxValues, LookupType, Disabled) values (6, 'Content', 'HTML', 1, 'RT::Class-RT::Article', 0), (7, 'Sheet', 'Binary', 1, 'RT::Class-RT::Article', 0);
insert into ObjectCustomFieldValues (CustomField, ObjectType, ObjectId, Content, LargeContent, ContentType, ContentEncoding, Disabled) values
  (5, 'RT::Article', 1, 'a < b', null, null, null, 0), (6, 'RT::Article', 1, null, '${letters('<p>Wäter</p><script>x</script>')}', 'text/html', 'base64', 0),
  (7, 'RT::Article', 1, 'sheet.txt', '${letters('a sheet')}', 'text/plain', 'base64', 0), (6, 'RT::Article', 2, '<p>Gone</p>', null, null, null, 0);
insert into Links (Base, Target, Type, LocalBase, LocalTarget, Created) values ('a', 'b', 'DependsOn', ${numbers}1, ${numbers}6, '2024-05-06 10:00:00'),
  ('a', 'b', 'MemberOf', ${numbers}6, ${numbers}3, '2024-05-06 10:00:00'), ('a', 'https://elsewhere.example', 'RefersTo', ${numbers}1, 0, '2024-05-06 10:00:00');
insert into Transactions (id, ObjectType, ObjectId, Type, Field, OldValue, NewValue, Creator, Created) values
  (40, 'RT::Ticket', ${numbers}1, 'CustomField', '1', 'Tin plan', 'Gold plan', 20, '2024-05-06 10:40:00'), (41, 'RT::Ticket', ${numbers}1, 'CustomField', '2', null, 'Drill', 20, '2024-05-06 10:41:00');
`
}
