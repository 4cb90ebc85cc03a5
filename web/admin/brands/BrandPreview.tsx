// What customers will see of a brand, in light and in dark, with its colour as pages show it: so that it can be read.
import type { CSSProperties } from 'react'

import { legibleOn, lettersOn } from '../../../src/kit/color.ts'
import { say } from '../../words/say.ts'
import styles from '../admin.module.css'
import own from './brands.module.css'
import type { Draft } from './draft.ts'

const PLAIN = '#3050b0'

export function BrandPreview({ draft, logoUrl }: { draft: Draft; logoUrl: string | null }) {
  const logo = draft.logo === null ? null : (draft.logo?.url ?? logoUrl)
  const color = draft.color ?? PLAIN
  const isMoved = legibleOn('light', color) !== color || legibleOn('dark', color) !== color
  return (
    <aside className={styles['beside']} aria-label={say('brands.preview')}>
      <h2>{say('brands.preview')}</h2>
      {(['light', 'dark'] as const).map((ground) => (
        <Sample key={ground} ground={ground} color={color} draft={draft} logo={logo} />
      ))}
      {draft.color !== null && isMoved && <p className={styles['muted']}>{say('brands.moved')}</p>}
    </aside>
  )
}

type SampleProps = { ground: 'light' | 'dark'; color: string; draft: Draft; logo: string | null }

function Sample({ ground, color, draft, logo }: SampleProps) {
  const accent = legibleOn(ground, color)
  const style = { '--brand': accent, '--button': color, '--on-button': lettersOn(color) } as CSSProperties
  const name = draft.fromName || draft.name
  return (
    <div className={own['sample']} data-ground={ground} style={style} inert>
      <p className={own['bar']}>{logo ? <img src={logo} alt="" /> : <b>{name}</b>}</p>
      <div className={own['hero']}>
        <p>{say('brands.greeting')}</p>
        <span className={own['search']} />
        <span className={own['button']}>{say('brands.search')}</span>
      </div>
      <p>
        <span className={own['anchor']}>{say('brands.sampleLink')}</span>
      </p>
      {(draft.footer !== '' || draft.footerLinks.length > 0) && (
        <p className={own['foot']}>
          {draft.footer} {draft.footerLinks.map(({ label }) => label).join(' · ')}
        </p>
      )}
    </div>
  )
}
