// How an administrator ends what an agent has open, or helps one who lost the second factor. Both ask first.
import { useState } from 'react'

import type { Agent, Invitation } from '../../src/api/contract/desk.ts'
import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { call } from '../wire/call.ts'
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
