// How much one agent is given, by whose hours, what they can do, and who stands in for them.
import { useRef, type FormEvent } from 'react'

import type { Skill, StaffMember } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { useSkills } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import type { Tried } from '../backtests/AskBacktest.tsx'
import { useSave } from '../saving.ts'
import { useCalendars } from '../sla/sla.ts'
import styles from './routing.module.css'
import { TryButton } from './TryFirst.tsx'

const LEVELS = [0, 1, 2, 3, 4, 5].map((level) => ({
  value: String(level),
  label: level === 0 ? '–' : String(level),
}))

const levelOf = ({ skills }: StaffMember, id: number) =>
  skills.find(({ skillId }) => skillId === id)?.level ?? 0

type Props = { member: StaffMember; others: readonly StaffMember[]; onClose: () => void }

export function StaffForm({ member, others, onClose }: Props) {
  const skills = useSkills()
  const calendars = useCalendars().filter(({ archived }) => !archived)
  const { save, busy, errors, general } = useSave(onClose)
  const mayTry = useMay('rules.publish')
  const shown = useRef<HTMLFormElement>(null)
  const typed = () => {
    const form = new FormData(shown.current ?? undefined)
    const chosen = (name: string) => (form.get(name) === '' ? null : Number(form.get(name)))
    const chat = chosen('chat')
    const levels = skills
      .map(({ id: skillId }) => ({ skillId, level: Number(form.get(`skill ${skillId}`)) }))
      .filter(({ skillId, level }) => level !== levelOf(member, skillId))
    return {
      maxUnits: Number(form.get('maxUnits')),
      capacity: chat === null ? {} : { chat },
      calendarId: chosen('calendarId'),
      substituteId: chosen('substituteId'),
      ...(levels.length === 0 ? {} : { skills: levels }),
    }
  }
  const tried = (): Tried => {
    const { substituteId: _, ...terms } = typed()
    return { staff: [{ id: member.id, ...terms }] }
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = typed()
    void save(() => call('PATCH', `/staff/${member.id}`, { body }), say('admin.saved', { name: member.name }))
  }
  return (
    <Modal
      title={say('staff.edit', { name: member.name })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          {mayTry && <TryButton tried={tried} />}
          <Button weight="primary" type="submit" form="staff" disabled={busy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <form id="staff" onSubmit={submit} ref={shown}>
        <FormProblem text={general} />
        <TextField
          label={say('staff.maxUnits')}
          help={say('staff.maxUnitsHelp')}
          name="maxUnits"
          type="number"
          min={0}
          max={1_000}
          required
          defaultValue={member.maxUnits}
          error={errors['maxUnits']}
        />
        <TextField
          label={say('staff.chat')}
          help={say('staff.chatHelp')}
          name="chat"
          type="number"
          min={0}
          max={1_000}
          defaultValue={member.capacity.chat ?? ''}
        />
        <SelectField
          label={say('staff.hours')}
          name="calendarId"
          defaultValue={String(member.calendarId ?? '')}
          options={[
            { value: '', label: say('staff.anyHours') },
            ...calendars.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <SelectField
          label={say('staff.substitute')}
          help={say('staff.substituteHelp')}
          name="substituteId"
          defaultValue={String(member.substituteId ?? '')}
          options={[
            { value: '', label: say('staff.noSubstitute') },
            ...others
              .filter(({ id }) => id !== member.id)
              .map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          error={errors['substituteId']}
        />
        <Levels member={member} skills={skills} />
      </form>
    </Modal>
  )
}

/** How well they know each skill. */
function Levels({ member, skills }: { member: StaffMember; skills: readonly Skill[] }) {
  if (skills.length === 0) return null
  return (
    <fieldset className={styles['set']}>
      <legend>{say('admin.skills')}</legend>
      <div className={styles['line']}>
        {skills.map(({ id, name }) => (
          <SelectField
            key={id}
            label={name}
            name={`skill ${id}`}
            defaultValue={String(levelOf(member, id))}
            options={LEVELS}
          />
        ))}
      </div>
    </fieldset>
  )
}
