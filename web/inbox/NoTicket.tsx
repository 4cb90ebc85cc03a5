// The conversation pane while no ticket is open: a quiet hint, and the keys that get one going.
import { useKeys } from '../keys/keys.ts'
import type { MessageKind } from '../../src/api/contract/messages.ts'
import { atHand } from '../state/desk-state.ts'
import { useOpen } from '../state/go-on.ts'
import { chooseMacro, writeOn } from '../state/writing.ts'
import { useMay } from '../wire/session.ts'
import { say } from '../words/say.ts'
import styles from './no-ticket.module.css'

const hints = [
  ['j', 'keys.next'],
  ['↵', 'keys.open'],
  ['r', 'keys.reply'],
  ['e', 'keys.resolve'],
  ['c', 'keys.new'],
  ['?', 'keys.help'],
] as const

/** `r`, `n` and `m` on a row open its ticket first. */
function useRowKeys(): void {
  const mayReply = useMay('ticket.reply')
  const mayNote = useMay('ticket.note')
  const open = useOpen()
  const start = (may: boolean, then: (id: number) => void) => {
    const id = atHand()
    if (!may || id === null) return
    open(id)
    then(id)
  }
  const write = (may: boolean, mode: MessageKind) => start(may, (id) => writeOn(id, mode))
  useKeys('keys.list', [
    { keys: 'r', word: 'keys.reply', run: () => write(mayReply, 'reply') },
    { keys: 'n', word: 'keys.note', run: () => write(mayNote, 'note') },
    { keys: 'm', word: 'keys.macro', run: () => start(mayReply || mayNote, chooseMacro) },
  ])
}

export function NoTicket() {
  useRowKeys()
  return (
    <main className={styles['pane']} id="conversation" tabIndex={-1}>
      <p>{say('ticket.choose')}</p>
      <dl>
        {hints.map(([key, word]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
    </main>
  )
}
