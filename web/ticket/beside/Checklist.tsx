// Steps to do on this ticket, ticked off one by one.
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'

import type { Ticket } from '../../../src/api/contract/tickets.ts'
import { IconButton } from '../../parts/Button.tsx'
import { changeChecklist, checklistQuery } from '../../wire/beside.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import styles from './beside.module.css'
import { Card } from './Card.tsx'

export function Checklist({ ticket }: { ticket: Ticket }) {
  const { data } = useQuery(checklistQuery(ticket.id))
  const mayChange = useMay('ticket.update')
  const items = data?.items ?? []
  const done = items.filter(({ doneAt }) => doneAt !== null).length
  if (!mayChange && items.length === 0) return null
  return (
    <Card name="checklist" hint={items.length > 0 ? `${done}/${items.length}` : undefined}>
      <ul className={styles['steps']}>
        {items.map(({ id, text, doneBy }) => (
          <li key={id}>
            <label title={doneBy ? say('checklist.doneBy', { name: doneBy.name }) : undefined}>
              <input
                type="checkbox"
                checked={doneBy !== null}
                disabled={!mayChange}
                onChange={(event) =>
                  void changeChecklist(ticket.id, 'PATCH', `/${id}`, { done: event.target.checked })
                }
              />
              <span data-done={doneBy !== null || undefined}>{text}</span>
            </label>
            {mayChange && (
              <IconButton
                label={say('checklist.remove', { text })}
                onClick={() => void changeChecklist(ticket.id, 'DELETE', `/${id}`)}
              >
                <X size={12} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {mayChange && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const box = event.currentTarget.elements.namedItem('text') as HTMLInputElement
            const text = box.value.trim()
            if (text === '') return
            box.value = ''
            void changeChecklist(ticket.id, 'POST', '', { text })
          }}
        >
          <input
            name="text"
            className={styles['add']}
            aria-label={say('checklist.add')}
            placeholder={say('checklist.add')}
            maxLength={500}
            autoComplete="off"
          />
        </form>
      )}
    </Card>
  )
}
