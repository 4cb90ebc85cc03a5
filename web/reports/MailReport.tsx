// When a saved report is mailed and to whom. Everybody gets the numbers of what they see; who only gets it may stop that.
import { ChevronDown } from 'lucide-react'
import { type FormEvent, useState } from 'react'

import type { SavedReport } from '../../src/api/contract/saved.ts'
import { rhythms, type Rhythm } from '../../src/reporting/boards.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { PickButton } from '../parts/PickButton.tsx'
import { dayAndTime } from '../parts/time.ts'
import { notify } from '../state/toasts.ts'
import { reasonOf } from '../wire/call.ts'
import { useAgents } from '../wire/desk.ts'
import { useMay, useMe } from '../wire/session.ts'
import { locales } from '../words/language.ts'
import { say } from '../words/say.ts'
import { endSchedule, leaveSchedule, mailNow, putSchedule } from './saved.ts'
import styles from './reports.module.css'
import { ownZone } from './search.ts'

type Props = { report: SavedReport; onClose: () => void }

export function MailReport({ report, onClose }: Props) {
  const [failure, setFailure] = useState<unknown>(null)
  /** Does something, says so, and closes; what fails stays open and says why. */
  const run = async (work: () => Promise<unknown>, words: string) => {
    try {
      await work()
      notify({ title: words })
      onClose()
    } catch (error) {
      setFailure(error)
    }
  }
  const { id, name, schedule } = report
  return (
    <Modal
      title={say('savedReports.mailTitle', { name })}
      open
      onClose={onClose}
      actions={
        <>
          {report.mine && schedule && (
            <Button
              weight="danger"
              onClick={() => void run(() => endSchedule(id), say('savedReports.ended'))}
            >
              {say('savedReports.end')}
            </Button>
          )}
          {schedule?.toMe && !report.mine && (
            <Button
              weight="danger"
              onClick={() => void run(() => leaveSchedule(id), say('savedReports.left'))}
            >
              {say('savedReports.leave')}
            </Button>
          )}
          <Button onClick={() => void run(() => mailNow(id), say('savedReports.mailed'))}>
            {say('savedReports.mailNow')}
          </Button>
          {report.mine ? (
            <Button weight="primary" type="submit" form="report-mail">
              {say('action.save')}
            </Button>
          ) : (
            <Button onClick={onClose}>{say('action.close')}</Button>
          )}
        </>
      }
    >
      <FormProblem text={failure ? reasonOf(failure) : null} />
      <Standing report={report} />
      {report.mine && (
        <Times
          report={report}
          onSave={(body) => void run(() => putSchedule(id, body), say('savedReports.scheduled'))}
        />
      )}
    </Modal>
  )
}

function Standing({ report: { schedule } }: { report: SavedReport }) {
  if (schedule === null) return <p className={styles['summary']}>{say('savedReports.mailAbout')}</p>
  return (
    <p className={styles['summary']}>
      {schedule.dueAt === null
        ? say(`savedReports.paused.${schedule.paused ?? 'hand'}`)
        : say('savedReports.next', { at: dayAndTime(schedule.dueAt) })}{' '}
      {schedule.sentAt !== null && say('savedReports.last', { at: dayAndTime(schedule.sentAt) })}{' '}
      {schedule.problem !== null && say('savedReports.problem', { problem: schedule.problem })}
    </p>
  )
}

/** 1 for Monday to 7. The first of 2024 was one. */
const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({
  value: String(day),
  label: new Intl.DateTimeFormat(locales, { weekday: 'long', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, day),
  ),
}))
const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: new Intl.DateTimeFormat(locales, { timeStyle: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1, hour),
  ),
}))

type TimesProps = { report: SavedReport; onSave: (body: Parameters<typeof putSchedule>[1]) => void }

function Times({ report: { board, schedule, state }, onSave }: TimesProps) {
  const me = useMe()
  const [every, setEvery] = useState<Rhythm>(schedule?.every ?? 'week')
  const [recipients, setRecipients] = useState<readonly number[]>(
    schedule?.recipients.map(({ id }) => id) ?? [me.id],
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onSave({
      every,
      onDay: Number(form.get('onDay') ?? schedule?.onDay ?? 1),
      hour: Number(form.get('hour')),
      recipients: [...recipients],
      attach: form.has('attach'),
      paused: form.has('paused'),
    })
  }
  return (
    <form id="report-mail" onSubmit={submit}>
      <SelectField
        label={say('savedReports.every')}
        value={every}
        onChange={({ target }) => setEvery(target.value as Rhythm)}
        options={rhythms.map((value) => ({ value, label: say(`savedReports.every.${value}`) }))}
      />
      {every === 'week' && (
        <SelectField
          label={say('savedReports.onDay')}
          name="onDay"
          defaultValue={Math.min(7, schedule?.onDay ?? 1)}
          options={weekdays}
        />
      )}
      {every === 'month' && (
        <TextField
          label={say('savedReports.onDate')}
          help={say('savedReports.onDateHelp')}
          name="onDay"
          type="number"
          min={1}
          max={31}
          required
          defaultValue={schedule?.onDay ?? 1}
        />
      )}
      <SelectField
        label={say('savedReports.hour', { zone: (state.zone ?? ownZone).replaceAll('_', ' ') })}
        name="hour"
        defaultValue={schedule?.hour ?? 8}
        options={hours}
      />
      <Recipients board={board} ids={recipients} onChange={setRecipients} />
      <CheckField
        label={say('savedReports.attach')}
        name="attach"
        defaultChecked={schedule?.attach ?? true}
      />
      <CheckField
        label={say('savedReports.pause')}
        name="paused"
        defaultChecked={schedule !== null && schedule.paused !== null}
      />
    </form>
  )
}

function Recipients({
  board,
  ids,
  onChange,
}: {
  board: SavedReport['board']
  ids: readonly number[]
  onChange: (ids: readonly number[]) => void
}) {
  const mayShare = useMay('views.share')
  const agents = useAgents().filter(({ active }) => active)
  const names = ids.map((id) => agents.find((each) => each.id === id)?.name ?? `#${id}`).join(', ')
  // Viewers read no rules. Whoever was chosen before can be taken away; of roles of the desk's own the server knows.
  const offered = agents.filter(
    ({ id, role, customRole }) =>
      board !== 'automation' || role !== 'viewer' || customRole !== null || ids.includes(id),
  )
  const toggle = (id: number) => onChange(ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id])
  return (
    <div>
      <p className={styles['hint']}>{say('savedReports.recipients')}</p>
      {mayShare ? (
        <PickButton
          label={say('savedReports.recipients')}
          choices={offered.map(({ id, name, email }) => ({ id: String(id), label: name, also: email }))}
          chosen={ids.map(String)}
          many
          onChoose={(id) => toggle(Number(id))}
        >
          {names || say('savedReports.nobody')} <ChevronDown size={14} aria-hidden />
        </PickButton>
      ) : (
        <p>{say('savedReports.onlyMe')}</p>
      )}
      <p className={styles['hint']}>{say('savedReports.sight')}</p>
    </div>
  )
}
