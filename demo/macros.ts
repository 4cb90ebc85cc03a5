// The company's canned texts and macros: what its agents say every day, in the words they say it in.
import type { Desk } from '#desk/desk.ts'
import type { Instant } from '#kit/time.ts'
import { addMacro, type NewMacro } from '#rules/macro-store.ts'
import type { Cast } from './set-up.ts'

type Said = Pick<NewMacro, 'name' | 'change' | 'messageKind' | 'body'> &
  Partial<Pick<NewMacro, 'texts' | 'folder'>>

const macros: readonly Said[] = [
  {
    name: 'Ask for the order number',
    folder: 'Orders',
    change: { status: 'pending', addTags: ['needs-order-number'] },
    messageKind: 'reply',
    texts: {
      de: '<p>Guten Tag {{requester.firstName}},</p><p>damit ich nachsehen kann: Wie lautet die Nummer Ihrer Bestellung? Sie beginnt mit LL und steht in der Mail, die sie bestätigt hat.</p>',
    },
    body: '<p>Hello {{requester.firstName}},</p><p>so that I can look it up: what is the number of your order? It begins with LL and stands in the mail that confirmed it.</p>',
  },
  {
    name: 'Refund is on its way',
    folder: 'Orders/Refunds',
    change: { status: 'resolved' },
    messageKind: 'reply',
    texts: {
      de: '<p>Guten Tag {{requester.firstName}},</p><p>das Geld ist auf dem Weg, den es gekommen ist. Banken brauchen bis zu <b>drei Werktage</b>.</p>',
    },
    body: '<p>Hello {{requester.firstName}},</p><p>I have sent the money back the way it came. Banks take up to <b>three working days</b>.</p>',
  },
  {
    name: 'Reset the lamp',
    folder: 'Lamps',
    change: { status: 'pending' },
    messageKind: 'reply',
    body: '<p>Hello {{requester.firstName}},</p><ol><li>Switch the lamp off and on five times.</li><li>Wait until it blinks.</li><li>Add it again in the app.</li></ol><p>Does it stay connected then?</p>',
  },
  {
    name: 'Called, nobody there',
    change: { addTags: ['callback'] },
    messageKind: 'note',
    body: '<p>Called, nobody there. Next try tomorrow morning.</p>',
  },
  { name: 'Urgent, and mine', change: { priority: 'urgent', assignee: 'me' }, messageKind: null, body: null },
]

/** Gives everybody the company's macros. */
export async function setUpMacros(
  { database }: Desk,
  { agents: [ownerId] }: Cast,
  at: Instant,
): Promise<void> {
  if (ownerId === undefined) throw new Error('Bug: a company without agents')
  await database.transaction(async (tx) => {
    for (const macro of macros)
      await addMacro(
        tx,
        { texts: {}, folder: '', ...macro, scope: 'shared', ownerId, teamId: null, archived: false },
        at,
      )
  })
}
