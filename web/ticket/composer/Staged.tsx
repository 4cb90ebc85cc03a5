// What will be set together with the message when it is sent: put there by a macro, each part can be taken off again.
import { X } from 'lucide-react'

import type { Draft, MessageKind } from '../../../src/api/contract/messages.ts'
import type { MacroChange } from '../../../src/api/contract/tickets.ts'
import { IconButton } from '../../parts/Button.tsx'
import { useChangeWords } from '../../parts/change-words.ts'
import { say } from '../../words/say.ts'
import styles from './composer.module.css'
import { editDraft } from './draft.ts'

type Props = { ticketId: number; mode: MessageKind; draft: Draft }
type Part = { key: string; text: string; without: MacroChange }

export function Staged({ ticketId, mode, draft }: Props) {
  const parts = useParts(draft.change ?? {})
  if (parts.length === 0) return null
  const keep = (change: MacroChange) =>
    editDraft(ticketId, mode, { change: Object.keys(change).length === 0 ? null : change })
  return (
    <p className={styles['staged']}>
      <span>{say('staged.name')}</span>
      {parts.map(({ key, text, without }) => (
        <span key={key} className={styles['chip']}>
          {text}
          <IconButton label={say('staged.remove', { text })} onClick={() => keep(without)}>
            <X size={12} aria-hidden />
          </IconButton>
        </span>
      ))}
    </p>
  )
}

function useParts(change: MacroChange): Part[] {
  const words = useChangeWords()
  return Object.keys(change).flatMap((key): Part[] => {
    const { [key as keyof MacroChange]: value, ...without } = change
    const text = words({ [key]: value } as MacroChange)[0]
    return text === undefined ? [] : [{ key, text, without: without as MacroChange }]
  })
}
