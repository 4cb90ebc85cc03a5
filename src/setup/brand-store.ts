// Brands: the faces that a desk shows to its customers.
import type { BrandId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Brand = {
  readonly id: BrandId
  readonly name: string
  /** The name its mail leaves under; '' is the desk's. */
  readonly fromName: string
  readonly signature: string
  /** The mailbox its tickets are answered from when they came by no mail. */
  readonly mailboxId: number | null
  readonly color: string | null
  readonly logoSha256: string | null
  /** Its customers see their tickets at the portal. */
  readonly portal: boolean
  /** Mail to a requester alone carries a link that opens its ticket. */
  readonly ticketLinks: boolean
  /** What stands at the foot of its pages. */
  readonly footer: string
  readonly footerLinks: readonly { readonly label: string; readonly url: string }[]
}

const columns = sql`id, name, from_name as "fromName", signature, mailbox_id as "mailboxId", color, logo_sha256 as "logoSha256",
  portal, ticket_links as "ticketLinks", footer, footer_links as "footerLinks"`

/** The brands by name. */
export async function listBrands(db: Db): Promise<Brand[]> {
  return db.hot<Brand>(sql`select ${columns} from brand order by name`)
}

/** One brand. */
export async function findBrand(db: Db, id: number): Promise<Brand | null> {
  return db.row<Brand>(sql`select ${columns} from brand where id = ${id}`)
}

/** Adds a brand; null when its name is taken. */
export async function addBrand(db: Db, brand: Omit<Brand, 'id'>): Promise<BrandId | null> {
  const row = await db.row<{ id: BrandId }>(sql`
    insert into brand (name, from_name, signature, mailbox_id, color, logo_sha256, portal, ticket_links,
      footer, footer_links)
    values (${brand.name}, ${brand.fromName}, ${brand.signature}, ${brand.mailboxId}, ${brand.color}, ${brand.logoSha256},
      ${brand.portal}, ${brand.ticketLinks}, ${brand.footer}, ${JSON.stringify(brand.footerLinks)}::jsonb)
    on conflict (name) do nothing returning id`)
  return row?.id ?? null
}

/** Puts a brand in place of what it was; false when its new name is another's. */
export async function changeBrand(db: Db, { id, ...brand }: Brand): Promise<boolean> {
  const row = await db.row(sql`update brand set name = ${brand.name}, from_name = ${brand.fromName},
      signature = ${brand.signature}, mailbox_id = ${brand.mailboxId}, color = ${brand.color},
      logo_sha256 = ${brand.logoSha256}, portal = ${brand.portal}, ticket_links = ${brand.ticketLinks},
      footer = ${brand.footer}, footer_links = ${JSON.stringify(brand.footerLinks)}::jsonb
    where id = ${id} and not exists (select from brand b where b.name = ${brand.name} and b.id <> ${id}) returning id`)
  return row !== null
}
