// Roles: those of the desk's own, and every right of every role side by side.
import { useState } from 'react'

import type { CustomRole } from '../../../src/api/contract/roles.ts'
import { Button } from '../../parts/Button.tsx'
import { call } from '../../wire/call.ts'
import { useMay } from '../../wire/session.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'
import { Matrix } from './Matrix.tsx'
import { RoleForm } from './RoleForm.tsx'
import { useBrandNames, useMailboxNames } from './SightFields.tsx'

export function Roles() {
  const pages = usePages<CustomRole>('roles', { archived: 'true' })
  const [editing, setEditing] = useState<CustomRole | 'new' | null>(null)
  const limitsOf = useLimits()
  const mayWrite = useMay('roles.write')
  const archive = ({ id, name }: CustomRole, archived: boolean) =>
    void attempt(
      () => call('PATCH', `/roles/${id}`, { body: { archived } }),
      say(archived ? 'roles.archived' : 'admin.restored', { name }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.roles')}
      about={say('roles.about')}
      changesOf="role"
      action={
        mayWrite && (
          <Button weight="primary" onClick={() => setEditing('new')}>
            {say('roles.add')}
          </Button>
        )
      }
    >
      <DataTable
        label={say('admin.roles')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('roles.empty')}
        dim={({ archived }) => archived}
        columns={[
          { name: say('field.name'), render: ({ name }) => <span className={styles['strong']}>{name}</span> },
          {
            name: say('roles.gives'),
            narrow: true,
            render: ({ actions }) => say('roles.count', { count: actions.length }),
          },
          { name: say('roles.sees'), render: limitsOf },
          { name: say('roles.holders'), narrow: true, render: ({ agents }) => agents },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (role) =>
              mayWrite && (
                <span className={styles['buttons']}>
                  <Button weight="quiet" onClick={() => setEditing(role)}>
                    {say('action.edit')}
                  </Button>
                  <Button weight="quiet" onClick={() => archive(role, !role.archived)}>
                    {say(role.archived ? 'action.restore' : 'action.archive')}
                  </Button>
                </span>
              ),
          },
        ]}
      />
      <Matrix own={pages.items} />
      {editing && (
        <RoleForm
          role={editing === 'new' ? null : editing}
          onClose={() => {
            setEditing(null)
            pages.reload()
          }}
        />
      )}
    </Page>
  )
}

/** What a role's holders see, in words. */
function useLimits(): (role: CustomRole) => string {
  const [brands, mailboxes] = [useBrandNames(), useMailboxNames()]
  return ({ limits: { brandIds, mailboxIds } }) => {
    if (brandIds === null && mailboxIds === null) return say('roles.everything')
    const named = [
      ...brands.filter(({ id }) => brandIds?.includes(id)),
      ...mailboxes.filter(({ id }) => mailboxIds?.includes(id)),
    ]
    return say('roles.only', { names: named.map(({ name }) => name).join(', ') || say('roles.none') })
  }
}
