// Rights in groups, as people read them: by what they are about.
import { actions, type Action } from '../../../src/people/rights.ts'
import type { WordId } from '../../words/say.ts'

const groupOf: readonly (readonly [WordId, RegExp])[] = [
  ['rightGroup.tickets', /^ticket\./],
  ['rightGroup.customers', /^(people|articles|privacy)\./],
  ['rightGroup.lists', /^(views|macros|tags|categories|fields|taxonomy)\./],
  ['rightGroup.mail', /^(mail|mailboxes|outbox|quarantine|senders|mails|mail_policy)\./],
  ['rightGroup.work', /^(rules|config|webhooks|assistant|routing|sla)\./],
  ['rightGroup.desk', /./],
]

const all = Object.keys(actions) as Action[]

/** Every right stands in one group, the first that it fits. */
export const rightGroups: readonly { readonly word: WordId; readonly rights: readonly Action[] }[] =
  groupOf.map(([word], index) => ({
    word,
    rights: all.filter((action) => groupOf.findIndex(([, fits]) => fits.test(action)) === index),
  }))
