// Forms: what customers are asked, each at an address of its own.
import { Link, useNavigate } from '@tanstack/react-router'

import type { Form } from '../../../src/api/contract/forms.ts'
import { Button } from '../../parts/Button.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import styles from '../admin.module.css'
import { DataTable, Page } from '../Page.tsx'
import { attempt } from '../saving.ts'
import { usePages } from '../usePages.ts'

export function Forms() {
  const pages = usePages<Form>('forms', { archived: 'true' })
  const navigate = useNavigate()
  const setArchived = (form: Form, archived: boolean) =>
    void attempt(
      () => call('PATCH', `/forms/${form.id}`, { body: { archived } }),
      say(archived ? 'admin.archived' : 'admin.restored', { name: form.title }),
      pages.reload,
    )
  return (
    <Page
      title={say('admin.forms')}
      about={say('forms.about')}
      changesOf="form"
      action={
        <Button
          weight="primary"
          onClick={() => void navigate({ to: '/admin/forms/$formId', params: { formId: 'new' } })}
        >
          {say('forms.add')}
        </Button>
      }
    >
      <DataTable
        label={say('admin.forms')}
        pages={pages}
        keyOf={({ id }) => id}
        empty={say('forms.empty')}
        dim={({ archived }) => archived}
        columns={[
          {
            name: say('forms.title'),
            render: ({ id, title, key }) => (
              <span className={styles['main2']}>
                <Link to="/admin/forms/$formId" params={{ formId: String(id) }}>
                  {title}
                </Link>
                <span className={styles['muted']}>/forms/{key}</span>
              </span>
            ),
          },
          {
            name: say('forms.goesTo'),
            render: ({ team, category }) =>
              [team?.name, category?.replaceAll('/', ' / ')].filter(Boolean).join(' · ') || '–',
          },
          { name: say('forms.asks'), narrow: true, end: true, render: ({ questions }) => questions.length },
          {
            name: say('admin.actions'),
            end: true,
            narrow: true,
            render: (form) => (
              <span className={styles['buttons']}>
                {!form.archived && (
                  <Button
                    weight="quiet"
                    onClick={() => window.open(`/forms/${form.key}`, '_blank', 'noopener')}
                  >
                    {say('forms.fill')}
                  </Button>
                )}
                <Button weight="quiet" onClick={() => setArchived(form, !form.archived)}>
                  {say(form.archived ? 'action.restore' : 'action.archive')}
                </Button>
              </span>
            ),
          },
        ]}
      />
    </Page>
  )
}
