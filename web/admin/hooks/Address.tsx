// How the sender of an address proves itself, why one was not believed, and drawing address or secret anew.
import { type FormEvent, useState } from 'react'

import type { Hook, MadeHook } from '../../../src/api/contract/hooks.ts'
import { Button } from '../../parts/Button.tsx'
import { FormProblem } from '../../parts/Form.tsx'
import { Age } from '../../parts/Marks.tsx'
import { Modal } from '../../parts/Modal.tsx'
import { call } from '../../wire/call.ts'
import { say, sayName } from '../../words/say.ts'
import styles from '../admin.module.css'
import { attempt, useSave } from '../saving.ts'
import hooks from './hooks.module.css'
import { ProofFields } from './ProofFields.tsx'

export function Address({ hook, onMade }: { hook: Hook; onMade: (made: MadeHook) => void }) {
  const [isProving, setProving] = useState(false)
  const [isDrawing, setDrawing] = useState(false)
  const draw = async () => onMade(await call<MadeHook>('POST', `/hooks/${hook.id}/address`))
  return (
    <section className={hooks['section']} aria-labelledby="hook-proof">
      <h2 id="hook-proof">{say('hooks.proof')}</h2>
      <p className={styles['state']} data-tone={hook.scheme === 'none' ? 'warn' : 'good'}>
        {sayName('hooks.scheme', hook.scheme)}
      </p>
      <p>{say(`hooks.schemeHelp.${hook.scheme}`)}</p>
      {hook.refusal && hook.refusedAt && (
        <p className={styles['state']} data-tone="bad">
          {say('hooks.refused')} <Age at={hook.refusedAt} bare />: {hook.refusal}
        </p>
      )}
      <span className={styles['buttons']}>
        <Button onClick={() => setProving(true)}>{say('hooks.changeProof')}</Button>
        <Button onClick={() => setDrawing(true)}>{say('hooks.newAddress')}</Button>
      </span>
      {isDrawing && (
        <Modal
          title={say('hooks.newAddress')}
          open
          onClose={() => setDrawing(false)}
          actions={
            <>
              <Button onClick={() => setDrawing(false)}>{say('action.cancel')}</Button>
              <Button weight="primary" onClick={() => void attempt(draw, null, () => setDrawing(false))}>
                {say('hooks.newAddress')}
              </Button>
            </>
          }
        >
          <p>{say('hooks.newAddressHelp')}</p>
        </Modal>
      )}
      {isProving && <ProofDialog hook={hook} onMade={onMade} onClose={() => setProving(false)} />}
    </section>
  )
}

type DialogProps = { hook: Hook; onMade: (made: MadeHook) => void; onClose: () => void }

function ProofDialog({ hook, onMade, onClose }: DialogProps) {
  const [proof, setProof] = useState({ scheme: hook.scheme, secret: '' })
  const { save, busy, errors, general } = useSave(onClose)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const secret = proof.secret.trim()
    const body = { scheme: proof.scheme, ...(secret === '' || proof.scheme === 'none' ? {} : { secret }) }
    const work = async () => onMade(await call<MadeHook>('POST', `/hooks/${hook.id}/proof`, { body }))
    void save(work, say('hooks.proofChanged'))
  }
  return (
    <Modal
      title={say('hooks.changeProof')}
      open
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{say('action.cancel')}</Button>
          <Button weight="primary" type="submit" form="hook-proof-form" disabled={busy}>
            {say('action.save')}
          </Button>
        </>
      }
    >
      <form id="hook-proof-form" onSubmit={submit}>
        <FormProblem text={general} />
        <ProofFields
          proof={proof}
          errors={errors}
          onChange={(part) => setProof((now) => ({ ...now, ...part }))}
        />
      </form>
    </Modal>
  )
}
