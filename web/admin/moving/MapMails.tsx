// Whose the mails of an uploaded mbox are, and how their conversations stand at the end. Before that is said nothing is written.
import { useState } from 'react'

import type { ImportRun, MailUpload, NewImport } from '../../../src/api/contract/imports.ts'
import { statuses } from '../../../src/tickets/vocabulary.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { number } from '../../parts/time.ts'
import { ScrollBox } from '../../parts/ScrollBox.tsx'
import { say, sayName } from '../../words/say.ts'
import { locales } from '../../words/language.ts'
import { call } from '../../wire/call.ts'
import admin from '../admin.module.css'
import { useSave } from '../saving.ts'
import styles from './moving.module.css'

type Mbox = Extract<NewImport, { kind: 'mbox' }>
type Side = 'customer' | 'mailbox' | 'agent'
export type MailDraft = {
  readonly upload: MailUpload
  readonly name: string
  readonly map: MailUpload['map']
  /** Addresses of agents that are not in the list, as they are typed. */
  readonly more: string
}

/** A draft as it is suggested: known by the mailbox, whatever the file is called this time. */
export function mailDraftOf(upload: MailUpload): MailDraft {
  return { upload, name: upload.map.mailboxes[0] ?? upload.name, map: upload.map, more: '' }
}

type Props = {
  start: MailDraft
  onAsked: (run: ImportRun, draft: MailDraft) => void
  onClose: () => void
}

export function MapMails({ start, onAsked, onClose }: Props) {
  const [draft, setDraft] = useState(start)
  const { save, busy, general, failure } = useSave(onClose)
  const { upload, name, map, more } = draft
  const change = (changed: Partial<MailDraft['map']>) => setDraft({ ...draft, map: { ...map, ...changed } })
  const look = () => {
    const typed = more.split(/[\s,;]+/).filter((each) => each !== '')
    const said = { ...map, agents: [...new Set([...map.agents, ...typed])] }
    const body: Mbox = { kind: 'mbox', name, file: upload.file, map: said, look: true }
    void save(async () => onAsked(await call<ImportRun>('POST', '/imports', { body }), draft), null)
  }
  return (
    <Modal
      title={say('box.map', { name: upload.name })}
      shape="wide"
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={busy || name.trim() === '' || upload.mails === 0} onClick={look}>
            {say('moving.look')}
          </Button>
        </>
      }
    >
      <Found upload={upload} />
      <FormProblem text={general ?? (failure instanceof Error ? failure.message : null)} />
      <TextField
        label={say('csv.name')}
        help={say('csv.nameHelp')}
        value={name}
        maxLength={100}
        required
        onChange={({ target }) => setDraft({ ...draft, name: target.value })}
      />
      <Sides upload={upload} map={map} change={change} />
      <TextArea
        label={say('box.more')}
        help={say('box.moreHelp')}
        value={more}
        rows={2}
        onChange={({ target }) => setDraft({ ...draft, more: target.value })}
      />
      <Ends map={map} change={change} />
    </Modal>
  )
}

function Found({ upload: { mails, conversations, oldest, newest, aside } }: { upload: MailUpload }) {
  const day = (at: string | null) =>
    at === null ? '' : new Date(at).toLocaleDateString(locales, { dateStyle: 'medium' })
  return (
    <>
      <p className={styles['rows']}>
        {mails === 0
          ? say('box.none')
          : say('box.found', { mails, conversations, from: day(oldest), to: day(newest) })}
      </p>
      {aside.length > 0 && (
        <ul className={styles['rows']}>
          {aside.map(({ reason, count }) => (
            <li key={reason}>{say('box.aside', { reason, count: number(count) })}</li>
          ))}
        </ul>
      )}
    </>
  )
}

type Part = { map: MailDraft['map']; change: (changed: Partial<MailDraft['map']>) => void }

function Sides({ upload: { addresses }, map, change }: Part & { upload: MailUpload }) {
  if (addresses.length === 0) return null
  const sideOf = (address: string): Side =>
    map.mailboxes.includes(address) ? 'mailbox' : map.agents.includes(address) ? 'agent' : 'customer'
  const give = (address: string, side: Side) => {
    const without = (list: readonly string[]) => list.filter((each) => each !== address)
    const [mailboxes, agents] = [without(map.mailboxes), without(map.agents)]
    if (side === 'mailbox') mailboxes.push(address)
    if (side === 'agent') agents.push(address)
    change({ mailboxes, agents })
  }
  return (
    <section className={styles['meanings']}>
      <h3>{say('box.addresses')}</h3>
      <p>{say('box.whoHelp')}</p>
      <ScrollBox label={say('box.addresses')} className={`${admin['tableBox']} ${styles['columns']}`}>
        <table className={admin['table']}>
          <thead>
            <tr>
              <th scope="col">{say('box.address')}</th>
              <th scope="col">{say('box.count')}</th>
              <th scope="col">{say('box.who')}</th>
            </tr>
          </thead>
          <tbody>
            {addresses.map(({ address, name, count }) => (
              <tr key={address}>
                <th scope="row">{name === '' ? address : `${name} (${address})`}</th>
                <td>{say('box.mails', { count })}</td>
                <td>
                  <select
                    aria-label={address}
                    value={sideOf(address)}
                    onChange={({ target }) => give(address, target.value as Side)}
                  >
                    {(['customer', 'mailbox', 'agent'] as const).map((side) => (
                      <option key={side} value={side}>
                        {say(`box.${side}`)}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  )
}

function Ends({ map, change }: Part) {
  const options = statuses.map((value) => ({ value, label: sayName('status', value) }))
  const statusFrom = (value: string) => statuses.find((each) => each === value) ?? 'open'
  return (
    <section className={styles['meanings']}>
      {(['answered', 'unanswered'] as const).map((which) => (
        <SelectField
          key={which}
          label={say(`box.${which}`)}
          value={map[which]}
          onChange={({ target }) => change({ [which]: statusFrom(target.value) })}
          options={options}
        />
      ))}
      <TextField
        label={say('box.quiet')}
        help={say('box.quietHelp')}
        type="number"
        min={1}
        max={10_000}
        value={map.quietDays ?? ''}
        onChange={({ target }) =>
          change({
            quietDays: target.value === '' ? null : Math.max(1, Math.min(10_000, Number(target.value))),
          })
        }
      />
    </section>
  )
}
