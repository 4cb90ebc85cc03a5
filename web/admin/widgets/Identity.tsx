// The keys by which the company's site shows who its visitor is: two at most, so that a new one can take over.
import { useState } from 'react'

import type { IdentityKey, Widget } from '../../../src/api/contract/chat.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem, SelectField, TextArea } from '../../parts/Form.tsx'
import { dayAndTime } from '../../parts/time.ts'
import { call } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { attempt, useSave } from '../saving.ts'
import { Secret } from '../Secret.tsx'
import { Copied } from '../Copied.tsx'
import parts from '../parts.module.css'

const algorithms = ['HS256', 'RS256', 'EdDSA'] as const satisfies readonly IdentityKey['algorithm'][]

export function Identity({ widget, onChanged }: { widget: Widget; onChanged: () => void }) {
  const drop = (key: IdentityKey) =>
    void attempt(
      () => call('DELETE', `/widgets/${widget.id}/keys/${key.id}`),
      say('widgets.keyGone'),
      onChanged,
    )
  return (
    <fieldset className={parts['part']}>
      <legend>{say('widgets.identity')}</legend>
      <p>{say('widgets.identityHelp')}</p>
      <Copied text={`aud: ${widget.key}`} />
      {widget.keys.length > 0 && (
        <ul className={parts['keys']}>
          {widget.keys.map((key) => (
            <li key={key.id}>
              {say('widgets.keyOf', { algorithm: key.algorithm, when: dayAndTime(key.createdAt) })}
              <Button weight="quiet" onClick={() => drop(key)}>
                {say('widgets.dropKey')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {widget.keys.length < 2 && <AddKey widget={widget} onChanged={onChanged} />}
    </fieldset>
  )
}

function AddKey({ widget, onChanged }: { widget: Widget; onChanged: () => void }) {
  const [algorithm, setAlgorithm] = useState<IdentityKey['algorithm']>('HS256')
  const [publicKey, setPublicKey] = useState('')
  const [secret, setSecret] = useState<string | null>(null)
  const { save, busy, errors, general } = useSave(onChanged)
  const isSecret = algorithm === 'HS256'
  const add = () => {
    const work = async () => {
      const body = { algorithm, publicKey: isSecret ? null : publicKey }
      const made = await call<{ secret: string | null }>('POST', `/widgets/${widget.id}/keys`, { body })
      setSecret(made.secret)
      setPublicKey('')
    }
    void save(work, say('widgets.keyAdded'))
  }
  return (
    <>
      <FormProblem text={general} />
      <SelectField
        label={say('widgets.key')}
        value={algorithm}
        onChange={(event) => setAlgorithm(event.target.value as IdentityKey['algorithm'])}
        options={algorithms.map((value) => ({ value, label: say(`widgets.alg.${value}`) }))}
      />
      {!isSecret && (
        <TextArea
          label={say('widgets.publicKey')}
          rows={5}
          spellCheck={false}
          value={publicKey}
          error={errors['publicKey']}
          onChange={(event) => setPublicKey(event.target.value)}
        />
      )}
      <Button disabled={busy} onClick={add}>
        {say('widgets.keyAdd')}
      </Button>
      {secret !== null && (
        <Secret
          title={say('widgets.keySecret')}
          help={say('widgets.keySecretHelp')}
          secret={secret}
          onClose={() => setSecret(null)}
        />
      )}
    </>
  )
}
