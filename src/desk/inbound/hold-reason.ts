// Which mail is held for a person's look, and why. Pure: the first reason that holds is the one shown.
import type { HoldReason } from '#channels/quarantine-store.ts'
import type { Understood } from '#desk/inbound/understand.ts'
import { provesAddress } from '#mail/verification.ts'
import type { MailPolicy } from '#setup/settings-store.ts'

type Hold = { readonly reason: HoldReason; readonly detail: string }

const MOST_RECIPIENTS = 100

/** Why a mail by a person is held before anybody asks which ticket it means; null when it may go on. */
export function holdReason(found: Understood, policy: MailPolicy): Hold | null {
  const { mail, author, listed, judgement, auth, check, score } = found
  const hold = (reason: HoldReason, detail: string): Hold => ({ reason, detail })
  if (author === null) return hold('unparseable', unknownSender(found))
  if (listed === 'block') return hold('blocked_sender', `${author} is on the list of blocked senders.`)
  if (mail.problems.includes('more than one sender') && check !== 'verified')
    return hold('failed_authentication', 'It names more than one sender.')
  // A sender who is let in by name is let in, but nobody may borrow that name.
  const allowed = listed === 'allow' && check !== 'failed'
  if (auth.dmarc === 'fail' && auth.policy !== 'none')
    return hold(
      'failed_authentication',
      `${author.slice(author.indexOf('@') + 1)} asks to ${auth.policy === 'reject' ? 'refuse' : 'set aside'} mail that it did not send.`,
    )
  // Whoever is let in may have been robbed of their account.
  if (found.finds !== null) return hold(found.finds.what, `Our filter says: ${found.finds.words}`)
  if (allowed) return null
  const proof = provesAddress(mail)
  if (proof !== null)
    return hold('system_sender', `It lets whoever reads it prove that an address is theirs: ${proof}.`)
  if (policy.onlyAllowed && found.reference === null)
    return hold('not_on_allow_list', 'Only listed senders may open tickets.')
  if (!found.isKnown && found.reference === null)
    return hold(
      'signup_required',
      `The desk does not know ${author}, and only known people may open tickets.`,
    )
  if (found.toNobody && found.reference === null)
    return hold('no_reply_recipient', 'It was sent to an address that says nobody reads it.')
  if (score >= policy.spamScore)
    return hold('spam_score', `${score.toFixed(1)} points; ${policy.spamScore} are held.`)
  if (policy.holdLists && judgement.kind === 'list' && isNewsletter(found))
    return hold('mailing_list', judgement.reason)
  if (mail.to.length + mail.cc.length > MOST_RECIPIENTS)
    return hold('too_many_recipients', `It is addressed to ${mail.to.length + mail.cc.length} people.`)
  if (mail.subject.trim() === '' && !mail.text?.trim() && !mail.html?.trim() && mail.attachments.length === 0)
    return hold('empty_message', 'It has no subject, no text and no file.')
  return null
}

/** It does not say who sent it, but perhaps whom to ask. */
function unknownSender({ candidates }: Understood): string {
  const named = candidates.map(({ email }) => email).join(', ')
  return named === '' ? 'It does not say who sent it.' : `It does not say who sent it; it may be ${named}.`
}

/** Sent in bulk, to be unsubscribed from: unlike a customer's mail that passed through a group address. */
function isNewsletter({ mail, reference }: Understood): boolean {
  if (reference !== null) return false
  // Precedence alone says nothing: shops and gateways put it on what people write.
  const bulk = /^(?:bulk|junk)/i.test(mail.headers.get('precedence')?.[0] ?? '')
  return (
    mail.headers.has('list-unsubscribe') &&
    (bulk || mail.headers.has('list-id') || mail.headers.has('feedback-id'))
  )
}
