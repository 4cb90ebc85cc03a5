// An agent's words in better ones or in another language, by the desk's model. The text changes in one step, which undo takes back.
import { WandSparkles } from 'lucide-react'
import { useState } from 'react'

import type { Reworded } from '../../src/api/contract/models.ts'
import type { Ticket } from '../../src/api/contract/tickets.ts'
import { escapeHtml } from '../../src/api/contract/variables.ts'
import { rewordings, type Rewording } from '../../src/assistant/words.ts'
import { MenuButton } from '../parts/MenuButton.tsx'
import { languageName } from '../parts/time.ts'
import { notify } from '../state/toasts.ts'
import { insertHtml } from '../ticket/composer/insert.ts'
import { CallFailed, call, reasonOf } from '../wire/call.ts'
import { usePerson } from '../wire/desk.ts'
import { language as mine } from '../words/language.ts'
import { say, sayName } from '../words/say.ts'
import { plainOf } from './plain-of.ts'

type Props = {
  ticket: Ticket
  /** What is written now; null while it is not this that is written. */
  html: () => string | null
  put: (html: string) => void
}

export function Reword({ ticket, html, put }: Props) {
  const [isBusy, setBusy] = useState(false)
  const customers = usePerson(ticket.requester.id)?.language ?? null
  const languages = [...new Set([customers, mine === 'de' ? 'en' : 'de', mine === 'de' ? 'de' : 'en'])]
  const run = async (how: Rewording, language?: string) => {
    const before = html() ?? ''
    const { text, hasPicture, hasFormat } = plainOf(before)
    if (text === '') return
    if (hasPicture)
      return notify({ kind: 'error', title: say('reword.failed'), detail: say('reword.picture') })
    setBusy(true)
    try {
      const body = { text, how, ...(language === undefined ? {} : { language }) }
      const found = await call<Reworded>('POST', `/tickets/${ticket.id}/rewording`, { body })
      const detail = [differing(found), hasFormat ? say('reword.plain') : ''].filter(Boolean).join(' ')
      // Who has written on meanwhile, or writes something else, is not overwritten.
      if (html() !== before)
        notify({
          title: say('reword.meanwhile'),
          detail,
          action: {
            label: say('reword.insert'),
            run: () => insertHtml(ticket.id, htmlOf(found.text), 'reply'),
          },
        })
      else {
        put(htmlOf(found.text))
        notify({ title: say('reword.done'), detail: detail || say('reword.undo') })
      }
    } catch (error) {
      notify({ kind: 'error', title: say('reword.failed'), detail: whyNot(error) })
    } finally {
      setBusy(false)
    }
  }
  return (
    <MenuButton
      label={say(isBusy ? 'reword.busy' : 'reword.name')}
      side="top"
      align="start"
      disabled={isBusy}
      entries={[
        ...rewordings
          .filter((how) => how !== 'translate')
          .map((how) => ({ label: sayName('rewording', how), run: () => void run(how) })),
        'line' as const,
        ...languages
          .filter((each) => each !== null)
          .map((each) => ({
            label: say('reword.into', { language: languageName(each) }),
            run: () => void run('translate', each),
          })),
      ]}
    >
      <WandSparkles size={15} aria-hidden />
    </MenuButton>
  )
}

/** Paragraphs as they are told apart in plain text. */
function htmlOf(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((each) => `<p>${escapeHtml(each).replaceAll('\n', '<br>')}</p>`)
    .join('')
}

/** A number that changed on the way is worse than no help: it is said. */
function differing({ lost, added }: Reworded): string {
  return [
    lost.length > 0 ? say('reword.lost', { what: lost.join(', ') }) : '',
    added.length > 0 ? say('reword.added', { what: added.join(', ') }) : '',
  ]
    .filter(Boolean)
    .join(' ')
}

function whyNot(error: unknown): string {
  const reason = error instanceof CallFailed ? (error.problem as { reason?: unknown }).reason : undefined
  return typeof reason === 'string' ? sayName('modelReason', reason) : reasonOf(error)
}
