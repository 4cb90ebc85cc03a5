// Earlier versions of the settings: what each changed, and putting one in force again.
import { useQuery } from '@tanstack/react-query'

import type { SettingsVersion } from '../../src/api/contract/settings.ts'
import type { Page } from '../../src/api/contract/shapes.ts'
import { Button } from '../parts/Button.tsx'
import { Age } from '../parts/Marks.tsx'
import { call } from '../wire/call.ts'
import { client } from '../wire/client.ts'
import { say, sayName } from '../words/say.ts'
import styles from './admin.module.css'
import { attempt } from './saving.ts'
import { changedParts } from './values.ts'

export function Versions() {
  const { data } = useQuery({
    queryKey: ['settings', 'versions'],
    queryFn: () => call<Page<SettingsVersion>>('GET', '/settings/versions'),
  })
  const restore = (version: number) =>
    void attempt(
      () => call('POST', '/settings/restore', { body: { version } }),
      say('versions.restored', { version }),
      () => void client.invalidateQueries({ queryKey: ['settings'] }),
    )
  if (!data || data.items.length === 0) return null
  return (
    <aside className={styles['beside']} aria-label={say('versions.name')}>
      <h2>{say('versions.name')}</h2>
      <ol>
        {data.items.map(({ version, at, by, changes }, index) => (
          <li key={version}>
            <p>
              <b>{say('versions.one', { version })}</b> · {by ?? 'Docket'} · <Age at={at} />
            </p>
            {changes.slice(0, 5).map(({ field, from, to }) => (
              <p key={field} className={styles['muted']}>
                {say('audit.change', {
                  field: sayName('auditField', field),
                  ...changedParts(from, to, field),
                })}
              </p>
            ))}
            {index > 0 && (
              <Button weight="quiet" onClick={() => restore(version)}>
                {say('action.restore')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </aside>
  )
}
