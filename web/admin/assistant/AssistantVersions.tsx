// Versions of the assistant's configuration, each of which can be live again.
import type { z } from 'zod'

import type { assistantVersion } from '../../../src/api/contract/assistant.ts'
import styles from '../../assistant/assistant.module.css'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import { DataTable } from '../Page.tsx'
import { Steps } from './Steps.tsx'
import { usePublish } from './usePublish.tsx'
import { usePages } from '../usePages.ts'

type Version = z.infer<typeof assistantVersion>

export function AssistantVersions() {
  const pages = usePages<Version>('assistant/versions')
  const mayWrite = useMay('assistant.write')
  const { publish, asking } = usePublish(pages.reload)
  return (
    <>
      <h2 className={styles['head']}>{say('assistant.versions')}</h2>
      {asking}
      <DataTable
        label={say('assistant.versions')}
        pages={pages}
        keyOf={({ version }) => version}
        empty={say('assistant.noVersions')}
        columns={[
          { name: say('assistant.version'), render: ({ version }) => version, narrow: true },
          { name: say('assistant.by'), render: ({ createdBy }) => createdBy?.name ?? say('ladder.byDesk') },
          { name: say('assistant.at'), render: ({ createdAt }) => <Age at={createdAt} /> },
          {
            name: say('assistant.note'),
            render: ({ note, steps }) => (steps.length === 0 ? note : <Steps steps={steps} />),
          },
          {
            name: say('assistant.live'),
            render: ({ version, live }) =>
              live
                ? say('assistant.liveNow')
                : mayWrite && (
                    <Button onClick={() => publish(version)}>{say('assistant.publishThis')}</Button>
                  ),
          },
        ]}
      />
    </>
  )
}
