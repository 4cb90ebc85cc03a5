// The conversation pane while no ticket is open: a quiet hint, and the keys that get one going.
import { say } from '../words/say.ts'
import styles from './no-ticket.module.css'

const hints = [
  ['j', 'keys.next'],
  ['↵', 'keys.open'],
  ['c', 'keys.new'],
  ['?', 'keys.help'],
] as const

export function NoTicket() {
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
