// Moving in and out: other desks looked at and brought in, run by run, and the whole desk as lines.
import { useState } from 'react'

import type { ImportRun } from '../../../src/api/contract/imports.ts'
import { Button } from '../../parts/Button.tsx'
import { Age } from '../../parts/Marks.tsx'
import { number } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { AskImport } from './AskImport.tsx'
import { ImportReport } from './ImportReport.tsx'
import { draftOf, MapCsv, type CsvDraft } from './MapCsv.tsx'
import { mailDraftOf, MapMails, type MailDraft } from './MapMails.tsx'

/** A download cannot ask who is there, so that comes first. */
const takeOut = () =>
  attempt(
    () => call('POST', '/exports'),
    say('moving.exporting'),
    () => location.assign('/api/v1/exports/docket.jsonl'),
  )

/** What is said of an uploaded file. */
type Draft = { readonly csv: CsvDraft } | { readonly mails: MailDraft }

export function Moving() {
  const pages = usePages<ImportRun>('imports')
  const [asking, setAsking] = useState(false)
  const [mapping, setMapping] = useState<Draft | null>(null)
  // The mapping of the look that is shown, to be changed: its file is there until it is imported.
  const [looked, setLooked] = useState<{ id: number; draft: Draft } | null>(null)
  const [shownId, setShownId] = useState<number | null>(null)
  const lookedAt = ({ id }: ImportRun, draft: Draft) => {
    setLooked({ id, draft })
    setShownId(id)
  }
  const endMapping = () => {
    setMapping(null)
    pages.reload()
  }
  const shown = pages.items.find(({ id }) => id === shownId)
  return (
    <Page
      title={say('admin.moving')}
      about={say('moving.about')}
      action={
        <Button weight="primary" onClick={() => setAsking(true)}>
          {say('moving.ask')}
        </Button>
      }
    >
      <p>
        <Button onClick={() => void takeOut()}>{say('moving.export')}</Button>
      </p>
      <DataTable
        label={say('admin.moving')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('moving.empty')}
        columns={[
          {
            name: say('moving.source'),
            render: ({ id, source }) => (
              <Button weight="quiet" onClick={() => setShownId(id)}>
                {source}
              </Button>
            ),
          },
          {
            name: say('moving.state'),
            render: ({ state, look }) =>
              look && state === 'done' ? say('moving.looked') : sayName('importState', state),
          },
          { name: say('moving.tickets'), render: ({ counts }) => number(counts['tickets']?.['seen'] ?? 0) },
          { name: say('moving.asked'), render: ({ createdAt }) => <Age at={createdAt} />, narrow: true },
        ]}
      />
      {asking && (
        <AskImport
          onAsked={({ id }) => setShownId(id)}
          onTable={(upload) => setMapping({ csv: draftOf(upload) })}
          onMails={(upload) => setMapping({ mails: mailDraftOf(upload) })}
          onClose={() => {
            setAsking(false)
            pages.reload()
          }}
        />
      )}
      {mapping !== null && 'csv' in mapping && (
        <MapCsv start={mapping.csv} onAsked={(run, csv) => lookedAt(run, { csv })} onClose={endMapping} />
      )}
      {mapping !== null && 'mails' in mapping && (
        <MapMails
          start={mapping.mails}
          onAsked={(run, mails) => lookedAt(run, { mails })}
          onClose={endMapping}
        />
      )}
      {shown && (
        <ImportReport
          run={shown}
          reload={pages.reload}
          onMap={
            shown.look && looked?.id === shown.id
              ? () => {
                  setShownId(null)
                  setMapping(looked.draft)
                }
              : null
          }
          onClose={() => setShownId(null)}
        />
      )}
    </Page>
  )
}
