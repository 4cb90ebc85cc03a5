// One skill: its name, and which tickets ask for it.
import { useState } from 'react'

import type { Skill } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import admin from '../admin.module.css'
import type { Tried } from '../backtests/AskBacktest.tsx'
import { PublishGate } from '../PublishGate.tsx'
import { useSave } from '../saving.ts'
import { LevelAndTier } from './NeedsEditor.tsx'
import styles from './routing.module.css'
import { TryButton, why } from './TryFirst.tsx'

export function SkillForm({ skill, onClose }: { skill: Skill | null; onClose: () => void }) {
  const [name, setName] = useState(skill?.name ?? '')
  const [needs, setNeeds] = useState<Skill['needs']>(skill?.needs ?? [])
  const [reason, setReason] = useState('')
  const [goes, setGoes] = useState(false)
  const { save, busy, errors, general, failure } = useSave(onClose)
  const set = (index: number, part: Partial<Skill['needs'][number]>) =>
    setNeeds(needs.map((need, place) => (place === index ? { ...need, ...part } : need)))
  const submit = () => {
    setGoes(false)
    const body = { name: name.trim(), needs, ...why(reason) }
    void save(
      () =>
        skill === null ? call('POST', '/skills', { body }) : call('PATCH', `/skills/${skill.id}`, { body }),
      say(skill === null ? 'admin.added' : 'admin.saved', { name }),
    )
  }
  /** As it stands, or gone where that did not pass. */
  const tried = (): Tried => ({
    skill: {
      name: name.trim(),
      needs,
      ...(skill && { id: skill.id }),
      ...(goes ? { archived: true as const } : {}),
    },
  })
  const archive = () => {
    setGoes(true)
    void save(
      () => call('PATCH', `/skills/${skill?.id}`, { body: { archived: true, ...why(reason) } }),
      say('admin.archived', { name }),
    )
  }
  return (
    <Modal
      shape="wide"
      title={skill === null ? say('skills.add') : say('skills.edit', { name: skill.name })}
      open
      onClose={onClose}
      actions={
        <>
          {skill !== null && (
            <Button weight="danger" onClick={archive} disabled={busy}>
              {say('action.archive')}
            </Button>
          )}
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <TryButton tried={tried} disabled={name.trim() === ''} />
          <Button weight="primary" onClick={submit} disabled={busy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <FormProblem text={general} />
      <TextField
        label={say('field.name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={errors['name']}
      />
      <h3>{say('skills.askedBy')}</h3>
      <p className={admin['muted']}>{say('skills.askedByHelp')}</p>
      {needs.map(({ q, minLevel, tier }, index) => (
        <div key={index} className={styles['line']}>
          <TextField
            label={say('skills.when')}
            value={q}
            onChange={(event) => set(index, { q: event.target.value })}
            error={errors[`needs.${index}.q`]}
          />
          <LevelAndTier minLevel={minLevel} tier={tier} onChange={(part) => set(index, part)} />
          <Button weight="quiet" onClick={() => setNeeds(needs.filter((_, place) => place !== index))}>
            {say('routing.remove')}
          </Button>
        </div>
      ))}
      <Button onClick={() => setNeeds([...needs, { q: '', minLevel: 3, tier: 0 }])}>
        {say('skills.addWhen')}
      </Button>
      <PublishGate failure={failure} reason={reason} onReason={setReason} />
    </Modal>
  )
}
