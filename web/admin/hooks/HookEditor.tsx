// One address for events: how its sender proves itself, what an event becomes with a trial of it, and what came.
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'

import type { Brand } from '../../../src/api/contract/forms.ts'
import type { Hook, HookDelivery, MadeHook } from '../../../src/api/contract/hooks.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField } from '../../parts/Form.tsx'
import { call } from '../../wire/call.ts'
import { client } from '../../wire/client.ts'
import { say, sayName } from '../../words/say.ts'
import { LastChanges } from '../Beside.tsx'
import { OfBrand } from '../OfBrand.tsx'
import { Page } from '../Page.tsx'
import { attempt, useSave } from '../saving.ts'
import { Address } from './Address.tsx'
import { bodyOf, draftOf } from './draft.ts'
import { HookFields } from './HookFields.tsx'
import { MappingFields } from './MappingFields.tsx'
import { presetOf, presets, type PresetName } from './presets.ts'
import { ProofFields } from './ProofFields.tsx'
import { Recorder } from './Recorder.tsx'
import { Told } from './Told.tsx'
import { Trial } from './Trial.tsx'
import { useTried, type Tried } from './useTried.ts'
import styles from './hooks.module.css'

export function HookEditor() {
  const { hookId } = useParams({ strict: false }) as { hookId: string }
  return (
    <OfBrand<Hook> list="hooks" id={hookId}>
      {(hook, brands) => <Editor key={hookId} hook={hook} brands={brands} />}
    </OfBrand>
  )
}

const sampleOf = (name: PresetName): Tried => ({
  body: JSON.stringify(presets[name].event, null, 2),
  headers: presets[name].headers,
})

function Editor({ hook, brands }: { hook: Hook | null; brands: readonly Brand[] }) {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(() => draftOf(hook, brands))
  const [on, setOn] = useState<Tried>(() => sampleOf(presetOf(draft.mapping)))
  const [made, setMade] = useState<MadeHook | null>(null)
  const tried = useTried(hook?.id ?? null, draft.mapping, on)
  const reload = () => void client.invalidateQueries({ queryKey: ['hooks'] })
  const { save, busy, errors, general } = useSave(reload)
  const submit = () => {
    const body = bodyOf(draft, hook === null)
    const work = async () =>
      hook
        ? call('PATCH', `/hooks/${hook.id}`, { body })
        : setMade(await call<MadeHook>('POST', '/hooks', { body }))
    void save(work, say(hook ? 'admin.saved' : 'admin.added', { name: draft.name }))
  }
  const begin = (name: PresetName) => {
    const { scheme, mapping } = presets[name]
    setDraft((now) => ({ ...now, scheme, mapping }))
    setOn(sampleOf(name))
  }
  const send = async () => {
    const sent = await call<HookDelivery>('POST', `/hooks/${hook?.id}/deliveries`, { body: on })
    void client.invalidateQueries({ queryKey: [`hooks/${hook?.id}/deliveries`] })
    if (sent.state === 'failed') throw new Error(sent.detail ?? '')
  }
  const { data } = tried
  const fault = data?.path == null ? null : { path: data.path, message: data.detail ?? '' }
  return (
    <Page
      title={hook ? hook.name : say('hooks.add')}
      about={say('hooks.aboutOne')}
      action={
        <Button weight="primary" disabled={busy} onClick={submit}>
          {say(hook ? 'action.save' : 'hooks.add')}
        </Button>
      }
      beside={hook && <LastChanges thing="hook" thingId={hook.id} />}
    >
      <FormProblem text={general ?? null} />
      {!hook && (
        <SelectField
          label={say('hooks.preset')}
          help={say('hooks.presetHelp')}
          defaultValue="any"
          onChange={(event) => begin(event.target.value as PresetName)}
          options={Object.keys(presets).map((name) => ({
            value: name,
            label: sayName('hooks.preset', name),
          }))}
        />
      )}
      <HookFields
        draft={draft}
        brands={brands}
        errors={errors}
        onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
      />
      {hook ? (
        <Address hook={hook} onMade={setMade} />
      ) : (
        <ProofFields
          proof={draft}
          errors={errors}
          onChange={(part) => setDraft((now) => ({ ...now, ...part }))}
        />
      )}
      <div className={styles['halves']}>
        <MappingFields
          mapping={draft.mapping}
          errors={errors}
          fault={fault}
          onChange={(mapping) => setDraft((now) => ({ ...now, mapping }))}
        />
        <Trial
          on={on}
          tried={data}
          error={tried.error}
          onChange={setOn}
          busy={busy}
          onSend={hook && (() => void attempt(send, say('hooks.sent'), reload))}
        />
      </div>
      {hook && <Recorder hookId={hook.id} onTry={(delivery) => setOn({ delivery })} />}
      {made && (
        <Told
          made={made}
          onClose={() => {
            setMade(null)
            reload()
            if (!hook) void navigate({ to: '/admin/hooks/$hookId', params: { hookId: String(made.id) } })
          }}
        />
      )}
    </Page>
  )
}
