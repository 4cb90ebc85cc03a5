// Scenarios: what a customer writes and what the assistant must make of it. Lived through at a press; a version that fails one does not
// go live.
import { useState } from 'react'

import type { Procedure } from '../../../src/api/contract/procedures.ts'
import type { Scenario, ScenarioResults } from '../../../src/api/contract/scenarios.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { addressOf } from '../../wire/address.ts'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say, sayName } from '../../words/say.ts'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { useProcedures } from './useProcedures.ts'
import { ScenarioForm } from './ScenarioForm.tsx'

type Result = ScenarioResults['items'][number]

export function AssistantScenarios() {
  const pages = usePages<Scenario>('assistant/scenarios')
  const mayJudge = useMay('assistant.judge')
  const [open, setOpen] = useState<Scenario | 'new' | null>(null)
  const [found, setFound] = useState<ScenarioResults | null>(null)
  const run = () =>
    void attempt(
      async () => setFound(await call<ScenarioResults>('POST', '/assistant/scenarios/run', { body: {} })),
      null,
      () => undefined,
    )
  return (
    <Page
      title={say('admin.assistantScenarios')}
      about={say('scenario.about')}
      action={
        mayJudge && (
          <Button weight="primary" onClick={() => setOpen('new')}>
            {say('scenario.new')}
          </Button>
        )
      }
    >
      <div className={styles['state']}>
        {mayJudge && (
          <Button onClick={run} disabled={pages.items.length === 0}>
            {say('scenario.run')}
          </Button>
        )}
        <a href={addressOf('/assistant/scenarios/file', {})} download="scenarios.json">
          {say('scenario.export')}
        </a>
        {mayJudge && <ReadFile onRead={pages.reload} />}
      </div>
      {found !== null && (
        <p role="status">
          {say('scenario.found', {
            passed: found.passed,
            n: found.items.length,
            version: found.version ?? '–',
          })}
        </p>
      )}
      <DataTable
        label={say('admin.assistantScenarios')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('scenario.empty')}
        columns={[
          {
            name: say('scenario.title'),
            render: (scenario) =>
              mayJudge ? (
                <Button weight="quiet" onClick={() => setOpen(scenario)}>
                  {scenario.title}
                </Button>
              ) : (
                scenario.title
              ),
          },
          { name: say('scenario.messages'), render: ({ turns }) => turns.length },
          {
            name: say('scenario.result'),
            render: ({ id }) => <Outcome result={found?.items.find((each) => each.id === id)} />,
          },
          { name: say('assistant.at'), render: ({ updatedAt }) => <Age at={updatedAt} /> },
        ]}
      />
      {open !== null && (
        <ScenarioForm
          scenario={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onSaved={pages.reload}
        />
      )}
    </Page>
  )
}

function Outcome({ result }: { result: Result | undefined }) {
  const procedures = useProcedures()
  if (result === undefined) return '–'
  if (result.isPassed) return say('scenario.holds')
  return (
    <ul className={styles['sentences']}>
      {result.turns.flatMap(({ failed }, turn) =>
        failed.map(({ kind, value, saw }) => (
          <li key={`${turn} ${kind} ${value}`}>
            {say('scenario.fails', {
              message: turn + 1,
              check: `${sayName('check', kind)} ${valueWords(kind, value, procedures)}`.trim(),
              saw: saw === '' ? '–' : valueWords(kind, saw, procedures),
            })}
          </li>
        )),
      )}
    </ul>
  )
}

function valueWords(kind: string, value: string, procedures: readonly Procedure[]): string {
  if (kind === 'decision') return sayName('assistantDecision', value)
  if (kind === 'called' || kind === 'not_called')
    return procedures.find(({ key }) => key === value)?.name ?? value
  return kind === 'reason' ? sayName('assistantReason', value) : value
}

function ReadFile({ onRead }: { onRead: () => void }) {
  const read = async (file: File) => {
    const body: unknown = JSON.parse(await file.text())
    await call('POST', '/assistant/scenarios/file', { body: body as object })
  }
  return (
    <label>
      {say('scenario.import')}{' '}
      <input
        type="file"
        accept="application/json,.json"
        onChange={({ target }) => {
          const [file] = target.files ?? []
          if (file !== undefined) void attempt(() => read(file), say('scenario.read'), onRead)
          target.value = ''
        }}
      />
    </label>
  )
}
