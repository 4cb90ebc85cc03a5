// The two switches of what runs by itself: stopped for now, and put away.
import { Button } from '../parts/Button.tsx'
import { say } from '../words/say.ts'

type Thing = { readonly name: string; readonly enabled: boolean; readonly archived: boolean }
type Props<T extends Thing> = {
  thing: T
  onChange: (thing: T, change: { enabled: boolean } | { archived: boolean }, done: string) => void
}

export function PauseAndArchive<T extends Thing>({ thing, onChange }: Props<T>) {
  const { name, enabled, archived } = thing
  return (
    <>
      <Button
        weight="quiet"
        onClick={() => onChange(thing, { enabled: !enabled }, say('admin.saved', { name }))}
      >
        {say(enabled ? 'webhooks.pause' : 'webhooks.resume')}
      </Button>
      <Button
        weight="quiet"
        onClick={() =>
          onChange(
            thing,
            { archived: !archived },
            say(archived ? 'admin.restored' : 'admin.archived', { name }),
          )
        }
      >
        {say(archived ? 'action.restore' : 'action.archive')}
      </Button>
    </>
  )
}
