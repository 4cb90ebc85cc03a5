// What is asked of osTicket's database for its canned responses and its knowledge base, as far as they are there.
import type { Entry } from '#imports/old-store.ts'
import type { Old } from '#imports/osticket/osticket-store.ts'

const named = ({ prefix }: Old, table: string) => `"${prefix}${table}"`
const has = ({ db, prefix }: Old, table: string, ...columns: readonly string[]) =>
  db.has(`${prefix}${table}`, ...columns)

/** Canned responses behind a number. */
export async function cannedAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  if (!has(old, 'canned_response', 'canned_id', 'dept_id', 'isenabled', 'title', 'response')) return []
  return old.db.rows(
    `select canned_id as id, dept_id, isenabled, title, response, (select count(*) from ${named(old, 'attachment')} a
        where a.type = 'C' and a.object_id = canned_id) as files from ${named(old, 'canned_response')}
      where canned_id > $1 order by canned_id limit $2`,
    [after, limit],
  )
}

/** Whether there is a knowledge base. */
export function hasKnowledge(old: Old): boolean {
  return (
    has(old, 'faq', 'faq_id', 'category_id', 'ispublished', 'question', 'answer', 'created', 'updated') &&
    has(old, 'faq_category', 'category_id', 'ispublic', 'name')
  )
}

/** Whether everybody may read the knowledge base: it is switched on, and asks nobody to sign in. What is nowhere said is not open. */
export async function isKnowledgeOpen(old: Old): Promise<boolean> {
  if (!has(old, 'config', 'namespace', 'key', 'value')) return false
  const rows = await old.db.rows(
    `select "key" as name, value from ${named(old, 'config')} where namespace = 'core' and "key" = any($1)`,
    [['enable_kb', 'restrict_kb']],
  )
  const isSet = (name: string) => rows.some((row) => row['name'] === name && Number(row['value']) > 0)
  return isSet('enable_kb') && !isSet('restrict_kb')
}

/** Its categories; those of before 1.11 do not lie in each other. */
export function categoriesOf(old: Old): Promise<Entry[]> {
  const parent = has(old, 'faq_category', 'category_pid') ? 'category_pid' : 'null'
  return old.db.rows(
    `select category_id as id, ${parent} as parent, ispublic, name from ${named(old, 'faq_category')} order by name, category_id`,
  )
}

/** Answers behind a number. */
export function answersAfter(old: Old, after: number, limit: number): Promise<Entry[]> {
  return old.db.rows(
    `select faq_id as id, category_id, ispublished, question, answer, created, updated from ${named(old, 'faq')}
      where faq_id > $1 order by faq_id limit $2`,
    [after, limit],
  )
}

/** The files of answers, and the pictures in them. */
export async function answerFilesOf(old: Old, ids: readonly number[]): Promise<Map<number, Entry[]>> {
  const found = await old.db.rows(
    `select a.object_id as faq_id, a.inline, coalesce(nullif(a.name, ''), f.name) as name, f.id, f.bk, f.type, f.size, f."key"
      from ${named(old, 'attachment')} a join ${named(old, 'file')} f on f.id = a.file_id where a.type = 'F' and a.object_id = any($1) order by a.id`,
    [ids],
  )
  return Map.groupBy(found, (row) => Number(row['faq_id']))
}
