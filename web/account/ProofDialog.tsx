// Asks once more who is there, before something that gives access. What was asked for goes on by itself afterwards.
import type { ProofKind } from '../../src/api/contract/account.ts'
import { Modal } from '../parts/Modal.tsx'
import { call } from '../wire/call.ts'
import { proveAtProvider, useMe } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { ProofForm } from './ProofForm.tsx'

type Props = { wanted: readonly ProofKind[]; onDone: (isProved: boolean) => void }

export function ProofDialog({ wanted, onDone }: Props) {
  const { provider } = useMe()
  return (
    <Modal title={say('proof.title')} open onClose={() => onDone(false)}>
      <p>{say('proof.why')}</p>
      <ProofForm
        wanted={wanted}
        challenge="/session/proof/challenge"
        action={say('proof.confirm')}
        provider={
          provider && {
            name: provider.name,
            prove: async () => {
              await proveAtProvider(provider.id)
              onDone(true)
            },
          }
        }
        show={async (shown) => {
          await call('POST', '/session/proof', { body: shown })
          onDone(true)
        }}
      />
    </Modal>
  )
}
