// Files of Zendesk's own export: brought one by one, then looked at together as one desk.
import type { ExportUpload, ImportRun, NewImport } from '../../../src/api/contract/imports.ts'
import { TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import { call, CallFailed } from '../../wire/call.ts'
import { upload } from './upload.ts'

export function ExportFields({ error, brought }: { error: string | undefined; brought: string | null }) {
  return (
    <>
      <TextField
        label={say('moving.exportFiles')}
        help={say('moving.exportFilesHelp')}
        name="file"
        type="file"
        accept=".json,.jsonl,.ndjson"
        multiple
        required
      />
      <TextField
        label={say('moving.url')}
        help={say('moving.exportNameHelp')}
        name="name"
        maxLength={200}
        error={error}
      />
      <p role="status">{brought}</p>
    </>
  )
}

/** Brings the files and asks for a look; who hears of each file that is here says how far it is. */
export async function askExport(form: FormData, hear: (brought: string | null) => void): Promise<ImportRun> {
  const chosen = form.getAll('file')
  const files: ExportUpload[] = []
  try {
    for (const file of chosen) {
      hear(say('moving.exportBrought', { done: files.length, all: chosen.length }))
      files.push(await upload<ExportUpload>('zendesk-files', file))
    }
  } finally {
    hear(null)
  }
  const typed = String(form.get('name') ?? '').trim()
  const name = typed === '' ? files.find(({ host }) => host !== null)?.host : typed
  if (name == null) {
    const message = say('moving.exportHost')
    throw new CallFailed({
      type: 'about:blank',
      title: message,
      status: 400,
      errors: [{ path: 'name', message }],
    })
  }
  const body: NewImport = {
    kind: 'zendesk-export',
    name,
    files: files.map((each) => ({ file: each.file, name: each.name })),
    look: true,
  }
  return call<ImportRun>('POST', '/imports', { body })
}
