// What the columns and values of an uploaded CSV mean here. What has no meaning yet stands with its count, before anything is written.
import { useState } from 'react'

import type { ImportRun, ImportUpload, NewImport } from '../../../src/api/contract/imports.ts'
import { csvTargets, dateOrders, type CsvTarget } from '../../../src/imports/csv/targets.ts'
import { priorities, statuses } from '../../../src/tickets/vocabulary.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { say, sayName } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import admin from '../admin.module.css'
import { useSave } from '../saving.ts'
import styles from './moving.module.css'

type Csv = Extract<NewImport, { kind: 'csv' }>
export type CsvDraft = {
  readonly upload: ImportUpload
  readonly name: string
  readonly map: ImportUpload['map']
}

/** A draft as it is suggested. */
export function draftOf(upload: ImportUpload): CsvDraft {
  return { upload, name: upload.name, map: upload.map }
}

type Props = {
  start: CsvDraft
  onAsked: (run: ImportRun, draft: CsvDraft) => void
  onClose: () => void
}

export function MapCsv({ start, onAsked, onClose }: Props) {
  const [draft, setDraft] = useState(start)
  const { save, busy, general, failure } = useSave(onClose)
  const { upload, name, map } = draft
  const change = (changed: Partial<CsvDraft['map']>) => setDraft({ ...draft, map: { ...map, ...changed } })
  const lacks = lackOf(map)
  const look = () => {
    const body: Csv = { kind: 'csv', name, file: upload.file, map, look: true }
    void save(async () => onAsked(await call<ImportRun>('POST', '/imports', { body }), draft), null)
  }
  return (
    <Modal
      title={say('csv.map', { name: upload.name })}
      shape="wide"
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={busy || lacks !== null || name.trim() === ''} onClick={look}>
            {say('moving.look')}
          </Button>
        </>
      }
    >
      <p className={styles['rows']}>{say('csv.rows', { count: upload.rows })}</p>
      <FormProblem text={general ?? (failure instanceof Error ? failure.message : lacks)} />
      <TextField
        label={say('csv.name')}
        help={say('csv.nameHelp')}
        value={name}
        maxLength={100}
        required
        onChange={({ target }) => setDraft({ ...draft, name: target.value })}
      />
      <Columns upload={upload} map={map} change={change} />
      <Dates upload={upload} map={map} change={change} />
      {(['status', 'priority', 'assignee'] as const).map((kind) => (
        <Meanings key={kind} kind={kind} upload={upload} map={map} change={change} />
      ))}
    </Modal>
  )
}

type Part = {
  upload: ImportUpload
  map: CsvDraft['map']
  change: (changed: Partial<CsvDraft['map']>) => void
}

function lackOf({ columns }: CsvDraft['map']): string | null {
  const said = Object.values(columns)
  if (!said.includes('createdAt')) return say('csv.needsMoment')
  return said.includes('subject') || said.includes('text') ? null : say('csv.needsText')
}

function Columns({ upload, map, change }: Part) {
  // Each stands for one column; whoever gives it to another takes it from the first.
  const give = (heading: string, target: CsvTarget | null) => {
    const others = Object.entries(map.columns).map(([name, old]) =>
      old === target && target !== 'field' ? [name, null] : [name, old],
    )
    change({ columns: { ...Object.fromEntries(others), [heading]: target } })
  }
  return (
    <ScrollBox label={say('csv.columns')} className={`${admin['tableBox']} ${styles['columns']}`}>
      <table className={admin['table']}>
        <thead>
          <tr>
            <th scope="col">{say('csv.column')}</th>
            <th scope="col">{say('csv.samples')}</th>
            <th scope="col">{say('csv.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {upload.columns.map(({ heading, samples }) => (
            <tr key={heading}>
              <th scope="row">{heading}</th>
              <td>{samples[0]?.slice(0, 60) ?? '–'}</td>
              <td>
                <select
                  aria-label={heading}
                  value={map.columns[heading] ?? ''}
                  onChange={({ target }) =>
                    give(heading, csvTargets.find((each) => each === target.value) ?? null)
                  }
                >
                  <option value="">{say('csv.leaveOut')}</option>
                  {csvTargets.map((each) => (
                    <option key={each} value={each}>
                      {sayName('csvTarget', each)}
                    </option>
                  ))}
                </select>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]

function Dates({ upload, map: { columns, dates }, change }: Part) {
  const unreadable = upload.columns
    .filter(({ heading }) => columns[heading]?.endsWith('At') === true)
    .reduce((sum, each) => sum + (each.unreadable[dates.order] ?? 0), 0)
  return (
    <>
      <SelectField
        label={say('csv.dates')}
        help={unreadable === 0 ? say('csv.noDates') : undefined}
        error={unreadable === 0 ? undefined : say('csv.unreadable', { count: unreadable })}
        value={dates.order}
        onChange={({ target }) =>
          change({ dates: { ...dates, order: dateOrders.find((each) => each === target.value) ?? 'ymd' } })
        }
        options={dateOrders.map((value) => ({ value, label: sayName('csv', value) }))}
      />
      <SelectField
        label={say('csv.zone')}
        value={dates.zone}
        onChange={({ target }) => change({ dates: { ...dates, zone: target.value } })}
        options={[...new Set([dates.zone, ...zones])].map((value) => ({ value, label: value }))}
      />
    </>
  )
}

type Kind = 'status' | 'priority' | 'assignee'
const NOBODY = ' nobody'

function Meanings({ kind, upload, map, change }: Part & { kind: Kind }) {
  const column = upload.columns.find(({ heading }) => map.columns[heading] === kind)
  if (column === undefined || column.filled === 0) return null
  const known: Readonly<Record<string, string | null>> = map[kind]
  const mean = (value: string, meaning: string) => {
    const { [value]: _, ...others } = known
    const said = meaning === '' ? others : { ...others, [value]: meaning === NOBODY ? null : meaning }
    change({ [kind]: said } as Partial<CsvDraft['map']>)
  }
  const unmapped =
    kind === 'assignee'
      ? 0
      : column.values.reduce((sum, { value, count }) => sum + (Object.hasOwn(known, value) ? 0 : count), 0)
  return (
    <section className={styles['meanings']}>
      <h3>{say(`csv.${kind}`)}</h3>
      {column.values.length === 0 && <FormProblem text={say('csv.many')} />}
      {unmapped > 0 && <FormProblem text={say('csv.unmapped', { count: unmapped })} />}
      {kind === 'assignee' && <p>{say('csv.agentHelp')}</p>}
      <div className={styles['values']}>
        {column.values.map(({ value, count }) => (
          <SelectField
            key={value}
            label={say('csv.countOf', { value, count })}
            value={known[value] === null ? NOBODY : (known[value] ?? '')}
            onChange={({ target }) => mean(value, target.value)}
            options={optionsOf(kind, upload)}
          />
        ))}
      </div>
    </section>
  )
}

function optionsOf(kind: Kind, { agents }: ImportUpload): { value: string; label: string }[] {
  if (kind === 'assignee')
    return [
      { value: '', label: say('csv.asIs') },
      { value: NOBODY, label: say('csv.nobody') },
      ...agents.map(({ name, email }) => ({ value: email, label: `${name} (${email})` })),
    ]
  const names: readonly string[] = kind === 'status' ? statuses : priorities
  return [
    { value: '', label: say('csv.setAside') },
    ...names.map((value) => ({ value, label: sayName(kind, value) })),
  ]
}
