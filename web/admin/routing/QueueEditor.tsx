// One queue: what it takes, whom it goes to and how, what is asked of them, and what waiting softens.
import { useState } from 'react'

import type { NewQueue, Queue } from '../../../src/api/contract/routing.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextField } from '../../parts/Form.tsx'
import { useQueues } from '../../routing/wire.ts'
import { call } from '../../wire/call.ts'
import { useTeams } from '../../wire/desk.ts'
import { say, sayName } from '../../words/say.ts'
import styles from './routing.module.css'
import admin from '../admin.module.css'
import { PublishGate } from '../PublishGate.tsx'
import { Page } from '../Page.tsx'
import { useSave } from '../saving.ts'
import { useCalendars } from '../sla/sla.ts'
import sla from '../sla/sla.module.css'
import { NeedsEditor } from './NeedsEditor.tsx'
import { RelaxEditor } from './RelaxEditor.tsx'
import { TryButton, why } from './TryFirst.tsx'

type Draft = Omit<Queue, 'id' | 'position' | 'version'>

const fresh: Draft = {
  title: '',
  q: '',
  mode: 'push',
  offerSeconds: null,
  primaryTeams: [],
  secondaryTeams: [],
  calendar: 'always',
  needs: [],
  vip: '',
  weights: { percentUsed: 1, priority: 1, wait: 0.25 },
  slaBands: [0, 900, 3_600],
  laneMaxWait: null,
  relax: [
    { after: 300, do: { dropTier: 3 } },
    { after: 900, do: { dropTier: 2 } },
    { after: 1_800, do: { dropTier: 1 } },
    { after: 2_700, do: { addSecondaryTeams: true } },
  ],
  overflowQueueId: null,
  share: null,
  criteria: ['overqualification', 'shortfall', 'load', 'idle'],
  affinitySeconds: 0,
  sticky: false,
  respectHours: true,
  respectShiftEnd: true,
}

const presets: Readonly<Record<string, Draft['criteria']>> = {
  balanced: fresh.criteria,
  round_robin: ['idle'],
  least_loaded: ['load', 'idle'],
}

export function QueueEditor({ queue, onClose }: { queue: Queue | null; onClose: () => void }) {
  const [draft, setDraft] = useState<Draft>(() => draftOf(queue))
  const { save, busy, errors, general, failure } = useSave(onClose)
  const [reason, setReason] = useState('')
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }))
  const publish = () => {
    const body: NewQueue = { ...draft, ...why(reason) }
    void save(
      () =>
        queue === null ? call('POST', '/queues', { body }) : call('PATCH', `/queues/${queue.id}`, { body }),
      say(queue === null ? 'admin.added' : 'admin.saved', { name: draft.title }),
    )
  }
  const placed = ['title', 'q', 'vip', 'primaryTeams', 'overflowQueueId', 'relax']
  const elsewhere = Object.entries(errors).find(([path]) => !placed.includes(path))
  return (
    <Page
      title={queue?.title ?? say('queues.add')}
      about={say('queues.editAbout')}
      action={<Button onClick={onClose}>{say('action.back')}</Button>}
    >
      <FormProblem text={general ?? (elsewhere === undefined ? null : `${elsewhere[0]}: ${elsewhere[1]}`)} />
      <div className={sla['head']}>
        <TextField
          label={say('field.name')}
          value={draft.title}
          onChange={(event) => change({ title: event.target.value })}
          error={errors['title']}
        />
        <TextField
          label={say('queues.takes')}
          help={say('queues.takesHelp')}
          value={draft.q}
          onChange={(event) => change({ q: event.target.value })}
          error={errors['q']}
        />
        <TextField
          label={say('queues.vip')}
          help={say('queues.vipHelp')}
          value={draft.vip}
          onChange={(event) => change({ vip: event.target.value })}
          error={errors['vip']}
        />
      </div>
      <Teams
        title={say('queues.primary')}
        chosen={draft.primaryTeams}
        error={errors['primaryTeams']}
        onChange={(primaryTeams) => change({ primaryTeams })}
      />
      <Teams
        title={say('queues.secondary')}
        chosen={draft.secondaryTeams}
        onChange={(secondaryTeams) => change({ secondaryTeams })}
      />
      <How draft={draft} change={change} />
      <NeedsEditor needs={draft.needs} onChange={(needs) => change({ needs })} />
      <RelaxEditor
        steps={draft.relax}
        overflowQueueId={draft.overflowQueueId}
        ownId={queue?.id ?? null}
        error={errors['relax'] ?? errors['overflowQueueId']}
        onChange={(relax, overflowQueueId) => change({ relax, overflowQueueId })}
      />
      <PublishGate failure={failure} reason={reason} onReason={setReason} />
      <p className={sla['actions']}>
        <Button onClick={onClose}>{say('action.cancel')}</Button>
        <TryButton tried={() => ({ queue: queue === null ? draft : { ...draft, id: queue.id } })} />
        <Button weight="primary" onClick={publish} disabled={busy}>
          {say('action.save')}
        </Button>
      </p>
      <p className={admin['muted']}>{say('queues.tryHelp')}</p>
    </Page>
  )
}

function draftOf(queue: Queue | null): Draft {
  return queue === null ? fresh : termsOf(queue)
}

/** What is saved of a queue, and tried. */
export function termsOf(queue: Queue): Draft {
  const { id: _, position: __, version: ___, ...terms } = queue
  return terms
}

type TeamsProps = {
  title: string
  chosen: readonly number[]
  error?: string | undefined
  onChange: (ids: number[]) => void
}

function Teams({ title, chosen, error, onChange }: TeamsProps) {
  const teams = useTeams().filter(({ archived }) => !archived)
  return (
    <fieldset className={admin['checks']}>
      <legend>{title}</legend>
      {teams.map(({ id, name }) => (
        <CheckField
          key={id}
          label={name}
          checked={chosen.includes(id)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, id] : chosen.filter((each) => each !== id))
          }
        />
      ))}
      {error && <FormProblem text={error} />}
    </fieldset>
  )
}

function How({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const calendars = useCalendars().filter(({ archived }) => !archived)
  const others = useQueues()
  const preset =
    Object.entries(presets).find(([, list]) => list.join() === draft.criteria.join())?.[0] ?? 'own'
  return (
    <fieldset className={`${admin['checks']} ${styles['how']}`}>
      <legend>{say('queues.how')}</legend>
      <SelectField
        label={say('queues.mode')}
        value={draft.mode}
        onChange={(event) => change({ mode: event.target.value as Draft['mode'] })}
        options={(['push', 'offer', 'pull'] as const).map((value) => ({
          value,
          label: sayName('queueMode', value),
        }))}
      />
      {draft.mode === 'offer' && (
        <TextField
          label={say('queues.offerSeconds')}
          help={say('queues.offerSecondsHelp')}
          type="number"
          min={5}
          max={86_400}
          value={draft.offerSeconds ?? ''}
          onChange={(event) =>
            change({ offerSeconds: event.target.value === '' ? null : Number(event.target.value) })
          }
        />
      )}
      <SelectField
        label={say('queues.choice')}
        value={preset}
        onChange={(event) => change({ criteria: presets[event.target.value] ?? draft.criteria })}
        options={[...Object.keys(presets), ...(preset === 'own' ? ['own'] : [])].map((value) => ({
          value,
          label: sayName('queueChoice', value),
        }))}
      />
      <SelectField
        label={say('queues.calendar')}
        value={draft.calendar}
        onChange={(event) => change({ calendar: event.target.value })}
        options={[
          { value: 'always', label: say('queues.always') },
          ...calendars.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      {others.length > 1 && (
        <TextField
          label={say('queues.share')}
          help={say('queues.shareHelp')}
          type="number"
          min={0}
          max={100}
          value={draft.share === null ? '' : Math.round(draft.share * 100)}
          onChange={(event) =>
            change({ share: event.target.value === '' ? null : Number(event.target.value) / 100 })
          }
        />
      )}
      <TextField
        label={say('queues.affinity')}
        help={say('queues.affinityHelp')}
        type="number"
        min={0}
        max={1_440}
        value={draft.affinitySeconds / 60}
        onChange={(event) => change({ affinitySeconds: Math.round(Number(event.target.value) * 60) })}
      />
      <CheckField
        label={say('queues.sticky')}
        checked={draft.sticky}
        onChange={(event) => change({ sticky: event.target.checked })}
      />
      <CheckField
        label={say('queues.respectHours')}
        checked={draft.respectHours}
        onChange={(event) => change({ respectHours: event.target.checked })}
      />
      <CheckField
        label={say('queues.respectShiftEnd')}
        checked={draft.respectShiftEnd}
        onChange={(event) => change({ respectShiftEnd: event.target.checked })}
      />
    </fieldset>
  )
}
