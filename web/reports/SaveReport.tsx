// Keeps the board as it is set now under a name, or changes a report that is kept.
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import type { SavedReport } from '../../src/api/contract/saved.ts'
import type { ViewScope } from '../../src/api/contract/views.ts'
import type { Board } from '../../src/reporting/boards.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, SelectField, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../state/toasts.ts'
import { CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { useTeams } from '../wire/desk.ts'
import { useMay } from '../wire/session.ts'
import { say, sayName } from '../words/say.ts'
import styles from './reports.module.css'
import { deleteReport, keepReport } from './saved.ts'
import { keptOf, type ReportSearch } from './search.ts'

type Props = {
  board: Board
  search: ReportSearch
  opened: SavedReport | undefined
  onClose: () => void
  onSaved: (report: SavedReport) => void
}

export function SaveReport({ board, search, opened, onClose, onSaved }: Props) {
  const mayShare = useMay('views.share')
  const teams = useTeams().filter(({ archived }) => !archived)
  const navigate = useNavigate()
  const own = opened?.mine === true ? opened : undefined
  const [scope, setScope] = useState<ViewScope>(own?.scope ?? 'personal')
  const [failure, setFailure] = useState<unknown>(null)
  const errors = fieldErrors(failure)
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const asNew = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'new'
    try {
      const saved = await keepReport(asNew ? null : (own?.id ?? null), {
        name: String(form.get('name') ?? '').trim(),
        scope,
        team: scope === 'team' ? Number(form.get('team')) : null,
        ...keptOf(board, search),
      })
      notify({ title: say('savedReports.saved', { name: saved.name }) })
      onClose()
      onSaved(saved)
    } catch (error) {
      setFailure(error)
    }
  }
  const remove = async (report: SavedReport) => {
    try {
      await deleteReport(report.id)
      notify({ title: say('savedReports.deleted', { name: report.name }) })
      onClose()
      void navigate({ to: '/reports/$board', params: { board }, search: { ...search, saved: undefined } })
    } catch (error) {
      setFailure(error)
    }
  }
  const isOfField = failure instanceof CallFailed && errors['name'] !== undefined
  return (
    <Modal
      title={say('savedReports.title')}
      open
      onClose={onClose}
      actions={
        <>
          {own && (
            <Button weight="danger" onClick={() => void remove(own)}>
              {say('savedReports.delete')}
            </Button>
          )}
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          {own && (
            <Button type="submit" form="saved-report" name="as" value="new">
              {say('savedReports.asNew')}
            </Button>
          )}
          <Button weight="primary" type="submit" form="saved-report">
            {say('action.save')}
          </Button>
        </>
      }
    >
      <form id="saved-report" onSubmit={(event) => void save(event)}>
        <FormProblem text={failure && !isOfField ? reasonOf(failure) : null} />
        <p className={styles['summary']}>{say('savedReports.about', { board: sayName('board', board) })}</p>
        <TextField
          label={say('field.name')}
          name="name"
          required
          maxLength={200}
          defaultValue={own?.name}
          error={errors['name']}
        />
        {mayShare && (
          <SelectField
            label={say('views.scope')}
            value={scope}
            onChange={({ target }) => setScope(target.value as ViewScope)}
            options={(['personal', 'team', 'shared'] as const).map((value) => ({
              value,
              label: say(`savedReports.scope.${value}`),
            }))}
          />
        )}
        {scope === 'team' && (
          <SelectField
            label={say('property.team')}
            name="team"
            defaultValue={own?.team?.id}
            options={teams.map(({ id, name }) => ({ value: String(id), label: name }))}
          />
        )}
      </form>
    </Modal>
  )
}
