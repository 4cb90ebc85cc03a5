// Runs of the assistant, newest first: what it made of each message and why; filtered by what it came to.
import { useState } from 'react'
import type { z } from 'zod'

import type { listedRun } from '../../../src/api/contract/assistant.ts'
import { decisions } from '../../../src/assistant/words.ts'
import { WhyRun } from '../../assistant/WhyRun.tsx'
import { Button } from '../../parts/Button.tsx'
import { SelectField } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { say, sayName } from '../../words/say.ts'
import admin from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { usePages } from '../usePages.ts'
import { runColumns } from './run-columns.tsx'

type Listed = z.infer<typeof listedRun>

export function AssistantRuns() {
  const [decision, setDecision] = useState('')
  const [judged, setJudged] = useState('')
  const [open, setOpen] = useState<Listed | null>(null)
  const pages = usePages<Listed>('assistant/runs', {
    decision: decision || undefined,
    judged: judged || undefined,
  })
  return (
    <Page title={say('admin.assistantRuns')} about={say('assistant.runsAbout')}>
      <div className={admin['filters']}>
        <SelectField
          label={say('assistant.decision')}
          value={decision}
          onChange={(event) => setDecision(event.target.value)}
          options={[
            { value: '', label: say('assistant.all') },
            ...decisions.map((each) => ({ value: each, label: sayName('assistantDecision', each) })),
          ]}
        />
        <SelectField
          label={say('assistant.verdict')}
          value={judged}
          onChange={(event) => setJudged(event.target.value)}
          options={[
            { value: '', label: say('assistant.all') },
            { value: 'true', label: say('assistant.isJudged') },
            { value: 'false', label: say('assistant.isNotJudged') },
          ]}
        />
      </div>
      <DataTable
        label={say('admin.assistantRuns')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('assistant.noRuns')}
        columns={[
          ...runColumns<Listed>(),
          {
            name: say('assistant.verdict'),
            render: ({ verdict }) => (verdict === null ? '' : sayName('runVerdict', verdict)),
          },
          { name: say('assistant.at'), render: ({ at }) => <Age at={at} /> },
          {
            name: say('assistant.why'),
            render: (run) => (
              <Button weight="quiet" onClick={() => setOpen(run)}>
                {say('assistant.why')}
              </Button>
            ),
          },
        ]}
      />
      {open !== null && <WhyRun run={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}
