// The addresses of one person: more than one mailbox can be theirs, and mail goes to one of them.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { newAddress, person } from '#api/contract/desk.ts'
import { email, idParams } from '#api/contract/shapes.ts'
import { refuseErasing } from '#api/http/under-hold.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { refuseColleague, withCount } from '#api/people/present-person.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { ourAddresses } from '#desk/inbound/understand.ts'
import { addressKey, type Address } from '#mail/address.ts'
import {
  addAddress,
  hasTicketsOutOfSight,
  lockPeople,
  makePrimary,
  removeAddress,
} from '#people/address-store.ts'
import { audit, changesBetween } from '#people/audit-store.ts'
import { can, type Principal } from '#people/can.ts'
import type { Person } from '#people/people.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import { managesAny, revokePortal } from '#people/portal-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { reindexTicketsOf } from '#tickets/search-store.ts'

const addressParams = idParams.extend({ address: email })

export function addressRoutes(app: FastifyInstance, desk: Desk): void {
  const keyOf = (address: string) => addressKey(address as Address)
  route(app, desk, {
    method: 'POST',
    url: '/people/:id/addresses',
    access: 'people.write',
    summary: 'Gives a person one more address',
    params: idParams,
    body: newAddress,
    answer: person,
    handler: ({ db, params, body, principal }) =>
      changed(desk, db, { personId: params.id, principal }, async () => {
        await refuseErasing(db, params.id)
        const address = keyOf(body.email)
        const ours = ourAddresses(await desk.setup.now()).map(addressKey)
        if (ours.includes(address)) declineInput('email', 'is a mailbox of this desk')
        if (!(await addAddress(db, params.id, address))) await declineTaken(db, address)
      }),
  })
  route(app, desk, {
    method: 'POST',
    url: '/people/:id/addresses/:address/primary',
    access: 'people.write',
    summary: 'Sends mail for a person to this address of theirs from now on',
    params: addressParams,
    answer: person,
    status: 200,
    handler: ({ db, params, principal }) =>
      changed(desk, db, { personId: params.id, principal }, async () => {
        if (!(await makePrimary(db, params.id, keyOf(params.address)))) decline('not-found')
      }),
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/people/:id/addresses/:address',
    access: 'people.write',
    summary: 'Takes an address from a person, but not the one that mail goes to',
    params: addressParams,
    answer: person,
    handler: ({ db, params, principal }) =>
      changed(desk, db, { personId: params.id, principal }, async (before) => {
        const address = keyOf(params.address)
        if (address === before.email) declineInput('address', 'is the one that mail goes to')
        if (!(await removeAddress(db, params.id, address))) decline('not-found')
        // Whoever came in by it may be somebody else.
        await revokePortal(db, before.id, desk.clock.now())
      }),
  })
}

/** Changes the addresses of a person whom the principal may change, with all that hangs on them. */
async function changed(
  desk: Desk,
  tx: Transaction,
  { personId, principal }: { readonly personId: number; readonly principal: Principal },
  change: (before: Person) => Promise<void>,
): Promise<z.input<typeof person>> {
  await refuseColleague(tx, personId, principal)
  await lockPeople(tx, [personId])
  const [before] = await peopleById(tx, [personId])
  if (before === undefined) return decline('not-found')
  await refuseOutOfSight(tx, [personId], principal)
  await change(before)
  const [after] = await peopleById(tx, [personId])
  await audit(tx, principal, desk.clock.now(), {
    action: 'person_changed',
    thing: { type: 'person', id: personId, name: before.name || before.email },
    changes: changesBetween(addressesIn(before), addressesIn(after ?? before)),
  })
  await reindexTicketsOf(tx, personId)
  tell(tx, { lane: 'reactions' })
  return withCount(tx, personId, principal)
}

/** Where answers go on a ticket is not for those to say who do not see it. */
export async function refuseOutOfSight(
  tx: Transaction,
  ids: readonly number[],
  principal: Principal,
): Promise<void> {
  if (await hasTicketsOutOfSight(tx, ids, principal))
    decline('forbidden', 'There are tickets of this person that you do not see.', { refusal: 'out_of_sight' })
  // Whoever has an address of theirs is let into the portal as they are.
  if (!can(principal, 'people.managers') && (await managesAny(tx, ids)))
    decline('forbidden', 'They read the tickets of their organisation. Ask a lead to change this.', {
      refusal: 'manager',
    })
}

async function declineTaken(tx: Transaction, address: string): Promise<never> {
  const [owner] = await peopleByEmail(tx, [address])
  const message = 'belongs to somebody already'
  return decline('bad-input', `email: ${message}`, {
    errors: [{ path: 'email', message }],
    ...(owner === undefined ? {} : { ownerId: owner.id }),
  })
}

const addressesIn = ({ email: primary, otherEmails }: Person) => ({
  email: primary,
  otherEmails: otherEmails.join(', '),
})
