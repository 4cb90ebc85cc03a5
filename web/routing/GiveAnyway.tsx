// The question before somebody is given a ticket despite a conflict of interest.
import { Button } from '../parts/Button.tsx'
import { Modal } from '../parts/Modal.tsx'
import { useStore } from '../state/store.ts'
import { say } from '../words/say.ts'
import { giveTo, inConflict } from './give.ts'

const close = () => inConflict.set(null)

export function GiveAnyway() {
  const asked = useStore(inConflict, (value) => value)
  if (asked === null) return null
  return (
    <Modal
      title={say('interest.title')}
      open
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{say('action.cancel')}</Button>
          <Button
            weight="danger"
            onClick={() => {
              close()
              void giveTo(asked.ticketId, asked.agent, true)
            }}
          >
            {say('interest.do')}
          </Button>
        </>
      }
    >
      <p>{say('interest.help', { name: asked.agent.name })}</p>
    </Modal>
  )
}
