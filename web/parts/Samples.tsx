// Sample tickets: offered to an administrator whose desk has none, and taken away again by one click for as long as they are there.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Samples as State } from '../../src/api/contract/desk.ts'
import { call, reasonOf } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { useMay } from '../wire/session.ts'
import { say } from '../words/say.ts'
import { Button } from './Button.tsx'
import { notify } from '../state/toasts.ts'

const samplesQuery = queryOptions({
  queryKey: ['settings', 'samples'],
  queryFn: () => call<State>('GET', '/samples'),
})

export function Samples() {
  const may = useMay('settings.write')
  const { data } = useQuery({ ...samplesQuery, enabled: may })
  const [busy, setBusy] = useState(false)
  if (!may || !data || (data.tickets === 0 && !data.loadable)) return null
  const loads = data.tickets === 0
  const run = async () => {
    setBusy(true)
    try {
      await call(loads ? 'POST' : 'DELETE', '/samples')
      await client.invalidateQueries()
      notify({ title: say(loads ? 'samples.loaded' : 'samples.removed') })
    } catch (error) {
      notify({ kind: 'error', title: say('samples.failed'), detail: reasonOf(error) })
    } finally {
      setBusy(false)
    }
  }
  const doing = say(loads ? 'samples.loading' : 'samples.removing')
  const offer = loads ? say('samples.load') : say('samples.remove', { n: data.tickets })
  return (
    <p>
      <Button disabled={busy} aria-busy={busy} onClick={() => void run()} title={say('samples.help')}>
        {busy ? doing : offer}
      </Button>
    </p>
  )
}
