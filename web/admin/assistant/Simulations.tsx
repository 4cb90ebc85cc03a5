// Simulations of the assistant: asked for, watched, read. The slider shows what answering alone would have covered and got wrong.
import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'

import type { assistantVersion } from '../../../src/api/contract/assistant.ts'
import type { Simulation, SimulationDetail } from '../../../src/api/contract/simulations.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { SimulationReport } from './SimulationReport.tsx'

const RANGES = [7, 30, 90, 365]

export function Simulations() {
  const pages = usePages<Simulation>('assistant/simulations')
  const { simulation } = useSearch({ strict: false }) as { simulation?: number }
  const [chosen, setChosen] = useState<number | null>(simulation ?? null)
  const shown = chosen ?? pages.items[0]?.id ?? null
  return (
    <Page title={say('admin.assistantSimulations')} about={say('simulation.about')}>
      <Ask onAsked={pages.reload} />
      {shown !== null && <One id={shown} />}
      <DataTable
        label={say('admin.assistantSimulations')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('simulation.empty')}
        columns={[
          {
            name: say('assistant.version'),
            render: ({ id, configVersion }) => (
              <Button weight="quiet" onClick={() => setChosen(id)}>
                {configVersion}
              </Button>
            ),
          },
          { name: say('simulation.state'), render: ({ state }) => sayName('simulationState', state) },
          {
            name: say('simulation.tickets'),
            render: ({ done, total }) => say('simulation.done', { done, total }),
          },
          { name: say('assistant.at'), render: ({ createdAt }) => <Age at={createdAt} /> },
        ]}
      />
    </Page>
  )
}

function Ask({ onAsked }: { onAsked: () => void }) {
  const { items } = usePages<z.infer<typeof assistantVersion>>('assistant/versions')
  if (items.length === 0) return null
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const body = { version: Number(form.get('version')), days: Number(form.get('days')) }
    void attempt(() => call('POST', '/assistant/simulations', { body }), say('simulation.started'), onAsked)
  }
  return (
    <form className={styles['state']} onSubmit={submit}>
      <SelectField
        label={say('assistant.version')}
        name="version"
        options={items.map(({ version, note }) => ({
          value: String(version),
          label: `${version} ${note}`.trim(),
        }))}
      />
      <SelectField
        label={say('simulation.days')}
        name="days"
        defaultValue="90"
        options={RANGES.map((days) => ({ value: String(days), label: String(days) }))}
      />
      <Button weight="primary" type="submit">
        {say('simulation.ask')}
      </Button>
    </form>
  )
}

const LOOK_AGAIN_MS = 2_000

function One({ id }: { id: number }) {
  const { data } = useQuery({
    queryKey: ['assistant', 'simulation', id],
    queryFn: () => call<SimulationDetail>('GET', `/assistant/simulations/${id}`),
    refetchInterval: ({ state }) =>
      state.data?.state === 'queued' || state.data?.state === 'running' ? LOOK_AGAIN_MS : false,
  })
  if (!data) return null
  if (data.state === 'failed') return <p>{say('simulation.failed', { reason: data.failure ?? '' })}</p>
  if (data.report === null)
    return (
      <p>
        <progress value={data.done} max={Math.max(1, data.total)} />{' '}
        {say('simulation.done', { done: data.done, total: data.total })}
      </p>
    )
  return <SimulationReport id={id} report={data.report} />
}
