// What the desk's automatic mail says, by brand and language.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type TemplateKind = 'acknowledgement' | 'resolved'
export type MailTemplate = {
  readonly id: number
  readonly kind: TemplateKind
  /** Null: for every brand. */
  readonly brandId: number | null
  /** Null: for every language. */
  readonly language: string | null
  /** Liquid; '' keeps the ticket's subject. */
  readonly subject: string
  readonly body: string
}

const columns = sql`id, kind, brand_id as "brandId", language, subject, body`

/** The nearest template: of this brand before any brand, in the first of these languages before the others. */
export async function nearestTemplate(
  db: Db,
  wanted: { kind: TemplateKind; brandId: number; languages: readonly string[] },
): Promise<MailTemplate | null> {
  const { kind, brandId, languages } = wanted
  return db.row<MailTemplate>(sql`select ${columns} from mail_template
    where kind = ${kind} and (brand_id is null or brand_id = ${brandId})
      and (language is null or language = any(${languages}))
    order by brand_id is null, array_position(${languages}::text[], language) nulls last limit 1`)
}

export async function listTemplates(db: Db, page: { limit: number; after: number }): Promise<MailTemplate[]> {
  return db.rows<MailTemplate>(
    sql`select ${columns} from mail_template where id > ${page.after} order by id limit ${page.limit}`,
  )
}

/** The template of exactly this kind, brand and language. */
export async function findTemplate(
  db: Db,
  { kind, brandId, language }: Omit<MailTemplate, 'id' | 'subject' | 'body'>,
): Promise<MailTemplate | null> {
  return db.row<MailTemplate>(sql`select ${columns} from mail_template where kind = ${kind}
    and brand_id is not distinct from ${brandId} and language is not distinct from ${language}`)
}

/** Adds a template, or changes that of the same kind, brand and language. */
export async function putTemplate(
  db: Db,
  template: Omit<MailTemplate, 'id'>,
  at: Instant,
): Promise<MailTemplate> {
  const { kind, brandId, language, subject, body } = template
  const row = await db.row<MailTemplate>(sql`
    insert into mail_template (kind, brand_id, language, subject, body, changed_at)
    values (${kind}, ${brandId}, ${language}, ${subject}, ${body}, ${at})
    on conflict (kind, brand_id, language) do update set subject = excluded.subject, body = excluded.body,
      changed_at = excluded.changed_at returning ${columns}`)
  if (row === null) throw new Error('Bug: an upsert returned nothing')
  return row
}

export async function dropTemplate(db: Db, id: number): Promise<MailTemplate | null> {
  return db.row<MailTemplate>(sql`delete from mail_template where id = ${id} returning ${columns}`)
}
