// What the tickets and replies of a mailbox are like: team, brand, names, signature, who joins by Cc, when to warn.
import { useQuery } from '@tanstack/react-query'
import { type FormEvent } from 'react'

import type { Mailbox, MailboxPatch } from '../../../src/api/contract/mailboxes.ts'
import type { NameRef, Page } from '../../../src/api/contract/shapes.ts'
import { Button } from '../../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import { useTeams } from '../../wire/desk.ts'
import mail from './mail.module.css'
import { useSave } from '../saving.ts'

export function DefaultsSection({ mailbox, onSaved }: { mailbox: Mailbox; onSaved: () => void }) {
  const teams = useTeams().filter(({ archived }) => !archived)
  const brands = useQuery({ queryKey: ['brands'], queryFn: () => call<Page<NameRef>>('GET', '/brands') })
  const { save, busy, errors, general } = useSave(onSaved)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const body: MailboxPatch = {
      name: text('name'),
      fromName: text('fromName'),
      team: text('team') === '' ? null : Number(text('team')),
      ...(text('brand') === '' ? {} : { brand: Number(text('brand')) }),
      language: text('language') || null,
      signature: String(form.get('signature') ?? ''),
      ccFromMail: text('ccFromMail') as Mailbox['ccFromMail'],
      trustForwards: form.has('trustForwards'),
      alertAfterMinutes: Number(text('alertAfterMinutes')),
    }
    void save(() => call('PATCH', `/mailboxes/${mailbox.id}`, { body }), say('mailbox.saved'))
  }
  const named = ({ id, name }: NameRef) => ({ value: String(id), label: name })
  const { items: allBrands = [mailbox.brand] } = brands.data ?? {}
  return (
    <section className={mail['section']} aria-label={say('mailbox.defaults')}>
      <h2>{say('mailbox.defaults')}</h2>
      {/* Drawn anew when the lists are there, so that the chosen team is among them. */}
      <form key={`${teams.length}-${allBrands.length}`} onSubmit={submit}>
        <FormProblem text={general} />
        <div className={mail['row']}>
          <TextField
            label={say('mailbox.name')}
            name="name"
            required
            defaultValue={mailbox.name}
            error={errors['name']}
          />
          <TextField
            label={say('mailbox.fromName')}
            help={say('mailbox.fromNameHelp')}
            name="fromName"
            defaultValue={mailbox.fromName}
          />
        </div>
        <div className={mail['row']}>
          <SelectField
            label={say('mailbox.team')}
            name="team"
            defaultValue={String(mailbox.team?.id ?? '')}
            options={[{ value: '', label: say('mailbox.noTeam') }, ...teams.map(named)]}
          />
          <SelectField
            label={say('mailbox.brand')}
            name="brand"
            defaultValue={String(mailbox.brand.id)}
            options={allBrands.map(named)}
          />
          <TextField
            label={say('mailbox.language')}
            help={say('mailbox.languageHelp')}
            name="language"
            defaultValue={mailbox.language ?? ''}
          />
        </div>
        <TextArea label={say('mailbox.signature')} name="signature" defaultValue={mailbox.signature} />
        <SelectField
          label={say('mailbox.cc')}
          name="ccFromMail"
          defaultValue={mailbox.ccFromMail}
          options={(['add', 'suggest', 'ignore'] as const).map((value) => ({
            value,
            label: say(`mailbox.cc.${value}`),
          }))}
        />
        <CheckField
          label={say('mailbox.forwards')}
          name="trustForwards"
          defaultChecked={mailbox.trustForwards}
        />
        <TextField
          label={say('mailbox.alert')}
          name="alertAfterMinutes"
          type="number"
          min={1}
          max={10_080}
          defaultValue={mailbox.alertAfterMinutes}
        />
        <div className={mail['actions']}>
          <Button weight="primary" type="submit" disabled={busy}>
            {say('mailbox.save')}
          </Button>
        </div>
      </form>
    </section>
  )
}
