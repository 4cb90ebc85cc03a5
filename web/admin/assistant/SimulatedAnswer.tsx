// One ticket of a simulation: what was asked, what the assistant would have said, and what people said.
import type { SimulatedTicket } from '../../../src/api/contract/simulations.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { decimal } from '../../parts/time.ts'
import { say } from '../../words/say.ts'

export function SimulatedAnswer({ ticket, onClose }: { ticket: SimulatedTicket; onClose: () => void }) {
  const { ticketId, subject, question, answer, reply, evidence } = ticket
  const said = [
    { label: say('simulation.asked'), text: question },
    { label: say('simulation.saidBy'), text: answer },
    { label: say('simulation.peopleSaid'), text: reply },
  ]
  return (
    <Modal
      title={`#${ticketId} ${subject}`}
      open
      onClose={onClose}
      actions={<Button onClick={onClose}>{say('action.close')}</Button>}
    >
      <div className={styles['beside']}>
        {said.map(({ label, text }) => (
          <section key={label}>
            <h3>{label}</h3>
            <p className={styles['words']}>{text ?? say('simulation.noAnswer')}</p>
          </section>
        ))}
      </div>
      {evidence.length > 0 && (
        <>
          <h3>{say('assistant.evidence')}</h3>
          <ol className={styles['evidence']}>
            {evidence.map(({ articleId, title, heading, score }) => (
              <li key={`${articleId} ${heading}`}>
                {heading === '' ? title : `${title}: ${heading}`}{' '}
                <span className={styles['help']}>{decimal(score, 1)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Modal>
  )
}
