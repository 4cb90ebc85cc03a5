// Webhooks: programs outside that rules tell, how their deliveries stand, and telling them again.
import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'

import type { CreatedWebhook, Delivery, DeliveryDetail, Webhook } from '../../src/api/contract/rules.ts'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Age } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { fullTime, number } from '../parts/time.ts'
import { call, reasonOf } from '../wire/call.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { PauseAndArchive } from './PauseAndArchive.tsx'
import { attempt, useSave } from './saving.ts'
import { Secret } from './Secret.tsx'
import { usePages } from './usePages.ts'

export function Webhooks() {
  const pages = usePages<Webhook>('webhooks', { archived: 'true' })
  const mayWrite = useMay('webhooks.write')
  const [editing, setEditing] = useState<Webhook | 'new' | null>(null)
  const [shown, setShown] = useState<Webhook | null>(null)
  const [secret, setSecret] = useState<CreatedWebhook | null>(null)
  const change = (hook: Webhook, body: Partial<Webhook>, done: string) =>
    void attempt(() => call('PATCH', `/webhooks/${hook.id}`, { body }), done, pages.reload)
  return (
    <Page
      title={say('admin.webhooks')}
      changesOf="webhook"
      about={say('webhooks.about')}
      action={
        mayWrite && (
          <Button weight="primary" onClick={() => setEditing('new')}>
            {say('webhooks.add')}
          </Button>
        )
      }
    >
      <DataTable
        label={say('admin.webhooks')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('webhooks.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('field.name'),
            render: ({ name, key, url }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>
                  {name} <code>{key}</code>
                </span>
                <span className={styles['muted']}>{url}</span>
              </span>
            ),
          },
          { name: say('webhooks.state'), narrow: true, render: (hook) => <State hook={hook} /> },
          { name: say('webhooks.delivered'), narrow: true, render: ({ delivered }) => number(delivered) },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (hook) =>
              mayWrite && (
                <span className={styles['buttons']}>
                  <Button weight="quiet" onClick={() => setShown(hook)}>
                    {say('webhooks.deliveries')}
                  </Button>
                  <Button weight="quiet" onClick={() => setEditing(hook)}>
                    {say('action.edit')}
                  </Button>
                  <PauseAndArchive thing={hook} onChange={change} />
                </span>
              ),
          },
        ]}
      />
      {editing && (
        <HookForm
          hook={editing === 'new' ? null : editing}
          onSecret={setSecret}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
      {shown && <Deliveries hook={shown} onClose={() => setShown(null)} />}
      {secret && (
        <Secret
          title={say('webhooks.secretOf', { name: secret.name })}
          help={say('webhooks.secretHelp')}
          secret={secret.secret}
          onClose={() => setSecret(null)}
        />
      )}
    </Page>
  )
}

function State({ hook: { enabled, waiting, dead } }: { hook: Webhook }) {
  return (
    <span className={styles['main2']}>
      <span className={styles['state']} data-tone={dead > 0 ? 'bad' : enabled ? 'good' : 'warn'}>
        {dead > 0 ? say('webhooks.dead', { count: dead }) : say(enabled ? 'webhooks.on' : 'webhooks.paused')}
      </span>
      {waiting > 0 && <span className={styles['muted']}>{say('webhooks.waiting', { count: waiting })}</span>}
    </span>
  )
}

type FormProps = { hook: Webhook | null; onClose: () => void; onSecret: (made: CreatedWebhook) => void }

function HookForm({ hook, onClose, onSecret }: FormProps) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const body = { name: text('name'), url: text('url') }
    if (hook)
      return void save(
        () => call('PATCH', `/webhooks/${hook.id}`, { body }),
        say('admin.saved', { name: body.name }),
      )
    const add = async () =>
      onSecret(await call<CreatedWebhook>('POST', '/webhooks', { body: { ...body, key: text('key') } }))
    void save(add, say('admin.added', { name: body.name }))
  }
  const renew = () =>
    void save(
      async () => onSecret(await call<CreatedWebhook>('POST', `/webhooks/${hook?.id}/secret`)),
      say('webhooks.renewed'),
    )
  return (
    <Modal
      title={hook?.name ?? say('webhooks.add')}
      open
      onClose={onClose}
      actions={
        <>
          {hook && <Button onClick={renew}>{say('webhooks.renew')}</Button>}
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="webhook" disabled={busy}>
            {say(hook ? 'action.save' : 'webhooks.add')}
          </Button>
        </>
      }
    >
      <form id="webhook" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          maxLength={200}
          defaultValue={hook?.name ?? ''}
          error={errors['name']}
        />
        {!hook && (
          <TextField
            label={say('rules.key')}
            name="key"
            required
            pattern="[a-z0-9][a-z0-9\-]*"
            maxLength={60}
            help={say('webhooks.keyHelp')}
            error={errors['key']}
          />
        )}
        <TextField
          label="URL"
          name="url"
          type="url"
          required
          maxLength={2000}
          defaultValue={hook?.url ?? 'https://'}
          help={say('webhooks.urlHelp')}
          error={errors['url']}
        />
      </form>
    </Modal>
  )
}

function Deliveries({ hook, onClose }: { hook: Webhook; onClose: () => void }) {
  const pages = usePages<Delivery>(`webhooks/${hook.id}/deliveries`)
  const [open, setOpen] = useState<number | null>(null)
  const replay = (path: string) =>
    void attempt(() => call('POST', `/webhooks/${hook.id}${path}`), say('webhooks.replayed'), pages.reload)
  const hasDead = pages.items.some(({ state }) => state === 'dead')
  return (
    <Modal
      title={say('webhooks.deliveriesOf', { name: hook.name })}
      shape="wide"
      open
      onClose={onClose}
      actions={hasDead && <Button onClick={() => replay('/replay')}>{say('webhooks.replayAll')}</Button>}
    >
      <DataTable
        label={say('webhooks.deliveries')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('webhooks.noDeliveries')}
        columns={[
          {
            name: say('webhooks.state'),
            render: ({ state, attempts, nextTryAt }) => (
              <span className={styles['main2']}>
                <span
                  className={styles['state']}
                  data-tone={{ delivered: 'good', dead: 'bad' }[state as 'dead'] ?? 'warn'}
                >
                  {sayName('webhookState', state)}
                </span>
                {attempts > 1 && (
                  <span className={styles['muted']}>{say('outbox.attempts', { count: attempts })}</span>
                )}
                {nextTryAt && attempts > 0 && (
                  <span className={styles['muted']}>
                    {say('outbox.next')} <Age at={nextTryAt} />
                  </span>
                )}
              </span>
            ),
          },
          {
            name: say('outbox.ticket'),
            narrow: true,
            render: ({ ticketId }) => (
              <Link to="/inbox/$view/$ticketId" params={{ view: 'all', ticketId: String(ticketId) }}>
                #{ticketId}
              </Link>
            ),
          },
          { name: say('outbox.age'), narrow: true, render: ({ createdAt }) => <Age at={createdAt} bare /> },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: ({ id, state }) => (
              <span className={styles['buttons']}>
                <Button
                  weight="quiet"
                  aria-expanded={open === id}
                  onClick={() => setOpen(open === id ? null : id)}
                >
                  {say('outbox.read')}
                </Button>
                {(state === 'dead' || state === 'delivered') && (
                  <Button weight="quiet" onClick={() => replay(`/deliveries/${id}/replay`)}>
                    {say('webhooks.replay')}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
      {open !== null && <Detail hookId={hook.id} id={open} />}
    </Modal>
  )
}

function Detail({ hookId, id }: { hookId: number; id: number }) {
  const { data, error } = useQuery({
    queryKey: ['webhooks', 'delivery', id],
    queryFn: () => call<DeliveryDetail>('GET', `/webhooks/${hookId}/deliveries/${id}`),
  })
  if (error) return <Empty title={reasonOf(error)} />
  if (!data) return null
  return (
    <section aria-label={say('webhooks.tries')}>
      <dl className={styles['mail']}>
        {data.tries.map(({ at, status, detail, durationMs }) => (
          <div key={at} style={{ display: 'contents' }}>
            <dt>{fullTime(at)}</dt>
            <dd>
              {status ?? say('webhooks.noAnswer')} · {durationMs} ms {detail}
            </dd>
          </div>
        ))}
      </dl>
      <pre className={styles['mailText']}>{JSON.stringify(data.payload, null, 2)}</pre>
    </section>
  )
}
