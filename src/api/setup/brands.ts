// Brands: name, the face of its mail, colour and logo of its pages.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { pictureOf } from '#api/tickets/picture.ts'
import { brand, brandPage, brandPatch, newBrand } from '#api/contract/forms.ts'
import { idParams } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import type { Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { addBrand, changeBrand, findBrand, listBrands, type Brand } from '#setup/brand-store.ts'
import { listMailboxes } from '#setup/mailbox-store.ts'

type Change = z.output<typeof brandPatch>

export function brandRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/brands',
    access: 'desk.read',
    summary: 'Brands by name',
    answer: brandPage,
    handler: async ({ db }) => {
      const items = await listBrands(db)
      return { items: await Promise.all(items.map((each) => present(db, each))), nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/brands',
    access: 'settings.write',
    summary: 'Adds a brand',
    body: newBrand,
    answer: brand,
    handler: async ({ db, body, principal }) => {
      const input = await changed(desk, db, empty, body, principal)
      const added = (await addBrand(db, input)) ?? declineInput('name', 'is taken')
      await noted(desk, db, principal, 'brand_added', empty, { ...input, id: added })
      return present(db, { ...input, id: added })
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/brands/:id',
    access: 'settings.write',
    summary: 'Changes a brand',
    params: idParams,
    body: brandPatch,
    answer: brand,
    handler: async ({ db, params, body, principal }) => {
      const from = (await findBrand(db, params.id)) ?? decline('not-found')
      const to = { ...(await changed(desk, db, from, body, principal)), id: from.id }
      if (!(await changeBrand(db, to))) declineInput('name', 'is taken')
      await noted(desk, db, principal, 'brand_changed', from, to)
      return present(db, to)
    },
  })
}

const empty = {
  name: '',
  fromName: '',
  signature: '',
  mailboxId: null,
  color: null,
  logoSha256: null,
  portal: true,
  ticketLinks: false,
  footer: '',
  footerLinks: [],
}

async function changed(
  desk: Desk,
  db: Db,
  from: Omit<Brand, 'id'>,
  { logo, mailbox, ...change }: Change,
  principal: Principal,
): Promise<Omit<Brand, 'id'>> {
  if (mailbox != null && !(await listMailboxes(db)).some((each) => each.id === mailbox))
    declineInput('mailbox', 'is not a mailbox in use')
  return {
    name: change.name ?? from.name,
    fromName: change.fromName ?? from.fromName,
    signature: change.signature ?? from.signature,
    color: change.color === undefined ? from.color : change.color,
    mailboxId: mailbox === undefined ? from.mailboxId : mailbox,
    portal: change.portal ?? from.portal,
    ticketLinks: change.ticketLinks ?? from.ticketLinks,
    footer: change.footer ?? from.footer,
    footerLinks: change.footerLinks ?? from.footerLinks,
    logoSha256: logo === undefined ? from.logoSha256 : await pictureOf(desk, db, { logo }, principal),
  }
}

async function present(db: Db, { mailboxId, logoSha256, ...rest }: Brand): Promise<z.input<typeof brand>> {
  const mailbox =
    mailboxId === null ? undefined : (await listMailboxes(db)).find((each) => each.id === mailboxId)
  return {
    ...rest,
    footerLinks: [...rest.footerLinks],
    mailbox: mailbox === undefined ? null : { id: mailbox.id, address: mailbox.address },
    logoUrl: logoSha256 === null ? null : `/forms/logo/${rest.id}?${logoSha256.slice(0, 8)}`,
  }
}

function patchOf({ mailboxId: mailbox, ...from }: Omit<Brand, 'id'>) {
  const { name, fromName, signature, color, portal, ticketLinks, footer, footerLinks } = from
  return { name, fromName, signature, color, mailbox, portal, ticketLinks, footer, footerLinks }
}

async function noted(
  desk: Desk,
  db: Db,
  principal: Principal,
  action: string,
  from: Omit<Brand, 'id'>,
  to: Brand,
): Promise<void> {
  const { id: brandId, ...plain } = to
  await audit(db, principal, desk.clock.now(), {
    action,
    thing: { type: 'brand', id: brandId, name: to.name },
    changes: changesBetween({ ...from }, plain),
    // A logo is bytes of an upload: another one is put in its place by hand.
    ...(action === 'brand_changed'
      ? { back: { method: 'PATCH', path: `/brands/${brandId}`, body: patchOf(from) } }
      : {}),
  })
  tell(db, { changed: 'brands', id: brandId })
}
