// Adds a section to the draft: rules run section by section.
import type { FormEvent } from 'react'

import type { RuleItem, Rulebook } from '../../../src/api/contract/rules.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { useSave } from '../saving.ts'
import { keyOf } from './model.ts'
import { reloadRules } from './wire.ts'

type Props = { book: Rulebook; rules: readonly RuleItem[]; onClose: () => void }

export function SectionForm({ book, rules, onClose }: Props) {
  const { save, busy, errors, general } = useSave(() => {
    void reloadRules()
    onClose()
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const title = String(new FormData(event.currentTarget).get('title')).trim()
    const sections = [...book.sections, { key: keyOf(title) || `section-${book.sections.length + 1}`, title }]
    const body = { sections, rules: rules.map(({ id, section }) => ({ id, section })) }
    void save(() => call('PUT', '/rules/order', { body }), say('admin.added', { name: title }))
  }
  return (
    <Modal
      title={say('rules.addSection')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="section" disabled={busy}>
            {say('rules.addSection')}
          </Button>
        </>
      }
    >
      <form id="section" onSubmit={submit}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="title"
          required
          maxLength={100}
          error={errors['sections']}
        />
      </form>
    </Modal>
  )
}
