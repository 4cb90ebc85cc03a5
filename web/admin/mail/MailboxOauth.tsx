// Consent at a provider: which application asks, and the way there.
import { useState } from 'react'

import type { Detected, Mailbox, MailboxPatch } from '../../../src/api/contract/mailboxes.ts'
import { Button } from '../../parts/Button.tsx'
import { SelectField, TextField } from '../../parts/Form.tsx'
import { notify } from '../../state/toasts.ts'
import { say } from '../../words/say.ts'
import { call, reasonOf } from '../../wire/call.ts'
import styles from '../admin.module.css'
import mail from './mail.module.css'

type Props = { mailbox: Mailbox; provider?: Detected['oauth'] }

export function OauthFields({ mailbox, provider: usual = null }: Props) {
  const [provider, setProvider] = useState<string>(mailbox.oauth?.provider ?? usual ?? 'google')
  const connect = async () => {
    try {
      const { url } = await call<{ url: string }>('POST', `/mailboxes/${mailbox.id}/oauth`, { body: {} })
      window.location.assign(url)
    } catch (error) {
      notify({ kind: 'error', title: say('admin.failed'), detail: reasonOf(error) })
    }
  }
  return (
    <fieldset className={styles['checks']}>
      <legend>{say('mailbox.oauthClient')}</legend>
      <div className={mail['row']}>
        <SelectField
          label={say('mailbox.provider')}
          name="provider"
          value={provider}
          onChange={(event) => setProvider(event.target.value)}
          options={(['google', 'microsoft', 'custom'] as const).map((value) => ({
            value,
            label: say(`mailbox.provider.${value}`),
          }))}
        />
        <TextField
          label={say('mailbox.clientId')}
          name="clientId"
          required
          defaultValue={mailbox.oauth?.clientId ?? ''}
        />
        <TextField
          label={say('mailbox.clientSecret')}
          help={mailbox.has.clientSecret ? say('mailbox.keptSecret') : undefined}
          name="clientSecret"
          type="password"
          autoComplete="new-password"
        />
      </div>
      {provider === 'custom' && (
        <div className={mail['row']}>
          <TextField label={say('mailbox.authorizeUrl')} name="authorizeUrl" type="url" required />
          <TextField label={say('mailbox.tokenUrl')} name="tokenUrl" type="url" required />
          <TextField label={say('mailbox.scope')} name="scope" />
        </div>
      )}
      {mailbox.oauth !== null && (
        <div className={mail['actions']}>
          <Button onClick={() => void connect()}>{say('mailbox.connect')}</Button>
          <span className={styles['muted']}>
            {say(mailbox.oauth.connected ? 'mailbox.connected' : 'mailbox.connectHelp')}
          </span>
        </div>
      )}
    </fieldset>
  )
}

/** The part of a patch that the fields above make. */
export function oauthOf(form: FormData): Pick<MailboxPatch, 'oauth' | 'clientSecret'> {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const provider = text('provider') as 'google' | 'microsoft' | 'custom'
  const urls = { authorizeUrl: text('authorizeUrl'), tokenUrl: text('tokenUrl'), scope: text('scope') }
  return {
    oauth: { provider, clientId: text('clientId'), ...(provider === 'custom' ? urls : {}) },
    ...(text('clientSecret') === '' ? {} : { clientSecret: text('clientSecret') }),
  }
}
