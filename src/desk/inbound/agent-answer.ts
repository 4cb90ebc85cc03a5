// An agent's answer by mail to a notification: whether it is believed, and what it becomes (M3). Pure. The signed address names ticket
// and agent; that the mail is theirs is proven by their domain; that they still may, by today's rights.
import { ANSWER_LINE } from '#desk/outbound/automatic-text.ts'
import type { HoldReason } from '#channels/quarantine-store.ts'
import type { Understood } from '#desk/inbound/understand.ts'
import { can, type Guarded, type Principal } from '#people/can.ts'
import type { MailPolicy } from '#setup/settings-store.ts'

type Answer =
  | { readonly kind: 'reply' | 'note'; readonly text: string }
  | { readonly hold: HoldReason; readonly detail: string }

/**
 * Judges an answer. `visibleText` is what was newly written, `agent` whoever the address was made for, null when they have left.
 */
export function agentAnswer(
  { author, check }: Pick<Understood, 'author' | 'check'>,
  visibleText: string,
  policy: Pick<MailPolicy, 'agentAnswers'>,
  agent: Principal | null,
  ticket: Guarded,
): Answer {
  const no = (hold: HoldReason, detail: string) => ({ hold, detail })
  if (policy.agentAnswers === 'off')
    return no('unknown_author_update', 'Answers of agents by mail are switched off.')
  if (agent === null || author === null || agent.email.toLowerCase() !== author)
    return no('participant_mismatch', `It answers a notification that was not sent to ${author}.`)
  if (check === 'failed')
    return no('failed_authentication', `It says it is from ${author}, but their domain did not send it.`)
  if (check !== 'verified') return no('unverified_sender', `Nothing shows that ${author} sent it.`)
  const { kind, text } = readAnswer(visibleText, policy.agentAnswers)
  if (!can(agent, kind === 'reply' ? 'ticket.reply' : 'ticket.note', ticket))
    return no('unknown_author_update', `${author} may not write on this ticket.`)
  return text === '' ? no('empty_message', 'It says nothing above the quoted text.') : { kind, text }
}

const COMMAND = /^#(note|notiz|reply|antwort)[ \t]*$/i

/** The text above the answer line, and what its first line asks for. */
export function readAnswer(
  visibleText: string,
  usual: 'note' | 'reply',
): { kind: 'note' | 'reply'; text: string } {
  const [above = ''] = visibleText.split(ANSWER_LINE, 1)
  // What is left of the line when a mail program put a mark of quotation before it.
  const text = above.replace(/(?:^|\n)[ \t>|]*$/, '').trim()
  const [first = '', ...rest] = text.split('\n')
  const asked = COMMAND.exec(first.trim())?.[1]?.toLowerCase()
  if (asked === undefined) return { kind: usual, text }
  return { kind: asked.startsWith('no') ? 'note' : 'reply', text: rest.join('\n').trim() }
}
