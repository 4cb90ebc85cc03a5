// One's own second factors: an authenticator app, passkeys, and the recovery codes that stand in for both.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

import type { Factors as Found } from '../../src/api/contract/account.ts'
import { Arrived } from '../parts/Arrived.tsx'
import { Button } from '../parts/Button.tsx'
import { dayAndTime } from '../parts/time.ts'
import { factorsChanged, factorsQuery } from '../wire/account.ts'
import { call } from '../wire/call.ts'
import { say } from '../words/say.ts'
import { attempt } from './attempt.ts'
import { Passkeys } from './Passkeys.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { Removal } from './Removal.tsx'
import { Totp } from './Totp.tsx'
import styles from './account.module.css'

/** `onAdded` is called when a new factor stands, and its recovery codes were looked at. */
export function Factors({ onAdded = () => {} }: { onAdded?: () => void }) {
  const query = useQuery(factorsQuery)
  const section = useRef<HTMLElement>(null)
  // Who came by a link to this part came before it was here.
  useEffect(() => {
    if (location.hash === '#factors') section.current?.scrollIntoView()
  }, [])
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const added = (told: readonly string[] | null) => {
    setCodes(told)
    void factorsChanged().then(() => told === null && onAdded())
  }
  return (
    <section ref={section} className={styles['section']} id="factors">
      <h2>{say('factors.title')}</h2>
      <p className={styles['lead']}>{say('factors.lead')}</p>
      <Arrived query={query} rows={3} height={48}>
        {(found) => (
          <>
            <AuthenticatorApp found={found} onAdded={added} />
            <Passkeys found={found} onAdded={added} />
            {(found.totp !== null || found.passkeys.length > 0) && (
              <Recovery found={found} onMade={setCodes} />
            )}
          </>
        )}
      </Arrived>
      {codes !== null && (
        <RecoveryCodes
          codes={codes}
          onClose={() => {
            setCodes(null)
            // Going on before this is known would lead back here.
            void factorsChanged().then(onAdded)
          }}
        />
      )}
    </section>
  )
}

type Part = { found: Found; onAdded: (codes: readonly string[] | null) => void }

function AuthenticatorApp({ found: { totp }, onAdded }: Part) {
  const [adding, setAdding] = useState(false)
  const remove = () =>
    attempt(() => call('DELETE', '/account/totp').then(factorsChanged), say('totp.removed'))
  return (
    <div className={styles['factor']}>
      <div>
        <h3>{say('totp.title')}</h3>
        <p>{totp === null ? say('totp.none') : say('totp.since', { when: dayAndTime(totp.since) })}</p>
      </div>
      {totp === null ? (
        <Button onClick={() => setAdding(true)}>{say('totp.add')}</Button>
      ) : (
        <Removal what={say('totp.title')} onRemove={remove} />
      )}
      {adding && (
        <Totp
          onClose={() => setAdding(false)}
          onAdded={(codes) => {
            setAdding(false)
            onAdded(codes)
          }}
        />
      )}
    </div>
  )
}

function Recovery({ found, onMade }: { found: Found; onMade: (codes: readonly string[]) => void }) {
  const make = () =>
    attempt(async () => {
      onMade((await call<{ recoveryCodes: string[] }>('POST', '/account/recovery-codes')).recoveryCodes)
      await factorsChanged()
    }, null)
  return (
    <div className={styles['factor']}>
      <div>
        <h3>{say('recovery.title')}</h3>
        <p data-few={found.recoveryCodesLeft < 3 || undefined}>
          {say('recovery.left', { count: found.recoveryCodesLeft })}
        </p>
      </div>
      <Button onClick={() => void make()}>{say('recovery.anew')}</Button>
    </div>
  )
}
