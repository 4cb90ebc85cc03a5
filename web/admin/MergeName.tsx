// Making two categories or two tags one: what goes along is shown first, and the merge can be taken back from the last changes.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { NameUses } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, SelectField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { notify } from '../state/toasts.ts'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { attempt, useSave } from './saving.ts'
import { Uses } from './Uses.tsx'

type Named = { readonly id: number; readonly name: string }
type Props = {
  noun: 'categories' | 'tags'
  from: Named
  others: readonly Named[]
  onClose: () => void
}

export function MergeName({ noun, from, others, onClose }: Props) {
  const uses = useQuery({
    queryKey: [noun, 'uses', from.id],
    queryFn: () => call<NameUses>('GET', `/${noun}/${from.id}/uses`),
    staleTime: 0,
  })
  const [into, setInto] = useState('')
  const { save, busy, errors, general } = useSave(onClose)
  const name = others.find(({ id }) => String(id) === into)?.name ?? ''
  const takeBack = () =>
    void attempt(
      () => call('POST', `/${noun}/${from.id}/unmerge`, { body: {} }),
      say('mergeName.undone', { name: from.name }),
      onClose,
    )
  const merge = () =>
    void save(async () => {
      await call('POST', `/${noun}/${from.id}/merge`, { body: { into: Number(into) } })
      notify({
        title: say('mergeName.done', { name: from.name, into: name }),
        action: { label: say('mergeName.undo'), run: takeBack },
      })
    }, null)
  const { items = [], tickets = 0, closed = 0 } = uses.data ?? {}
  return (
    <Modal
      title={say('mergeName.title', { name: from.name })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" disabled={busy || into === '' || uses.data === undefined} onClick={merge}>
            {say('mergeName.action')}
          </Button>
        </>
      }
    >
      <FormProblem text={general ?? (uses.error && say('list.failed'))} />
      <p>{say(noun === 'categories' ? 'mergeName.aboutCategory' : 'mergeName.aboutTag')}</p>
      <SelectField
        label={say('mergeName.into')}
        value={into}
        error={errors['into']}
        onChange={({ target }) => setInto(target.value)}
        options={[
          { value: '', label: say('mergeName.choose') },
          ...others
            .filter(({ id }) => id !== from.id)
            .map(({ id, name: label }) => ({ value: String(id), label: label.replaceAll('/', ' / ') })),
        ]}
      />
      {uses.data && (
        <p role="status">
          {say('mergeName.tickets', { count: tickets })}{' '}
          {noun === 'categories' && closed > 0 && say('mergeName.closed', { count: closed })}
        </p>
      )}
      {items.length > 0 && <p>{say('mergeName.uses')}</p>}
      <Uses items={items} />
    </Modal>
  )
}
