// When backups are made, where, and how many are kept.
import { type FormEvent } from 'react'

import type { BackupPlan, BackupPlanPut } from '../../../src/api/contract/backups.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { call } from '../../wire/call.ts'
import { locales } from '../../words/language.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { useSave } from '../saving.ts'

const weekday = new Intl.DateTimeFormat(locales, { weekday: 'long', timeZone: 'UTC' })
/** The 1st of January 2024 was a Monday. */
const dayName = (day: number) => weekday.format(Date.UTC(2024, 0, day))
const hourName = (hour: number) => `${String(hour).padStart(2, '0')}:00`
const hours = Array.from({ length: 24 }, (_, hour) => ({ value: String(hour), label: hourName(hour) }))

export function PlanForm({ plan, onSaved }: { plan: BackupPlan; onSaved: () => void }) {
  const { save, busy, errors, general } = useSave(onSaved)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const day = Number(form.get('weekday'))
    const body: BackupPlanPut = {
      isOn: form.has('isOn'),
      hour: Number(form.get('hour')),
      weekday: day === 0 ? null : day,
      place: String(form.get('place')),
      keep: Number(form.get('keep')),
      checks: form.has('checks'),
      ...(form.has('isNewDisk') ? { isNewDisk: true } : {}),
    }
    void save(
      () => call('PUT', '/backup-plan', { body }),
      say(body.isOn ? 'backups.saved' : 'backups.savedOff'),
    )
  }
  return (
    <form className={styles['form']} onSubmit={submit}>
      <FormProblem text={general} />
      <CheckField label={say('backups.isOn')} name="isOn" defaultChecked={plan.isOn} />
      <SelectField
        label={say('backups.day')}
        name="weekday"
        defaultValue={String(plan.weekday ?? 0)}
        options={[
          { value: '0', label: say('backups.daily') },
          ...[1, 2, 3, 4, 5, 6, 7].map((day) => ({
            value: String(day),
            label: say('backups.weekly', { day: dayName(day) }),
          })),
        ]}
      />
      <SelectField
        label={say('backups.hour')}
        name="hour"
        help={say('backups.hourHelp', { zone: plan.timeZone })}
        defaultValue={String(plan.hour)}
        options={hours}
      />
      <TextField
        label={say('backups.place')}
        name="place"
        help={say('backups.placeHelp')}
        maxLength={500}
        defaultValue={plan.place}
        error={errors['place'] ?? errors['isNewDisk']}
      />
      {errors['isNewDisk'] !== undefined && (
        <CheckField label={say('backups.isNewDisk')} help={say('backups.isNewDiskHelp')} name="isNewDisk" />
      )}
      <TextField
        label={say('backups.keep')}
        name="keep"
        type="number"
        min={1}
        max={365}
        required
        help={say('backups.keepHelp')}
        defaultValue={plan.keep}
        error={errors['keep']}
      />
      <CheckField
        label={say('backups.checks')}
        help={say('backups.checksHelp')}
        name="checks"
        defaultChecked={plan.checks}
      />
      <Button weight="primary" type="submit" disabled={busy}>
        {say('action.save')}
      </Button>
    </form>
  )
}
