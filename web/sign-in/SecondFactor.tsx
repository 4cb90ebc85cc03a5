// The second step of signing in, on the same page: what the account has beside its password.
import type { ProofKind } from '../../src/api/contract/account.ts'
import { loadAccount } from '../account/lazy.ts'
import { Button } from '../parts/Button.tsx'
import { lazily } from '../parts/lazily.tsx'
import { showFactor } from '../wire/session.ts'
import { say } from '../words/say.ts'

const ProofForm = lazily(() => loadAccount().then((all) => all.ProofForm))

type Props = { wanted: readonly ProofKind[]; onIn: () => void; onBack: () => void }

export function SecondFactor({ wanted, onIn, onBack }: Props) {
  return (
    <>
      <p>{say('signIn.factor')}</p>
      <ProofForm
        wanted={wanted}
        challenge="/session/challenge"
        action={say('signIn.do')}
        show={async (shown) => {
          if ('password' in shown) return
          await showFactor(shown)
          onIn()
        }}
      />
      <Button weight="quiet" onClick={onBack}>
        {say('signIn.back')}
      </Button>
    </>
  )
}
