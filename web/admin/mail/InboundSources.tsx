// Providers that post mail to the desk. The address to post to is shown once, when the provider is added.
import { type FormEvent, useState } from 'react'

import type { AddedSource, InboundSource, NewInboundSource } from '../../../src/api/contract/safety.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import styles from '../admin.module.css'
import mail from './mail.module.css'
import { DataTable } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { usePages } from '../usePages.ts'

const providers = ['mailgun', 'postmark', 'sendgrid', 'ses'] as const

export function InboundSources() {
  const pages = usePages<InboundSource>('inbound-sources')
  const mayWrite = useMay('mailboxes.write')
  const [adding, setAdding] = useState(false)
  const remove = ({ id, name }: InboundSource) =>
    void attempt(
      () => call('DELETE', `/inbound-sources/${id}`),
      say('safety.removed', { name }),
      pages.reload,
    )
  return (
    <section className={mail['section']} aria-label={say('sources.title')}>
      <h2>{say('sources.title')}</h2>
      <p>{say('sources.about')}</p>
      {pages.items.length > 0 && (
        <DataTable
          label={say('sources.title')}
          pages={pages}
          keyOf={({ id }) => id}
          empty={say('sources.empty')}
          columns={[
            {
              name: say('sources.name'),
              render: ({ name, provider, refusal, refusedAt }) => (
                <span className={styles['main2']}>
                  <span className={styles['strong']}>{name}</span>
                  <span className={styles['muted']}>{provider}</span>
                  {refusal !== null && (
                    <span className={mail['words']}>
                      {say('sources.refused', { words: refusal })} {refusedAt && <Age at={refusedAt} bare />}
                    </span>
                  )}
                </span>
              ),
            },
            {
              name: say('mails.arrived'),
              narrow: true,
              render: ({ mails, mailAt }) => (
                <span>
                  {say('sources.mails', { count: mails })} {mailAt !== null && <Age at={mailAt} bare />}
                </span>
              ),
            },
            {
              name: say('admin.actions'),
              end: true,
              narrow: true,
              render: (source) =>
                mayWrite && (
                  <Button weight="quiet" onClick={() => remove(source)}>
                    {say('safety.remove')}
                  </Button>
                ),
            },
          ]}
        />
      )}
      {mayWrite && <Button onClick={() => setAdding(true)}>{say('sources.add')}</Button>}
      {adding && (
        <AddSource
          onClose={() => {
            setAdding(false)
            pages.reload()
          }}
        />
      )}
    </section>
  )
}

function AddSource({ onClose }: { onClose: () => void }) {
  const [provider, setProvider] = useState<(typeof providers)[number]>('mailgun')
  const [url, setUrl] = useState<string | null>(null)
  const { save, busy, errors, general } = useSave(() => {})
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body: NewInboundSource = {
      name: String(form.get('name')).trim(),
      provider,
      proof: String(form.get('proof')).trim(),
    }
    const work = async () => setUrl((await call<AddedSource>('POST', '/inbound-sources', { body })).url)
    void save(work, say('admin.added', { name: body.name }))
  }
  if (url !== null)
    return (
      <Modal title={say('sources.address')} open onClose={onClose}>
        <p>{say('sources.addressHelp')}</p>
        <code className={mail['record']}>{url}</code>
      </Modal>
    )
  return (
    <Modal
      title={say('sources.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="source" disabled={busy}>
            {say('sources.add')}
          </Button>
        </>
      }
    >
      <form id="source" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField label={say('sources.name')} name="name" required error={errors['name']} />
        <SelectField
          label={say('sources.provider')}
          value={provider}
          onChange={(event) =>
            setProvider(providers.find((each) => each === event.target.value) ?? 'mailgun')
          }
          options={providers.map((value) => ({ value, label: value }))}
        />
        <TextField
          label={say('sources.proof')}
          help={say(`sources.proof.${provider}`)}
          name="proof"
          required
          autoComplete="off"
          error={errors['proof']}
        />
      </form>
    </Modal>
  )
}
