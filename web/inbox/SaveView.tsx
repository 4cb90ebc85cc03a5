// Saves what the list shows as a view, or changes a saved one: its name, who sees it, search, order and grouping.
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { TicketSort } from '../../src/api/contract/tickets.ts'
import type { GroupKey, SavedView, ViewScope } from '../../src/api/contract/views.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../state/toasts.ts'
import { groups, sorts } from '../state/views.ts'
import { say } from '../words/say.ts'
import { CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { useTeams } from '../wire/desk.ts'
import { useMay } from '../wire/session.ts'
import { deleteView, saveView } from '../wire/views.ts'

type Draft = { query: string; sort: TicketSort | undefined; group: GroupKey | undefined }
type Props = { view: SavedView | null; draft: Draft; onClose: () => void }

export function SaveView({ view, draft, onClose }: Props) {
  const mayShare = useMay('views.share')
  const teams = useTeams().filter(({ archived }) => !archived)
  const navigate = useNavigate()
  const [scope, setScope] = useState<ViewScope>(view?.scope ?? 'personal')
  const [failure, setFailure] = useState<unknown>(null)
  const errors = fieldErrors(failure)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    try {
      const saved = await saveView(view?.id ?? null, {
        name: text('name'),
        scope,
        team: scope === 'team' ? Number(text('team')) : null,
        query: text('query'),
        sort: (text('sort') || null) as TicketSort | null,
        groupBy: (text('group') || null) as GroupKey | null,
      })
      notify({ title: say('views.saved', { name: saved.name }) })
      onClose()
      void navigate({ to: '/inbox/$view', params: { view: `view-${saved.id}` } })
    } catch (error) {
      setFailure(error)
    }
  }
  const remove = async () => {
    if (!view) return
    try {
      await deleteView(view.id)
      notify({ title: say('views.deleted', { name: view.name }) })
      onClose()
      void navigate({ to: '/inbox/$view', params: { view: 'mine' } })
    } catch (error) {
      setFailure(error)
    }
  }
  const general =
    failure && !(failure instanceof CallFailed && failure.problem.errors?.length) ? reasonOf(failure) : null
  const scopes = mayShare ? (['personal', 'team', 'shared'] as const) : (['personal'] as const)
  return (
    <Modal
      title={say(view ? 'views.edit' : 'views.save')}
      open
      onClose={onClose}
      actions={
        <>
          {view && (
            <Button weight="danger" onClick={() => void remove()}>
              {say('views.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="view">
            {say('views.do')}
          </Button>
        </>
      }
    >
      <form id="view" onSubmit={(event) => void save(event)}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          required
          maxLength={200}
          defaultValue={view?.name}
          error={errors['name']}
        />
        <TextField
          label={say('views.query')}
          name="query"
          defaultValue={view?.query ?? draft.query}
          help={say('views.queryHelp')}
          error={errors['query']}
          spellCheck={false}
        />
        <SelectField
          label={say('list.sort')}
          name="sort"
          defaultValue={(view ? view.sort : draft.sort) ?? ''}
          options={[
            { value: '', label: say('sort.updated') },
            ...sorts.filter((id) => id !== 'updated').map((id) => ({ value: id, label: say(`sort.${id}`) })),
          ]}
        />
        <SelectField
          label={say('list.group')}
          name="group"
          defaultValue={(view ? view.groupBy : draft.group) ?? ''}
          options={[
            { value: '', label: say('group.none') },
            ...groups.map((id) => ({ value: id, label: say(`group.${id}`) })),
          ]}
        />
        {scopes.length > 1 && (
          <SelectField
            label={say('views.scope')}
            value={scope}
            onChange={(event) => setScope(event.target.value as ViewScope)}
            options={scopes.map((value) => ({ value, label: say(`scope.${value}`) }))}
            error={errors['scope']}
          />
        )}
        {scope === 'team' && (
          <SelectField
            label={say('property.team')}
            name="team"
            defaultValue={view?.team?.id}
            options={teams.map(({ id, name }) => ({ value: String(id), label: name }))}
            error={errors['team']}
          />
        )}
      </form>
    </Modal>
  )
}
