// Procedures: what is done about one matter, step by step, as it stands in a version. Writing one makes another version.
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useState } from 'react'
import type { z } from 'zod'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'

import type { AssistantSettings, assistantVersion } from '../../../src/api/contract/assistant.ts'
import type { Procedure } from '../../../src/api/contract/procedures.ts'
import type { ScenarioResults } from '../../../src/api/contract/scenarios.ts'
import styles from '../../assistant/assistant.module.css'
import { forgetAssistant, keepVersion, overviewQuery } from '../../assistant/wire.ts'
import { Arrived } from '../../parts/Arrived.tsx'
import { Button, IconButton } from '../../parts/Button.tsx'
import { Empty } from '../../parts/Empty.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import { Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { startWords, stepWords } from './procedure-words.ts'
import { ProcedureForm } from './ProcedureForm.tsx'
import { useNamed, useVersion } from './useProcedures.ts'
import { usePublish } from './usePublish.tsx'

type Version = z.infer<typeof assistantVersion>

export function AssistantProcedures() {
  const [chosen, setChosen] = useState<number | null>(null)
  const [open, setOpen] = useState<number | null>(null)
  const mayWrite = useMay('assistant.write')
  const query = useVersion(chosen)
  const { data: overview } = useQuery(overviewQuery)
  const settings = query.data?.detail?.settings ?? overview?.standard
  const procedures = settings?.procedures ?? []
  const keep = async (next: readonly Procedure[], name: string) => {
    if (settings === undefined) return
    const kept = await keepVersion(
      { ...settings, procedures: [...next] } as AssistantSettings,
      say('procedure.noteOf', { name }),
    )
    setChosen(kept.version)
    forgetAssistant()
  }
  const move = (at: number, by: number) => {
    const each = procedures[at]
    if (each !== undefined)
      void attempt(
        () => keep(procedures.toSpliced(at, 1).toSpliced(at + by, 0, each), each.name),
        say('assistant.kept'),
        () => undefined,
      )
  }
  return (
    <Page
      title={say('admin.assistantProcedures')}
      about={say('procedure.about')}
      action={
        mayWrite && (
          <Button weight="primary" onClick={() => setOpen(procedures.length)}>
            {say('procedure.new')}
          </Button>
        )
      }
    >
      <Arrived query={query} rows={4} height={64}>
        {({ detail }) => (
          <>
            {detail !== null && (
              <VersionBar version={detail.version} isLive={detail.live} onChoose={setChosen} />
            )}
            {procedures.length === 0 ? (
              <Empty title={say('procedure.none')}>{say('procedure.noneHelp')}</Empty>
            ) : (
              <List
                procedures={procedures}
                onOpen={mayWrite ? setOpen : null}
                onMove={mayWrite ? move : null}
              />
            )}
          </>
        )}
      </Arrived>
      {open !== null && (
        <ProcedureForm procedures={procedures} at={open} onKeep={keep} onClose={() => setOpen(null)} />
      )}
    </Page>
  )
}

function VersionBar({
  version,
  isLive,
  onChoose,
}: {
  version: number
  isLive: boolean
  onChoose: (version: number) => void
}) {
  const pages = usePages<Version>('assistant/versions')
  const mayWrite = useMay('assistant.write')
  const mayJudge = useMay('assistant.judge')
  const [found, setFound] = useState<ScenarioResults | null>(null)
  const { publish, asking } = usePublish(pages.reload)
  const run = () =>
    void attempt(
      async () =>
        setFound(await call<ScenarioResults>('POST', '/assistant/scenarios/run', { body: { version } })),
      null,
      () => undefined,
    )
  return (
    <>
      <div className={styles['state']}>
        <SelectField
          label={say('assistant.version')}
          value={String(version)}
          onChange={(event) => {
            setFound(null)
            onChoose(Number(event.target.value))
          }}
          options={pages.items.map(({ version: each, note, live }) => ({
            value: String(each),
            label: `${each} ${live ? `(${say('assistant.liveNow')}) ` : ''}${note}`.trim(),
          }))}
        />
        <strong>{say(isLive ? 'procedure.isLive' : 'procedure.isNotLive')}</strong>
        {mayJudge && <Button onClick={run}>{say('scenario.run')}</Button>}
        {mayWrite && !isLive && (
          <Button weight="primary" onClick={() => publish(version)}>
            {say('assistant.publishThis')}
          </Button>
        )}
        <Link to={'/admin/assistant-scenarios' as '/admin'}>{say('admin.assistantScenarios')}</Link>
      </div>
      {asking}
      {found !== null && found.version === version && (
        <p role="status">
          {say('scenario.found', { passed: found.passed, n: found.items.length, version })}{' '}
          {found.items
            .filter(({ isPassed }) => !isPassed)
            .map(({ title }) => title)
            .join(', ')}
        </p>
      )}
    </>
  )
}

type ListProps = {
  procedures: readonly Procedure[]
  onOpen: ((at: number) => void) | null
  onMove: ((at: number, by: number) => void) | null
}

function List({ procedures, onOpen, onMove }: ListProps) {
  const named = useNamed()
  return (
    <ol className={styles['procedures']}>
      {procedures.map((procedure, at) => (
        <li key={procedure.key}>
          <div className={styles['procedureHead']}>
            <h2>
              {onOpen === null ? (
                procedure.name
              ) : (
                <Button weight="quiet" onClick={() => onOpen(at)}>
                  {procedure.name}
                </Button>
              )}
            </h2>
            {onMove !== null && procedures.length > 1 && (
              <span>
                <IconButton
                  label={say('procedure.earlier', { name: procedure.name })}
                  disabled={at === 0}
                  onClick={() => onMove(at, -1)}
                >
                  <ArrowUp size={16} aria-hidden />
                </IconButton>
                <IconButton
                  label={say('procedure.later', { name: procedure.name })}
                  disabled={at === procedures.length - 1}
                  onClick={() => onMove(at, 1)}
                >
                  <ArrowDown size={16} aria-hidden />
                </IconButton>
              </span>
            )}
          </div>
          <p className={styles['help']}>{startWords(procedure, named)}</p>
          <ol>
            {procedure.steps.map((step, place) => (
              // Steps have no name of their own.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={place}>{stepWords(step, named)}</li>
            ))}
          </ol>
        </li>
      ))}
    </ol>
  )
}
