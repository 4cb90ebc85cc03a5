// Macros and canned replies: a text, changes, or both, for oneself, a team or everybody.
import { useDeferredValue, useState } from 'react'

import type { Macro } from '../../src/api/contract/macros.ts'
import { Button } from '../parts/Button.tsx'
import { useChangeWords } from '../parts/change-words.ts'
import { SelectField, TextField } from '../parts/Form.tsx'
import { languageName, number } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { useMacros } from '../wire/macros.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { foldersOf } from './macro-folders.ts'
import { MacroForm } from './MacroForm.tsx'
import own from './macros.module.css'
import { DataTable, Page } from './Page.tsx'
import { attempt } from './saving.ts'
import { usePages } from './usePages.ts'

export function Macros() {
  const [filter, setFilter] = useState<Filter>({ q: '', folder: null })
  const { q, folder } = useDeferredValue(filter)
  const pages = usePages<Macro>('macros', { archived: 'true', q: q.trim(), folder: folder ?? undefined })
  const words = useChangeWords()
  const [editing, setEditing] = useState<Macro | 'new' | null>(null)
  const setArchived = (macro: Macro, archived: boolean) =>
    void attempt(
      () => call('PATCH', `/macros/${macro.id}`, { body: { archived } }),
      say(archived ? 'admin.archived' : 'admin.restored', { name: macro.name }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.macros')}
      about={say('macros.about')}
      changesOf="macro"
      action={
        <Button weight="primary" onClick={() => setEditing('new')}>
          {say('macros.add')}
        </Button>
      }
    >
      <Find filter={filter} onChange={setFilter} />
      <DataTable
        label={say('admin.macros')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say(q.trim() === '' && folder === null ? 'macros.empty' : 'macros.noneFit')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('field.name'),
            render: ({ name, message, change, folder: lies, files }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>{name}</span>
                {message && <span className={styles['muted']}>{plain(message.body)}</span>}
                {words(change).length > 0 && (
                  <span className={styles['muted']}>{words(change).join(' · ')}</span>
                )}
                {besideText({ folder: lies, message, files }).map((line) => (
                  <span key={line} className={styles['muted']}>
                    {line}
                  </span>
                ))}
              </span>
            ),
          },
          {
            name: say('views.scope'),
            narrow: true,
            render: ({ scope, team }) => team?.name ?? say(`macroScope.${scope}`),
          },
          { name: say('macros.uses'), narrow: true, end: true, render: ({ uses }) => number(uses) },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (macro) =>
              macro.mine && (
                <span className={styles['buttons']}>
                  <Button weight="quiet" onClick={() => setEditing(macro)}>
                    {say('action.edit')}
                  </Button>
                  <Button weight="quiet" onClick={() => setArchived(macro, !macro.archived)}>
                    {say(macro.archived ? 'action.restore' : 'action.archive')}
                  </Button>
                </span>
              ),
          },
        ]}
      />
      {editing && (
        <MacroForm
          macro={editing === 'new' ? null : editing}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

type Filter = { readonly q: string; readonly folder: string | null }

function Find({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }) {
  const folders = foldersOf(useMacros())
  return (
    <search className={own['find']}>
      <TextField
        label={say('macros.search')}
        type="search"
        value={filter.q}
        onChange={(event) => onChange({ ...filter, q: event.target.value })}
      />
      {folders.length > 0 && (
        <SelectField
          label={say('macros.folder')}
          value={filter.folder === null ? '' : `=${filter.folder}`}
          onChange={({ target: { value } }) =>
            onChange({ ...filter, folder: value === '' ? null : value.slice(1) })
          }
          options={[
            { value: '', label: say('articles.any') },
            { value: '=', label: say('macros.folderNone') },
            ...folders.map((each) => ({ value: `=${each}`, label: each.replaceAll('/', ' / ') })),
          ]}
        />
      )}
    </search>
  )
}

/** Where it lies, in which languages it speaks, and what goes with it. */
function besideText({ folder, message, files }: Pick<Macro, 'folder' | 'message' | 'files'>): string[] {
  const parts = [
    folder === '' ? '' : say('macros.in', { folder: folder.replaceAll('/', ' / ') }),
    ...Object.keys(message?.texts ?? {}).map(languageName),
    ...files.map(({ name }) => name),
  ].filter(Boolean)
  return parts.length === 0 ? [] : [parts.join(' · ')]
}

function plain(html: string): string {
  const text = html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
