// The form of one person: who they are, how to reach them, and, for one who is there, their addresses and who may be the same.
import type { FormEvent } from 'react'

import type { NewPerson, Person } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextArea, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { PersonAddresses } from './PersonAddresses.tsx'
import { PersonPortal } from './PersonPortal.tsx'
import { useSave } from './saving.ts'

/** A person, or one to be. */
export function PersonForm({
  person,
  onJoined,
  onClose,
}: {
  person: Person | null
  onJoined: (person: Person) => void
  onClose: () => void
}) {
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const orNull = (name: string) => text(name) || null
    const body: Omit<NewPerson, 'email'> = {
      ...(text('name') === '' ? {} : { name: text('name') }),
      phone: orNull('phone'),
      language: orNull('language'),
      timeZone: orNull('timeZone'),
      notes: orNull('notes'),
      organization: orNull('organization'),
    }
    if (person === null) {
      const added = { ...body, email: text('email') }
      void save(
        () => call('POST', '/people', { body: added }),
        say('people.added', { name: added.name ?? added.email }),
      )
      return
    }
    void save(
      () => call('PATCH', `/people/${person.id}`, { body }),
      say('admin.saved', { name: person.name || person.email }),
    )
  }
  return (
    <Modal
      title={person === null ? say('people.add') : person.name || person.email}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="person" disabled={busy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <form id="person" onSubmit={submit}>
        <FormProblem text={general} />
        {person === null && (
          <TextField
            label={say('people.email')}
            name="email"
            inputMode="email"
            required
            error={errors['email']}
          />
        )}
        <TextField label={say('field.name')} name="name" defaultValue={person?.name} error={errors['name']} />
        <TextField
          label={say('people.organization')}
          name="organization"
          help={say('people.organizationHelp')}
          defaultValue={person?.organization?.name}
          error={errors['organization']}
        />
        <TextField
          label={say('people.phone')}
          name="phone"
          type="tel"
          defaultValue={person?.phone ?? ''}
          error={errors['phone']}
        />
        <TextField
          label={say('people.language')}
          name="language"
          placeholder="de"
          defaultValue={person?.language ?? ''}
          error={errors['language']}
        />
        <TextField
          label={say('settings.timeZone')}
          name="timeZone"
          placeholder="Europe/Berlin"
          defaultValue={person?.timeZone ?? ''}
          error={errors['timeZone']}
        />
        <TextArea
          label={say('people.notes')}
          name="notes"
          defaultValue={person?.notes ?? ''}
          error={errors['notes']}
        />
      </form>
      {person !== null && <PersonAddresses person={person} onJoined={onJoined} />}
      {person !== null && <PersonPortal person={person} />}
    </Modal>
  )
}
