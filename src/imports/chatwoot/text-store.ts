// What is asked of Chatwoot's database for its canned responses and its portals, as far as they are there.
import type { Entry, OldDatabase } from '#imports/old-store.ts'

/** Canned responses of an account behind a number. */
export async function cannedAfter(
  db: OldDatabase,
  account: number,
  after: number,
  limit: number,
): Promise<Entry[]> {
  if (!db.has('canned_responses', 'id', 'account_id', 'short_code', 'content')) return []
  return db.rows(
    `select id, short_code, content from canned_responses where account_id = $1 and id > $2 order by id limit $3`,
    [account, after, limit],
  )
}

/** Whether there are portals with articles. */
export function hasPortals(db: OldDatabase): boolean {
  return (
    db.has('portals', 'id', 'account_id', 'name', 'archived') &&
    db.has('categories', 'id', 'account_id', 'portal_id', 'name', 'position', 'locale') &&
    db.has(
      'articles',
      'id',
      'account_id',
      'portal_id',
      'category_id',
      'title',
      'content',
      'status',
      'author_id',
    )
  )
}

/** The portals of an account. */
export function portalsOf(db: OldDatabase, account: number): Promise<Entry[]> {
  return db.rows(`select id, name, archived from portals where account_id = $1 order by id`, [account])
}

/** Categories of an account's portals, each with the one that it translates. */
export function categoriesOf(db: OldDatabase, account: number): Promise<Entry[]> {
  const own = (column: string) => (db.has('categories', column) ? column : `null::bigint as ${column}`)
  return db.rows(
    `select id, portal_id, name, locale, ${own('parent_category_id')}, ${own('associated_category_id')}
      from categories where account_id = $1 order by position nulls last, id`,
    [account],
  )
}

/** Articles of an account behind a number. Early ones are in the language of their category. */
export function articlesAfter(
  db: OldDatabase,
  account: number,
  after: number,
  limit: number,
): Promise<Entry[]> {
  const locale = db.has('articles', 'locale') ? 'coalesce(a.locale, c.locale)' : 'c.locale'
  const root = db.has('articles', 'associated_article_id') ? 'a.associated_article_id' : 'null::bigint'
  return db.rows(
    `select a.id, a.portal_id, a.category_id, a.title, a.content, a.status, a.author_id, a.created_at, a.updated_at,
        ${locale} as locale, ${root} as root, p.archived from articles a join portals p on p.id = a.portal_id
      left join categories c on c.id = a.category_id where a.account_id = $1 and a.id > $2 order by a.id limit $3`,
    [account, after, limit],
  )
}
