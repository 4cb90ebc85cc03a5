// Where a provider of identity leads back to after somebody proved once more that it is them: the tab that asked goes on.
import { useEffect } from 'react'

import { Gate } from '../parts/Gate.tsx'
import { signInProblemIn } from '../wire/session.ts'
import { tellTabs } from '../wire/tabs.ts'
import { say } from '../words/say.ts'

export function Proved() {
  const named = new URLSearchParams(location.search).get('problem')
  const problem = signInProblemIn(named)
  useEffect(() => {
    if (named !== null) return
    tellTabs({ kind: 'proved' })
    window.close()
  }, [named])
  return (
    <Gate title={say(named === null ? 'proved.title' : 'proved.failed')}>
      {problem && <p role="alert">{say(`signInProblem.${problem}`)}</p>}
      <p>{say('proved.close')}</p>
    </Gate>
  )
}
