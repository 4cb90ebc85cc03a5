// Removing a factor asks first: it also ends what is open on other devices.
import { useState } from 'react'

import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { say } from '../words/say.ts'

export function Removal({ what, onRemove }: { what: string; onRemove: () => Promise<void> }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button weight="quiet" aria-label={say('factors.removeOne', { what })} onClick={() => setAsking(true)}>
        {say('factors.remove')}
      </Button>
      {asking && (
        <Modal
          title={say('factors.removeOne', { what })}
          open
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{say('action.cancel')}</Button>
              <Button weight="danger" onClick={() => (setAsking(false), void onRemove())}>
                {say('factors.remove')}
              </Button>
            </>
          }
        >
          <p>{say('factors.removeHelp')}</p>
        </Modal>
      )}
    </>
  )
}
