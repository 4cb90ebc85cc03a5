// A person's own preferences: how the app looks, the keyboard, what follows sending, name and password.
import { type FormEvent, useState } from 'react'
import { Link } from '@tanstack/react-router'

import type { MePatch } from '../../src/api/contract.ts'
import { loadAccount } from '../account/lazy.ts'
import { Button } from '../parts/Button.tsx'
import { CheckField, FormProblem, SelectField, TextArea, TextField } from '../parts/Form.tsx'
import { prefer, type Preferences, usePreference } from '../state/preferences.ts'
import { useTitle } from '../state/title.ts'
import { notify } from '../state/toasts.ts'
import { lazily } from '../parts/lazily.tsx'
import { loadRouting } from '../routing/lazy.ts'
import { say } from '../words/say.ts'
import { CallFailed, fieldErrors, reasonOf } from '../wire/call.ts'
import { patchMe, useMe } from '../wire/session.ts'
import { Keys } from './Keys.tsx'
import { Picture } from './Picture.tsx'
import styles from './me.module.css'

const Identities = lazily(() => loadAccount().then((all) => all.Identities))
const Factors = lazily(() => loadAccount().then((all) => all.Factors))
const Sessions = lazily(() => loadAccount().then((all) => all.Sessions))
const ToQueues = lazily(() => loadRouting().then((all) => all.ToQueues))

/** Speaks a language from now on; the desk's mails to this agent do, too. */
async function speak(language: Preferences['language']) {
  prefer({ language })
  try {
    await patchMe({ language: language === 'system' ? null : language })
    location.reload()
  } catch (error) {
    notify({ kind: 'error', title: say('me.languageFailed'), detail: reasonOf(error) })
  }
}

export function Me() {
  useTitle([say('me.title')])
  const theme = usePreference('theme')
  const density = usePreference('density')
  const spoken = usePreference('language')
  const singleKeys = usePreference('singleKeys')
  const afterSend = usePreference('afterSend')
  return (
    <main className={styles['page']} id="conversation" tabIndex={-1}>
      <h1 className={styles['title']}>{say('me.title')}</h1>
      <section className={styles['section']}>
        <h2>{say('me.look')}</h2>
        <SelectField
          label={say('me.theme')}
          value={theme}
          onChange={(event) => prefer({ theme: event.target.value as Preferences['theme'] })}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: say(`theme.${value}`),
          }))}
        />
        <SelectField
          label={say('me.language')}
          value={spoken}
          help={say('me.languageHelp')}
          onChange={(event) => void speak(event.target.value as Preferences['language'])}
          options={[
            { value: 'system', label: say('me.languageSystem') },
            { value: 'en', label: 'English' },
            { value: 'de', label: 'Deutsch' },
          ]}
        />
        <SelectField
          label={say('me.density')}
          value={density}
          onChange={(event) => prefer({ density: event.target.value as Preferences['density'] })}
          options={(['comfortable', 'dense'] as const).map((value) => ({
            value,
            label: say(`list.${value}`),
          }))}
        />
      </section>
      <section className={styles['section']}>
        <h2>{say('me.work')}</h2>
        <SelectField
          label={say('me.afterSend')}
          value={afterSend}
          onChange={(event) => prefer({ afterSend: event.target.value as Preferences['afterSend'] })}
          options={(['stay', 'next', 'list'] as const).map((value) => ({
            value,
            label: say(`afterSend.${value}`),
          }))}
        />
        <CheckField
          label={say('me.singleKeys')}
          help={say('me.singleKeysHelp')}
          checked={singleKeys}
          onChange={(event) => prefer({ singleKeys: event.target.checked })}
        />
        <ChatChoices />
        <DesktopNews />
      </section>
      <Keys />
      <Account />
      <Factors />
      <Identities />
      <Sessions />
      <div className={styles['phone']}>
        <ToQueues />
        <Link to="/admin">{say('rail.admin')}</Link>
      </div>
    </main>
  )
}

function ChatChoices() {
  const enterSends = usePreference('enterSends')
  const chatSound = usePreference('chatSound')
  return (
    <>
      <CheckField
        label={say('me.enterSends')}
        help={say('me.enterSendsHelp')}
        checked={enterSends}
        onChange={(event) => prefer({ enterSends: event.target.checked })}
      />
      <CheckField
        label={say('me.chatSound')}
        checked={chatSound}
        onChange={(event) => prefer({ chatSound: event.target.checked })}
      />
    </>
  )
}

/** The browser asks once; when it said no, only its own settings can change that. */
function DesktopNews() {
  const wanted = usePreference('desktopNews')
  const [refused, setRefused] = useState(false)
  if (!('Notification' in window)) return null
  const turn = async (on: boolean) => {
    const allowed = !on || (await Notification.requestPermission()) === 'granted'
    setRefused(!allowed)
    prefer({ desktopNews: on && allowed })
  }
  return (
    <CheckField
      label={say('me.desktopNews')}
      help={say(refused ? 'me.desktopRefused' : 'me.desktopHelp')}
      checked={wanted}
      onChange={(event) => void turn(event.target.checked)}
    />
  )
}

function Account() {
  const me = useMe()
  const [failure, setFailure] = useState<unknown>(null)
  const errors = fieldErrors(failure)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const data = new FormData(form)
    const text = (name: string) => String(data.get(name) ?? '')
    const body: MePatch = {
      ...(text('name').trim() === me.name ? {} : { name: text('name').trim() }),
      ...(text('signature').trim() === me.signature ? {} : { signature: text('signature').trim() }),
      ...(text('newPassword')
        ? { currentPassword: text('currentPassword'), newPassword: text('newPassword') }
        : {}),
    }
    if (Object.keys(body).length === 0) return
    try {
      await patchMe(body)
      setFailure(null)
      for (const input of form.querySelectorAll<HTMLInputElement>('input[type=password]')) input.value = ''
      notify({ title: say('me.saved') })
    } catch (error) {
      setFailure(error)
    }
  }
  const general =
    failure && !(failure instanceof CallFailed && failure.problem.errors?.length) ? reasonOf(failure) : null
  return (
    <section className={styles['section']}>
      <h2>{say('me.account')}</h2>
      <Picture />
      <form onSubmit={(event) => void submit(event)}>
        <FormProblem text={general} />
        <TextField
          label={say('field.name')}
          name="name"
          defaultValue={me.name}
          required
          error={errors['name']}
        />
        <TextArea
          label={say('me.signature')}
          name="signature"
          rows={3}
          maxLength={2000}
          defaultValue={me.signature}
          help={say('me.signatureHelp')}
          error={errors['signature']}
        />
        <TextField
          label={say('me.currentPassword')}
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          error={errors['currentPassword']}
        />
        <TextField
          label={say('me.newPassword')}
          name="newPassword"
          type="password"
          minLength={10}
          autoComplete="new-password"
          help={say('field.passwordHelp')}
          error={errors['newPassword']}
        />
        <Button type="submit">{say('action.save')}</Button>
      </form>
    </section>
  )
}
