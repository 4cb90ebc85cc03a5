// Forms as rows.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { Form } from '#setup/form.ts'

const columns = sql`id, key, title, intro, brand_id as "brandId", team_id as "teamId", category_id as "categoryId", questions,
  files, thanks, origins, archived_at is not null as archived`

/** Forms by their key. */
export async function listForms(
  db: Db,
  page: { q: string; archived: boolean; limit: number; after: string },
): Promise<Form[]> {
  return db.rows<Form>(sql`select ${columns} from form where key > ${page.after}
    and (${page.archived} or archived_at is null)
    and (${page.q} = '' or strpos(lower(title || ' ' || key), lower(${page.q})) > 0)
    order by key limit ${page.limit}`)
}

/** One form, by its number or by the key in its address. */
export async function findForm(db: Db, ref: number | string): Promise<Form | null> {
  const where = typeof ref === 'number' ? sql`id = ${ref}` : sql`key = ${ref}`
  return db.row<Form>(sql`select ${columns} from form where ${where}`)
}

type Written = Omit<Form, 'id'>

/** Adds a form; null when its key is taken. */
export async function addForm(db: Db, form: Written): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`
    insert into form (key, title, intro, brand_id, team_id, category_id, questions, files, thanks, origins)
    values (${form.key}, ${form.title}, ${form.intro}, ${form.brandId}, ${form.teamId}, ${form.categoryId},
      ${JSON.stringify(form.questions)}, ${form.files}, ${form.thanks}, ${form.origins})
    on conflict (key) do nothing returning id`)
  return row?.id ?? null
}

/** Puts a form in place of what it was; its key stays. */
export async function changeForm(db: Db, id: number, form: Omit<Written, 'key'>, at: Instant): Promise<void> {
  await db.rows(sql`update form set title = ${form.title}, intro = ${form.intro}, brand_id = ${form.brandId},
      team_id = ${form.teamId}, category_id = ${form.categoryId}, questions = ${JSON.stringify(form.questions)},
      files = ${form.files}, thanks = ${form.thanks}, origins = ${form.origins}, changed_at = ${at},
      archived_at = case when ${form.archived} then coalesce(archived_at, ${at}::timestamptz) end
    where id = ${id}`)
}
