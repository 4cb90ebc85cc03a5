// Small databases of other desks as their migrations make them, as far as they are read, with invented people in them.

const lookup = (table: string) => `create table ${table} (id serial primary key, name varchar(250) not null);`

/** A Zammad in which a printer burns. */
export const ZAMMAD = `
${['groups', 'organizations', 'roles', 'permissions', 'ticket_state_types', 'ticket_priorities', 'ticket_article_types', 'ticket_article_senders', 'history_types', 'history_objects', 'history_attributes', 'tag_items', 'tag_objects', 'store_objects', 'object_lookups'].map(lookup).join('\n')}
create table users (id serial primary key, organization_id integer, login varchar(255) not null, firstname varchar(100) default '',
  lastname varchar(100) default '', email varchar(255) default '', phone varchar(100) default '', mobile varchar(100) default '',
  note varchar(5000) default '', active boolean not null default true, created_at timestamp(3) not null default '2024-01-01', updated_at timestamp(3));
create table roles_users (user_id integer, role_id integer);
create table permissions_roles (role_id integer, permission_id integer);
create table groups_users (user_id integer, group_id integer, access varchar(50) default 'full');
create table ticket_states (id serial primary key, state_type_id integer not null, name varchar(250) not null);
create table tickets (id serial primary key, group_id integer not null, priority_id integer not null, state_id integer not null,
  organization_id integer, number varchar(60) not null, title varchar(250) not null, owner_id integer not null, customer_id integer not null,
  plan varchar(255), created_at timestamp(3) not null, updated_at timestamp(3) not null);
create table ticket_articles (id serial primary key, ticket_id integer not null, type_id integer not null, sender_id integer not null,
  "from" varchar(3000), "to" varchar(3000), cc varchar(3000), subject varchar(3000), message_id varchar(3000),
  content_type varchar(20) not null default 'text/plain', body text not null, internal boolean not null default false, preferences text,
  updated_by_id integer, created_by_id integer not null, origin_by_id integer, created_at timestamp(3) not null);
create table histories (id serial primary key, history_type_id integer not null, history_object_id integer not null,
  history_attribute_id integer, o_id integer not null, related_o_id integer, id_to integer, id_from integer, value_from varchar(500),
  value_to varchar(500), created_by_id integer not null, created_at timestamp(3) not null);
create table tags (id serial primary key, tag_item_id integer not null, tag_object_id integer not null, o_id integer not null);
create table stores (id serial primary key, store_object_id integer not null, store_file_id integer not null, o_id bigint not null,
  preferences varchar(2500), size varchar(50), filename varchar(250) not null);
create table store_files (id serial primary key, sha varchar(128) not null, provider varchar(20));
create table store_provider_dbs (id serial primary key, sha varchar(128) not null, data bytea);
create table object_manager_attributes (id serial primary key, object_lookup_id integer not null, name varchar(200) not null,
  display varchar(200) not null, data_type varchar(100) not null, data_option text, editable boolean not null default true, active boolean not null default true);

insert into groups (name) values ('Support'), ('Support::North');
insert into organizations (name) values ('Acme');
insert into roles (name) values ('Admin'), ('Agent'), ('Customer');
insert into permissions (name) values ('admin'), ('ticket.agent'), ('ticket.customer');
insert into permissions_roles (role_id, permission_id) values (1, 1), (2, 2), (3, 3);
insert into users (login, firstname, lastname, email, organization_id) values ('-', '-', '', '', null),
  ('ada', 'Ada', 'Agent', 'ada@zammad.example', null), ('eva', 'Eva', 'Boss', 'eva@zammad.example', null),
  ('cy', 'Cy', 'Customer', 'cy@customer.example', 1), ('dee', 'Dee', '', 'dee@customer.example', 1);
insert into roles_users (user_id, role_id) values (2, 2), (3, 1), (4, 3), (5, 3);
insert into groups_users (user_id, group_id) values (2, 1), (2, 2);
insert into ticket_state_types (name) values ('new'), ('open'), ('pending reminder'), ('pending action'), ('closed'), ('merged'), ('removed');
insert into ticket_states (state_type_id, name) values (1, 'new'), (2, 'open'), (3, 'waiting for them'), (5, 'erledigt'), (6, 'merged'), (7, 'removed');
insert into ticket_priorities (name) values ('1 low'), ('2 normal'), ('3 high');
insert into ticket_article_types (name) values ('email'), ('phone'), ('note');
insert into ticket_article_senders (name) values ('Agent'), ('Customer'), ('System');
insert into object_lookups (name) values ('Ticket'), ('User');
insert into object_manager_attributes (object_lookup_id, name, display, data_type, data_option) values
  (1, 'plan', 'Plan', 'select', E'--- !ruby/hash:ActiveSupport::HashWithIndifferentAccess\\noptions:\\n  gold: Gold plan\\n  tin: Tin plan\\n');
insert into object_manager_attributes (object_lookup_id, name, display, data_type, editable) values (1, 'title', 'Title', 'input', false);
insert into tickets (number, title, group_id, priority_id, state_id, organization_id, owner_id, customer_id, plan, created_at, updated_at) values
  ('67001', 'Printer on fire', 2, 3, 4, 1, 2, 4, null, '2024-05-06 10:00:00', '2024-05-07 09:00:01'),
  ('67002', 'Again', 1, 2, 5, 1, 1, 4, null, '2024-05-06 12:00:00', '2024-05-06 12:30:00'),
  ('67003', 'Bill', 1, 2, 1, 1, 1, 5, 'gold', '2024-05-09 10:00:00', '2024-05-09 10:00:00'),
  ('67004', 'Broken', 1, 2, 1, null, 1, 5, null, '2024-05-09 10:00:00', '2024-05-09 10:00:00'),
  ('67005', 'Gone', 1, 2, 6, null, 1, 5, null, '2024-05-09 10:00:00', '2024-05-09 10:00:00');
insert into ticket_articles (ticket_id, type_id, sender_id, message_id, content_type, body, internal, created_by_id, origin_by_id, created_at) values
  (1, 1, 2, '<one@customer.example>', 'text/html', '<p>It smokes</p><script>alert(1)</script>', false, 4, null, '2024-05-06 10:00:00'),
  (1, 3, 1, null, 'text/plain', 'Looks odd', true, 2, null, '2024-05-06 10:30:00'),
  (1, 1, 1, null, 'text/plain', 'Turn it off', false, 2, null, '2024-05-06 11:00:00'),
  (1, 2, 2, null, 'text/plain', 'He called: it is off', false, 2, null, '2024-05-06 12:00:00'),
  (1, 1, 1, null, 'text/plain', 'Done', false, 99, null, '2024-05-07 09:00:00'),
  (2, 3, 1, null, 'text/plain', 'merged', false, 2, null, '2024-05-06 12:30:00'),
  (3, 1, 2, null, 'text/plain', 'How much?', false, 5, null, '2024-05-09 10:00:00');
insert into history_types (name) values ('created'), ('updated'), ('merged_into'), ('notification');
insert into history_objects (name) values ('Ticket'), ('Ticket::Article');
insert into history_attributes (name) values ('state'), ('priority'), ('group'), ('owner'), ('title'), ('pending_time');
insert into histories (history_type_id, history_object_id, history_attribute_id, o_id, id_from, id_to, value_from, value_to, created_by_id, created_at) values
  (1, 1, null, 1, null, null, null, null, 4, '2024-05-06 10:00:00'),
  (2, 1, 4, 1, 1, 2, '', 'Ada Agent', 2, '2024-05-06 10:20:00'),
  (2, 1, 3, 1, 1, 2, 'Support', 'Support::North', 2, '2024-05-06 10:20:00'),
  (2, 1, 1, 1, 1, 3, 'new', 'waiting for them', 2, '2024-05-06 11:00:01'),
  (2, 1, 2, 1, 2, 3, '2 normal', '3 high', 2, '2024-05-06 11:00:01'),
  (2, 1, 5, 1, null, null, 'Printer', 'Printer on fire', 2, '2024-05-06 11:30:00'),
  (2, 1, 1, 1, 3, 4, 'waiting for them', 'erledigt', 2, '2024-05-07 09:00:01'),
  (3, 1, null, 2, 2, 1, null, null, 2, '2024-05-06 12:30:00'),
  (2, 2, 1, 1, 1, 2, 'no', 'ticket', 2, '2024-05-06 12:30:00');
insert into tag_items (name) values ('vip'), ('fire'), ('late');
insert into tag_objects (name) values ('KnowledgeBase'), ('Ticket');
insert into tags (tag_item_id, tag_object_id, o_id) values (1, 2, 1), (2, 2, 1), (2, 1, 3);
insert into store_objects (name) values ('Ticket::Article'), ('Other');
insert into store_files (sha, provider) values ('${'d'.repeat(64)}', 'DB'), ('${'a'.repeat(64)}', 'File'), ('${'e'.repeat(64)}', 'DB');
insert into store_provider_dbs (sha, data) values ('${'d'.repeat(64)}', 'in the database');
insert into stores (store_object_id, store_file_id, o_id, preferences, filename) values
  (1, 1, 1, E'---\\nMime-Type: text/plain\\n', 'log.txt'), (1, 2, 1, null, 'disk.txt'), (1, 3, 3, null, 'lost.txt'),
  (1, 1, 1, E'---\\nMime-Type: text/html\\ncontent-alternative: true\\n', 'message.html'), (2, 1, 1, null, 'none.txt');
`

/** A Chatwoot of two accounts. */
export const CHATWOOT = `
create table accounts (id serial primary key, name varchar not null);
create table users (id serial primary key, name varchar not null, display_name varchar, email varchar, created_at timestamp not null default '2024-01-01');
create table account_users (id bigserial primary key, account_id bigint, user_id bigint, role integer default 0);
create table teams (id bigserial primary key, name varchar not null, account_id bigint not null);
create table team_members (id bigserial primary key, team_id bigint not null, user_id bigint not null);
create table contacts (id serial primary key, name varchar default '', email varchar, phone_number varchar, account_id integer not null, created_at timestamp not null default '2024-01-01');
create table inboxes (id serial primary key, account_id integer not null, name varchar not null, channel_type varchar);
create table conversations (id serial primary key, account_id integer not null, inbox_id integer not null, status integer default 0 not null,
  assignee_id integer, created_at timestamp not null, updated_at timestamp not null, contact_id bigint, display_id integer not null,
  agent_last_seen_at timestamp, additional_attributes jsonb default '{}', team_id bigint, custom_attributes jsonb default '{}', priority integer);
create table messages (id serial primary key, content text, account_id integer not null, inbox_id integer not null, conversation_id integer not null,
  message_type integer not null, created_at timestamp not null, private boolean default false not null, source_id varchar,
  content_type integer default 0 not null, content_attributes json default '{}', sender_type varchar, sender_id bigint);
create table tags (id serial primary key, name varchar);
create table taggings (id serial primary key, tag_id integer, taggable_type varchar, taggable_id integer, context varchar(128));
create table custom_attribute_definitions (id bigserial primary key, attribute_display_name varchar, attribute_key varchar,
  attribute_display_type integer default 0, attribute_model integer default 0, account_id bigint, attribute_values jsonb default '[]');
create table reporting_events (id bigserial primary key, name varchar, account_id integer, user_id integer, conversation_id integer, event_end_time timestamp);
create table attachments (id serial primary key, file_type integer default 0, external_url varchar, message_id integer not null, account_id integer not null);
create table active_storage_attachments (id bigserial primary key, name varchar not null, record_type varchar not null, record_id bigint not null, blob_id bigint not null);
create table active_storage_blobs (id bigserial primary key, key varchar not null, filename varchar not null, content_type varchar, byte_size bigint not null, service_name varchar not null);

insert into accounts (name) values ('Acme'), ('Other');
insert into users (name, email) values ('Bo Agent', 'bo@chatwoot.example'), ('Left', 'left@chatwoot.example'), ('Stranger', 'stranger@other.example');
insert into account_users (account_id, user_id) values (1, 1), (2, 3);
insert into teams (name, account_id) values ('Sales', 1), ('Else', 2);
insert into team_members (team_id, user_id) values (1, 1), (2, 3);
insert into contacts (name, email, phone_number, account_id) values ('Fay', 'fay@customer.example', '+491', 1), ('', null, null, 1), ('Nobody', 'nobody@other.example', null, 2);
insert into inboxes (account_id, name, channel_type) values (1, 'Site', 'Channel::WebWidget'), (1, 'Mail', 'Channel::Email'), (2, 'Site', 'Channel::WebWidget');
insert into conversations (id, account_id, inbox_id, status, assignee_id, contact_id, display_id, team_id, priority, additional_attributes, custom_attributes, created_at, updated_at) values
  (10, 1, 1, 1, 1, 1, 501, 1, 3, '{}', '{"plan": "Gold"}', '2024-05-06 10:00:00', '2024-05-06 11:00:00'),
  (11, 1, 2, 0, null, 2, 502, null, null, '{"mail_subject": "By mail"}', '{}', '2024-05-07 10:00:00', '2024-05-07 10:00:00'),
  (12, 1, 1, 0, null, 2, 503, null, null, '{}', '{}', '2024-05-07 10:00:00', '2024-05-07 10:00:00'),
  (13, 2, 3, 0, null, 3, 501, null, null, '{}', '{}', '2024-05-07 10:00:00', '2024-05-07 10:00:00');
insert into messages (content, account_id, inbox_id, conversation_id, message_type, private, content_type, content_attributes, sender_type, sender_id, source_id, created_at) values
  ('Hello there', 1, 1, 10, 0, false, 0, '{}', 'Contact', 1, null, '2024-05-06 10:00:00'),
  ('We are here soon', 1, 1, 10, 3, false, 0, '{}', null, null, null, '2024-05-06 10:00:01'),
  ('A regular', 1, 1, 10, 1, true, 0, '{}', 'User', 1, null, '2024-05-06 10:01:00'),
  ('**Hi** Fay', 1, 1, 10, 1, false, 0, '{}', 'User', 1, null, '2024-05-06 10:02:00'),
  ('This message was deleted', 1, 1, 10, 1, false, 0, '"{\\"deleted\\":true}"', 'User', 2, null, '2024-05-06 10:03:00'),
  ('Bo was assigned', 1, 1, 10, 2, false, 0, '{}', null, null, null, '2024-05-06 10:04:00'),
  (null, 1, 1, 10, 0, false, 0, '{}', 'Contact', 1, null, '2024-05-06 10:05:00'),
  ('How was it?', 1, 1, 10, 3, false, 9, '{}', null, null, null, '2024-05-06 11:00:01'),
  ('Good day', 1, 2, 11, 0, false, 8, '{"email": {"html_content": {"full": "<p>Good <b>day</b></p>"}}}', 'Contact', 2, '<m1@customer.example>', '2024-05-07 10:00:00'),
  ('Somebody opened', 1, 1, 12, 2, false, 0, '{}', null, null, null, '2024-05-07 10:00:00'),
  ('Of the other account', 2, 3, 13, 0, false, 0, '{}', 'Contact', 3, null, '2024-05-07 10:00:00');
insert into tags (name) values ('billing'), ('other');
insert into taggings (tag_id, taggable_type, taggable_id, context) values (1, 'Conversation', 10, 'labels'), (2, 'Contact', 10, 'labels');
insert into custom_attribute_definitions (attribute_display_name, attribute_key, attribute_display_type, attribute_model, account_id, attribute_values) values
  ('Tier', 'plan', 6, 0, 1, '["Gold", "Tin"]'), ('City', 'city', 0, 1, 1, '[]');
insert into reporting_events (name, account_id, user_id, conversation_id, event_end_time) values
  ('first_response', 1, 1, 10, '2024-05-06 10:02:00'), ('conversation_resolved', 1, 1, 10, '2024-05-06 11:00:00');
insert into attachments (message_id, account_id) values (7, 1);
insert into active_storage_blobs (key, filename, content_type, byte_size, service_name) values ('keykeykey', 'photo.png', 'image/png', 6, 'local');
insert into active_storage_attachments (name, record_type, record_id, blob_id) values ('file', 'Attachment', 1, 1);
`

/** What the Zammad has in text modules and in its knowledge base. */
export const ZAMMAD_TEXTS = `
create table text_modules (id serial primary key, user_id integer, name varchar(250) not null, keywords varchar(500), content text not null,
  note varchar(250), active boolean not null default true);
create table groups_text_modules (group_id integer, text_module_id integer);
create table locales (id serial primary key, locale varchar(20) not null);
create table knowledge_bases (id serial primary key, active boolean not null default true);
create table knowledge_base_locales (id serial primary key, knowledge_base_id integer not null, system_locale_id integer not null);
create table knowledge_base_categories (id serial primary key, knowledge_base_id integer not null, parent_id integer, position integer not null);
create table knowledge_base_category_translations (id serial primary key, title varchar(250) not null, kb_locale_id integer not null, category_id integer not null);
create table knowledge_base_permissions (id serial primary key, permissionable_type varchar, permissionable_id integer, role_id integer, access varchar(50));
create table knowledge_base_answers (id serial primary key, category_id integer not null, position integer not null default 0,
  archived_at timestamp(3), internal_at timestamp(3), published_at timestamp(3));
create table knowledge_base_answer_translation_contents (id serial primary key, body text);
create table knowledge_base_answer_translations (id serial primary key, title varchar(250) not null, kb_locale_id integer not null, answer_id integer not null,
  content_id integer not null, created_by_id integer not null default 2, created_at timestamp not null default '2024-01-02', updated_at timestamp not null default '2024-03-04');
insert into text_modules (name, content, user_id, active) values ('greeting', 'Dear #{ticket.customer.firstname}, #{ticket.customer.note}', null, true),
  ('own', '<b>mine</b>', 2, true), ('old', 'gone', null, false);
insert into groups_text_modules values (1, 1), (2, 1);
insert into locales (locale) values ('en-us'), ('de-de');
insert into knowledge_bases (active) values (true), (false);
insert into knowledge_base_locales (knowledge_base_id, system_locale_id) values (1, 1), (1, 2), (2, 1);
insert into knowledge_base_categories (knowledge_base_id, parent_id, position) values (1, 2, 1), (1, null, 2), (1, null, 3);
insert into knowledge_base_category_translations (title, kb_locale_id, category_id) values ('Printers', 1, 1), ('Drucker', 2, 1), ('Devices', 1, 2), ('Inside', 1, 3);
insert into knowledge_base_permissions (permissionable_type, permissionable_id, role_id, access) values ('KnowledgeBase::Category', 3, 1, 'reader');
insert into knowledge_base_answers (category_id, published_at, internal_at, archived_at) values (1, '2024-02-01', null, null), (3, '2024-02-01', null, null),
  (2, null, '2024-02-01', null), (2, null, null, null), (2, '2024-02-01', null, '2024-02-02'),
  (2, '2999-02-01', null, null), (2, '2024-02-01', null, '2999-02-02'), (2, '2024-02-01', null, null);
insert into store_objects (name) values ('KnowledgeBase::Answer'), ('KnowledgeBase::Answer::Translation::Content');
insert into stores (store_object_id, store_file_id, o_id, filename) values (3, 1, 1, 'manual.txt'), (4, 1, 1, 'smoke.txt');
insert into knowledge_base_answer_translation_contents (body) values ('<p>Pour water</p><img src="/api/v1/attachments/7"><script>x</script>'),
  ('<p>Wasser</p>'), ('<p>For some</p>'), ('<p>For agents</p>'), ('<p>Not yet</p>'), ('<p>Old</p>'),
  ('<p>Next year</p>'), ('<p>Still</p>'), ('<p>Off</p>');
insert into knowledge_base_answer_translations (title, kb_locale_id, answer_id, content_id) values ('Fire', 1, 1, 1), ('Feuer', 2, 1, 2), ('Limited', 1, 2, 3),
  ('Internal', 1, 3, 4), ('Draft', 1, 4, 5), ('Archived', 1, 5, 6),
  ('Planned', 1, 6, 7), ('Still', 1, 7, 8), ('Off', 3, 8, 9);
`

/** What the first account of the Chatwoot has in canned responses and portals. */
export const CHATWOOT_TEXTS = `
create table canned_responses (id serial primary key, account_id integer not null, short_code varchar, content text);
create table portals (id bigserial primary key, account_id integer not null, name varchar not null, slug varchar not null, archived boolean default false);
create table categories (id bigserial primary key, account_id integer not null, portal_id integer not null, name varchar, position integer, locale varchar default 'en',
  parent_category_id bigint, associated_category_id bigint);
create table articles (id bigserial primary key, account_id integer not null, portal_id integer not null, category_id integer, title varchar, content text, status integer,
  author_id bigint, associated_article_id bigint, locale varchar not null default 'en', created_at timestamp not null default '2024-01-02', updated_at timestamp not null default '2024-03-04');
insert into canned_responses (account_id, short_code, content) values (1, 'hi', 'Hi **{{contact.name}}**'), (2, 'other', 'Not ours');
insert into portals (account_id, name, slug) values (1, 'Help', 'help');
insert into categories (account_id, portal_id, name, position, locale, associated_category_id) values (1, 1, 'Anfang', 1, 'de', 2), (1, 1, 'Start', 1, 'en', null);
insert into articles (account_id, portal_id, category_id, title, content, status, author_id, associated_article_id, locale) values
  (1, 1, 2, 'Begin', '# Begin' || chr(10) || 'See [there](https://elsewhere.example)', 1, 1, null, 'en'), (1, 1, 1, 'Anfangen', 'Text', 1, 1, 1, 'de'),
  (1, 1, null, 'Later', 'Text', 0, 1, null, 'en'), (2, 1, null, 'Not ours', 'Text', 1, 1, null, 'en');
`
