// What is told once of an address, one after the other: where to send, and the secret.
import { useState } from 'react'

import type { MadeHook } from '../../../src/api/contract/hooks.ts'
import { say } from '../../words/say.ts'
import { Secret } from '../Secret.tsx'

export function Told({ made: { name, url, secret }, onClose }: { made: MadeHook; onClose: () => void }) {
  const [isUrlSeen, setUrlSeen] = useState(url === null)
  if (!isUrlSeen)
    return (
      <Secret
        key="url"
        title={say('hooks.urlOf', { name })}
        help={say('hooks.urlHelp')}
        secret={url ?? ''}
        onClose={() => (secret === null ? onClose() : setUrlSeen(true))}
      />
    )
  return (
    <Secret
      key="secret"
      title={say('webhooks.secretOf', { name })}
      help={say('hooks.secretTold')}
      secret={secret ?? ''}
      onClose={onClose}
    />
  )
}
