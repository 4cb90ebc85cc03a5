// The keys that work on the present screen, grouped, each with what it does.
import { boundScopes, readable } from '../keys/keys.ts'
import { Modal } from '../parts/Modal.tsx'
import { useStore } from '../state/store.ts'
import { usePreference } from '../state/preferences.ts'
import { say, type WordId } from '../words/say.ts'
import styles from './shell.module.css'

const composer: ReadonlyArray<readonly [string, WordId]> = [
  ['$mod+Enter', 'keys.send'],
  ['$mod+Shift+Enter', 'keys.sendResolve'],
  ['Shift+Tab', 'keys.switchMode'],
]

export function KeyList({ open, onClose }: { open: boolean; onClose: () => void }) {
  const scopes = useStore(boundScopes, (all) => all)
  const singleKeys = usePreference('singleKeys')
  if (!open) return null
  const groups = new Map<WordId, Map<string, WordId>>()
  for (const { group, bindings } of scopes)
    for (const { keys, word } of bindings)
      if (word) groups.set(group, (groups.get(group) ?? new Map<string, WordId>()).set(keys, word))
  if (groups.has('keys.ticket')) groups.set('keys.composer', new Map(composer))
  return (
    <Modal title={say('keys.title')} open onClose={onClose} shape="wide">
      {!singleKeys && <p>{say('keys.off')}</p>}
      <div className={styles['keys']}>
        {[...groups].map(([group, words]) => (
          <section key={group} className={styles['group']}>
            <h3>{say(group)}</h3>
            {[...words].map(([keys, word]) => (
              <div key={keys}>
                <span>{say(word)}</span>
                <kbd>{readable(keys)}</kbd>
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  )
}
