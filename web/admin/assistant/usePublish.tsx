// Makes a version live at a press; where it goes further than what is live, it asks why first.
import { useState } from 'react'

import { forgetAssistant, publishVersion } from '../../assistant/wire.ts'
import { notify } from '../../state/toasts.ts'
import { fieldErrors } from '../../wire/call.ts'
import { say } from '../../words/say.ts'
import { attempt } from '../saving.ts'
import { PublishWhy } from './PublishWhy.tsx'

export function usePublish(onDone: () => void) {
  const [asked, setAsked] = useState<number | null>(null)
  const again = () => {
    forgetAssistant()
    onDone()
  }
  const publish = (version: number) => {
    const work = async () => {
      try {
        await publishVersion(version, '')
        notify({ title: say('assistant.published') })
      } catch (error) {
        if (fieldErrors(error)['reason'] === undefined) throw error
        setAsked(version)
      }
    }
    void attempt(work, null, again)
  }
  const asking = asked !== null && (
    <PublishWhy
      version={asked}
      onClose={() => {
        setAsked(null)
        again()
      }}
    />
  )
  return { publish, asking }
}
