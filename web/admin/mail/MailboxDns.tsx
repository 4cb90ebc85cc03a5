// What the mailbox's domain publishes about its mail, beside what it should; and a signing key of the desk's own.
import { type FormEvent } from 'react'

import type { Mailbox, MailboxPatch } from '../../../src/api/contract/mailboxes.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, TextField } from '../../parts/Form.tsx'
import { say } from '../../words/say.ts'
import { call } from '../../wire/call.ts'
import styles from '../admin.module.css'
import { Checks, useChecks } from './MailboxChecks.tsx'
import mail from './mail.module.css'
import { useSave } from '../saving.ts'

export function DnsSection({ mailbox, onSaved }: { mailbox: Mailbox; onSaved: () => void }) {
  const checks = useChecks(mailbox.id, 'dns')
  const { save, busy, errors, general } = useSave(onSaved)
  const set = (body: MailboxPatch) =>
    void save(() => call('PATCH', `/mailboxes/${mailbox.id}`, { body }), say('mailbox.saved'))
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    set({ dkim: { selector: String(new FormData(event.currentTarget).get('selector')).trim() } })
  }
  return (
    <section className={mail['section']} aria-label={say('mailbox.dns')}>
      <h2>{say('mailbox.dns')}</h2>
      <p>{say('mailbox.dnsHelp')}</p>
      <Button disabled={checks.busy} onClick={() => void checks.run()}>
        {say(checks.busy ? 'mailbox.checking' : 'mailbox.check')}
      </Button>
      <Checks result={checks.result} />
      <form onSubmit={submit}>
        <FormProblem text={general} />
        {mailbox.dkim === null ? (
          <TextField
            label={say('mailbox.dkim')}
            help={say('mailbox.dkimHelp')}
            name="selector"
            placeholder={say('mailbox.selector')}
            defaultValue="docket"
            required
            error={errors['dkim.selector']}
          />
        ) : (
          <p className={styles['muted']}>
            {`${mailbox.dkim.selector}._domainkey.${mailbox.dkim.domain}`}
            {checks.result === null && (
              <>
                <br />
                <code className={mail['record']}>{mailbox.dkim.record}</code>
              </>
            )}
          </p>
        )}
        <div className={mail['actions']}>
          {mailbox.dkim === null ? (
            <Button type="submit" disabled={busy}>
              {say('mailbox.dkimOn')}
            </Button>
          ) : (
            <Button disabled={busy} onClick={() => set({ dkim: null })}>
              {say('mailbox.dkimOff')}
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}
