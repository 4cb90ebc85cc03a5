// What is asked of FreeScout's database for its saved replies and its knowledge base: tables of modules that may be missing.
import type { Old } from '#imports/freescout/freescout-store.ts'
import type { Entry } from '#imports/old-store.ts'

const named = ({ prefix }: Old, table: string) => `"${prefix}${table}"`
const has = ({ db, prefix }: Old, table: string, ...columns: readonly string[]) =>
  db.has(`${prefix}${table}`, ...columns)

/** Saved replies behind a number. Older modules have neither an order of them in each other, nor files, nor such as are for all mailboxes. */
export async function savedAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  if (!has(old, 'saved_replies', 'id', 'mailbox_id', 'name', 'text')) return []
  const files = has(old, 'saved_replies', 'attachments') ? 'attachments' : 'null'
  const isGlobal = has(old, 'saved_replies', 'global') ? `"global"` : 'null'
  return old.db.rows(
    `select id, mailbox_id, name, text, ${files} as files, ${isGlobal} as is_global from ${named(old, 'saved_replies')}
      where id > $1 order by id limit $2`,
    [after, limit],
  )
}

/** Which saved replies lie in which. */
export async function foldersOf(old: Old): Promise<Entry[]> {
  if (!has(old, 'saved_replies', 'id', 'name', 'parent_saved_reply_id')) return []
  return old.db.rows(
    `select id, name, parent_saved_reply_id as parent from ${named(old, 'saved_replies')}
      where parent_saved_reply_id is not null
        or id in (select parent_saved_reply_id from ${named(old, 'saved_replies')}) order by id`,
  )
}

/** Whether there is a knowledge base. */
export function hasKnowledge(old: Old): boolean {
  return (
    has(old, 'mailboxes', 'meta') &&
    has(old, 'kb_articles', 'id', 'mailbox_id', 'title', 'text', 'status', 'created_at', 'updated_at') &&
    has(old, 'kb_categories', 'id', 'mailbox_id', 'name', 'kb_category_id', 'visibility') &&
    has(old, 'kb_article_kb_category', 'kb_article_id', 'kb_category_id')
  )
}

/** The mailboxes that have a part of the knowledge base, with what they set for it. */
export function shelvesOf(old: Old): Promise<Entry[]> {
  return old.db.rows(
    `select id, name, meta from ${named(old, 'mailboxes')} where id in (select mailbox_id from ${named(old, 'kb_articles')})
      or id in (select mailbox_id from ${named(old, 'kb_categories')}) order by id`,
  )
}

/** Its categories. */
export function categoriesOf(old: Old): Promise<Entry[]> {
  return old.db.rows(
    `select id, mailbox_id, name, kb_category_id as parent, visibility from ${named(old, 'kb_categories')} order by sort_order, id`,
  )
}

/** Articles behind a number, with the categories that they stand in. */
export async function articlesAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  const rows = await old.db.rows(
    `select id, mailbox_id, title, text, status, created_at, updated_at from ${named(old, 'kb_articles')}
      where id > $1 order by id limit $2`,
    [after, limit],
  )
  const found = await old.db.rows(
    `select kb_article_id, kb_category_id from ${named(old, 'kb_article_kb_category')}
      where kb_article_id = any($1) order by kb_category_id`,
    [rows.map(({ id }) => Number(id))],
  )
  const byArticle = Map.groupBy(found, (each) => Number(each['kb_article_id']))
  return rows.map((row) => ({
    ...row,
    categories: (byArticle.get(Number(row['id'])) ?? []).map((each) => String(each['kb_category_id'])),
  }))
}
