// How an administrator ends what an agent has open, or helps one who lost the second factor. Both ask first.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Agent, Invitation } from '../../src/api/contract/desk.ts'
import type { Identities as Found } from '../../src/api/contract/providers.ts'
import { Button } from '../parts/Button.tsx'
import { Age } from '../parts/Marks.tsx'
import { Modal } from '../parts/Modal.tsx'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say } from '../words/say.ts'
import styles from './admin.module.css'
import { attempt } from './saving.ts'

type What = 'sessions' | 'factors'
type Props = { agent: Agent; onInvited: (invitation: Invitation) => void }

export function AgentAccess({ agent: { id, name }, onInvited }: Props) {
  const [asking, setAsking] = useState<What | null>(null)
  const end = (what: What) => {
    setAsking(null)
    void attempt(
      () => call('DELETE', `/agents/${id}/${what}`),
      say(`agentAccess.${what}Done`, { name }),
      () => {},
    )
  }
  const invite = (way: 'mail' | 'link') =>
    void attempt(
      async () =>
        onInvited(await call<Invitation>('POST', `/agents/${id}/invitation`, { body: { invite: way } })),
      null,
      () => {},
    )
  return (
    <fieldset className={styles['checks']}>
      <legend>{say('agentAccess.title')}</legend>
      <div className={styles['buttons']}>
        <Button onClick={() => invite('mail')}>{say('agentAccess.mailLink')}</Button>
        <Button onClick={() => invite('link')}>{say('agentAccess.showLink')}</Button>
      </div>
      <div className={styles['buttons']}>
        <Button onClick={() => setAsking('sessions')}>{say('agentAccess.sessions')}</Button>
        <Button onClick={() => setAsking('factors')}>{say('agentAccess.factors')}</Button>
      </div>
      <Identities agentId={id} />
      {asking && (
        <Modal
          title={say(`agentAccess.${asking}`)}
          open
          onClose={() => setAsking(null)}
          actions={
            <>
              <Button onClick={() => setAsking(null)}>{say('action.cancel')}</Button>
              <Button weight="danger" onClick={() => end(asking)}>
                {say(`agentAccess.${asking}`)}
              </Button>
            </>
          }
        >
          <p>{say(`agentAccess.${asking}Help`, { name })}</p>
        </Modal>
      )}
    </fieldset>
  )
}

/** Where the agent signs in besides here. */
function Identities({ agentId }: { agentId: number }) {
  const queryKey = ['agents', agentId, 'identities']
  const { data } = useQuery({
    queryKey,
    queryFn: () => call<Found>('GET', `/agents/${agentId}/identities`),
  })
  const part = (provider: { id: number; name: string }) =>
    void attempt(
      () => call('DELETE', `/agents/${agentId}/identities/${provider.id}`),
      say('identities.parted', { name: provider.name }),
      () => void client.invalidateQueries({ queryKey }),
    )
  return data?.items.map(({ provider, email, lastUsedAt }) => (
    <div key={provider.id} className={styles['buttons']}>
      <span>
        {provider.name}: {email} · <Age at={lastUsedAt} />
      </span>
      <Button
        weight="quiet"
        aria-label={say('identities.partOne', { name: provider.name })}
        onClick={() => part(provider)}
      >
        {say('identities.part')}
      </Button>
    </div>
  ))
}
