// API tokens: keys for programs. The token itself is shown once, when it is made.
import { type FormEvent, useState } from 'react'

import type { ApiToken, CreatedApiToken, NewApiToken } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Age } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { dayAndTime } from '../parts/time.ts'
import { say } from '../words/say.ts'
import { call } from '../wire/call.ts'
import styles from './admin.module.css'
import { DataTable, Page } from './Page.tsx'
import { attempt, useSave } from './saving.ts'
import { Secret } from './Secret.tsx'
import { TokenUsage } from './TokenUsage.tsx'
import { usePages } from './usePages.ts'

export function Tokens() {
  const pages = usePages<ApiToken>('tokens')
  const [adding, setAdding] = useState(false)
  const [created, setCreated] = useState<CreatedApiToken | null>(null)
  const [looking, setLooking] = useState<ApiToken | null>(null)
  const [revoking, setRevoking] = useState<ApiToken | null>(null)
  const revoke = (token: ApiToken) => {
    setRevoking(null)
    void attempt(
      () => call('DELETE', `/tokens/${token.id}`),
      say('tokens.revoked', { name: token.name }),
      pages.reload,
    )
  }
  return (
    <Page
      title={say('admin.tokens')}
      about={say('tokens.about')}
      changesOf="token"
      action={
        <Button weight="primary" onClick={() => setAdding(true)}>
          {say('tokens.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.tokens')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('tokens.empty')}
        columns={[
          { name: say('field.name'), render: ({ name }) => <span className={styles['strong']}>{name}</span> },
          { name: say('tokens.scopes'), render: ({ scopes }) => scopes.join(', ') },
          { name: say('tokens.user'), render: ({ user }) => user.name },
          {
            name: say('tokens.lastUsed'),
            narrow: true,
            render: ({ lastUsedAt }) => (lastUsedAt ? <Age at={lastUsedAt} /> : say('agents.never')),
          },
          {
            name: say('tokens.usage'),
            narrow: true,
            render: (token) => <Used token={token} onLook={() => setLooking(token)} />,
          },
          {
            name: say('tokens.expires'),
            narrow: true,
            render: ({ expiresAt }) => (expiresAt ? dayAndTime(expiresAt) : say('tokens.noExpiry')),
          },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (token) => (
              <Button weight="quiet" onClick={() => setRevoking(token)}>
                {say('tokens.revoke')}
              </Button>
            ),
          },
        ]}
      />
      {adding && (
        <TokenForm
          onCreated={setCreated}
          onClose={() => {
            setAdding(false)
            pages.reload()
          }}
        />
      )}
      {created && (
        <Secret
          title={say('tokens.created', { name: created.name })}
          help={say('tokens.once')}
          secret={created.token}
          onClose={() => setCreated(null)}
        />
      )}
      {looking && <TokenUsage token={looking} onClose={() => setLooking(null)} />}
      {revoking && (
        <Modal
          title={say('tokens.revokeTitle', { name: revoking.name })}
          open
          onClose={() => setRevoking(null)}
          actions={
            <>
              <Button onClick={() => setRevoking(null)}>{say('action.cancel')}</Button>
              <Button weight="danger" onClick={() => revoke(revoking)}>
                {say('tokens.revoke')}
              </Button>
            </>
          }
        >
          <p>{say('tokens.revokeHelp')}</p>
        </Modal>
      )}
    </Page>
  )
}

/** The requests of thirty days, and where they stand by day. */
function Used({ token, onLook }: { token: ApiToken; onLook: () => void }) {
  const sum = (of: 'requests' | 'refusals') => token.usage.reduce((total, day) => total + day[of], 0)
  const words = say('tokens.used', { requests: sum('requests'), refusals: sum('refusals') })
  return (
    <Button
      weight="quiet"
      aria-label={`${say('tokens.usageOf', { name: token.name })}: ${words}`}
      onClick={onLook}
    >
      {words}
    </Button>
  )
}

const days = ['30', '90', '365', ''] as const

function TokenForm({
  onCreated,
  onClose,
}: {
  onCreated: (token: CreatedApiToken) => void
  onClose: () => void
}) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const lasts = Number(form.get('days'))
    const body: NewApiToken = {
      name: String(form.get('name')).trim(),
      scopes: String(form.get('scopes'))
        .split(/[\s,]+/)
        .filter(Boolean),
      expiresAt: lasts > 0 ? new Date(Date.now() + lasts * 86_400_000).toISOString() : null,
      perMinute: Number(form.get('perMinute')) || null,
    }
    const work = async () => onCreated(await call<CreatedApiToken>('POST', '/tokens', { body }))
    void save(work, say('admin.added', { name: body.name }))
  }
  return (
    <Modal
      title={say('tokens.add')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="token" disabled={busy}>
            {say('tokens.add')}
          </Button>
        </>
      }
    >
      <form id="token" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          help={say('tokens.nameHelp')}
          name="name"
          required
          error={errors['name']}
        />
        <TextField
          label={say('tokens.scopes')}
          help={say('tokens.scopesHelp')}
          name="scopes"
          required
          defaultValue="tickets:read"
          error={errors['scopes']}
        />
        <TextField
          label={say('tokens.perMinute')}
          help={say('tokens.perMinuteHelp')}
          name="perMinute"
          type="number"
          min={1}
          max={1_000_000}
          defaultValue={1_200}
          error={errors['perMinute']}
        />
        <SelectField
          label={say('tokens.expires')}
          name="days"
          defaultValue="90"
          options={days.map((value) => ({
            value,
            label: value === '' ? say('tokens.noExpiry') : say('tokens.days', { count: Number(value) }),
          }))}
        />
      </form>
    </Modal>
  )
}
