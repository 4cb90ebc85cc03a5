// Two people changed the same field: what it was, what the other made of it, what this person wanted. Nothing is lost.
import type { Conflict } from '../../src/api/contract/shapes.ts'
import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { useStore } from '../parts/store.ts'
import { say, sayName } from '../words/say.ts'
import { openConflict, patchTickets } from '../wire/actions.ts'
import { client } from '../wire/client.ts'
import styles from './shell.module.css'

export function ConflictDialog() {
  const open = useStore(openConflict, (value) => value)
  if (!open) return null
  const { id, patch, failure } = open
  const conflicts = failure.problem.conflict ?? []
  const close = () => {
    openConflict.set(null)
    void client.invalidateQueries({ queryKey: ['ticket', id] })
  }
  const applyMine = () => {
    openConflict.set(null)
    const expectedSeq = Math.max(...conflicts.map(({ theirSeq }) => theirSeq))
    void patchTickets([id], { ...patch, expectedSeq }, () => ({}), { done: 'conflict.applied' })
  }
  const who = conflicts[0]?.theirActor.name ?? say('conflict.someone')
  return (
    <Modal
      title={say('conflict.title', { id })}
      open
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{say('conflict.keepTheirs')}</Button>
          <Button weight="primary" onClick={applyMine}>
            {say('conflict.useMine')}
          </Button>
        </>
      }
    >
      <p>{say('conflict.help', { name: who })}</p>
      {conflicts.map((conflict) => (
        <Ways key={conflict.field} conflict={conflict} />
      ))}
    </Modal>
  )
}

function Ways({ conflict }: { conflict: Conflict }) {
  const { field, base, theirs, yours, theirActor } = conflict
  return (
    <section className={styles['conflict']}>
      <h3>{sayName('property', field)}</h3>
      <dl className={styles['ways']}>
        <div className={styles['way']}>
          <dt>{say('conflict.base')}</dt>
          <dd>{shown(field, base)}</dd>
        </div>
        <div className={styles['way']}>
          <dt>{say('conflict.theirs', { name: theirActor.name ?? say('conflict.someone') })}</dt>
          <dd>{shown(field, theirs)}</dd>
        </div>
        <div className={styles['way']}>
          <dt>{say('conflict.yours')}</dt>
          <dd>{shown(field, yours)}</dd>
        </div>
      </dl>
    </section>
  )
}

function shown(field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return say('value.empty')
  if (typeof value === 'object' && 'name' in value) return String(value.name)
  if (Array.isArray(value)) return value.join(', ')
  if (field === 'status' || field === 'priority') return sayName(field, String(value))
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
