// Macros and canned replies: a text, changes, or both, for oneself, a team or everybody.
import { useState } from 'react'

import type { Macro } from '../../src/api/contract/macros.ts'
import { Button } from '../parts/Button.tsx'
import { useChangeWords } from '../parts/change-words.ts'
import { number } from '../parts/time.ts'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { MacroForm } from './MacroForm.tsx'
import { DataTable, Page } from './Page.tsx'
import { attempt } from './saving.ts'
import { usePages } from './usePages.ts'

export function Macros() {
  const pages = usePages<Macro>('macros', { archived: 'true' })
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
      <DataTable
        label={say('admin.macros')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('macros.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('field.name'),
            render: ({ name, message, change }) => (
              <span className={styles['main2']}>
                <span className={styles['strong']}>{name}</span>
                {message && <span className={styles['muted']}>{plain(message.body)}</span>}
                {words(change).length > 0 && (
                  <span className={styles['muted']}>{words(change).join(' · ')}</span>
                )}
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

function plain(html: string): string {
  const text = html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}
