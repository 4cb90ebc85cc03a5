// One's own passkeys: made here, named, removed.
import { type FormEvent, useState } from 'react'

import type { Factors, Passkey } from '../../src/api/contract/account.ts'
import { Button } from '../parts/Button.tsx'
import { FormProblem, TextField } from '../parts/Form.tsx'
import { Modal } from '../parts/Modal.tsx'
import { dayAndTime } from '../parts/time.ts'
import { factorsChanged } from '../wire/account.ts'
import { call, reasonOf } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { attempt } from './attempt.ts'
import { knowsPasskeys, makePasskey } from './passkey.ts'
import { Removal } from './Removal.tsx'
import styles from './account.module.css'

type Props = { found: Factors; onAdded: (codes: readonly string[] | null) => void }

export function Passkeys({ found, onAdded }: Props) {
  const [naming, setNaming] = useState<Passkey | 'new' | null>(null)
  const hindrance = hindranceOf(found)
  const remove = ({ id, name }: Passkey) =>
    attempt(
      () => call('DELETE', `/account/passkeys/${id}`).then(factorsChanged),
      say('passkey.removed', { name }),
    )
  return (
    <>
      <div className={styles['factor']}>
        <div>
          <h3>{say('passkey.title')}</h3>
          <p>{hindrance ?? say('passkey.help')}</p>
        </div>
        <Button disabled={hindrance !== null} onClick={() => setNaming('new')}>
          {say('passkey.add')}
        </Button>
      </div>
      {found.passkeys.length > 0 && (
        <ul className={styles['list']} aria-label={say('passkey.title')}>
          {found.passkeys.map((passkey) => (
            <li key={passkey.id}>
              <div>
                <strong>{passkey.name}</strong>
                <p>{usedAt(passkey)}</p>
              </div>
              <Button
                weight="quiet"
                aria-label={say('passkey.renameOne', { name: passkey.name })}
                onClick={() => setNaming(passkey)}
              >
                {say('passkey.rename')}
              </Button>
              <Removal what={passkey.name} onRemove={() => remove(passkey)} />
            </li>
          ))}
        </ul>
      )}
      {naming !== null && (
        <Naming
          passkey={naming === 'new' ? null : naming}
          onClose={() => setNaming(null)}
          onAdded={onAdded}
        />
      )}
    </>
  )
}

/** Why no passkey can be made here, or null. */
function hindranceOf({ passkeysPossible, origin }: Factors): string | null {
  if (!passkeysPossible) return say('passkey.noName', { origin })
  if (location.origin !== origin) return say('passkey.elsewhere', { origin })
  return knowsPasskeys() ? null : say('passkey.unknown')
}

function usedAt({ createdAt, lastUsedAt }: Passkey): string {
  const added = say('passkey.added', { when: dayAndTime(createdAt) })
  return lastUsedAt === null ? added : `${added} · ${say('passkey.used', { when: dayAndTime(lastUsedAt) })}`
}

type NamingProps = { passkey: Passkey | null; onClose: () => void; onAdded: Props['onAdded'] }

function Naming({ passkey, onClose, onAdded }: NamingProps) {
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const save = async (name: string) => {
    if (passkey === null) return onAdded((await makePasskey(name)).recoveryCodes)
    await call('PATCH', `/account/passkeys/${passkey.id}`, { body: { name } })
    await factorsChanged()
  }
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const name = String(new FormData(event.currentTarget).get('name')).trim()
    setBusy(true)
    try {
      await save(name)
      onClose()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <Modal
      title={passkey === null ? say('passkey.add') : say('passkey.renameOne', { name: passkey.name })}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="passkey" disabled={busy}>
            {say(passkey === null ? 'passkey.make' : 'action.save')}
          </Button>
        </>
      }
    >
      <form id="passkey" onSubmit={(event) => void submit(event)}>
        <FormProblem text={failure ? reasonOf(failure) : null} />
        <TextField
          label={say('field.name')}
          help={say('passkey.nameHelp')}
          name="name"
          required
          maxLength={200}
          defaultValue={passkey?.name}
        />
      </form>
    </Modal>
  )
}
