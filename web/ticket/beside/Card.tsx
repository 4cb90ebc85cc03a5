// A card of the side: a title, perhaps a number and a button, and what it is about. Everybody folds and moves cards as they
// like; a folded card is not even mounted (see Context.tsx), so that it asks the server for nothing.
import { ChevronDown, ChevronRight, EllipsisVertical } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'

import { entryIf, MenuButton } from '../../parts/MenuButton.tsx'
import { prefer, usePreference } from '../../state/preferences.ts'
import { createStore, useStore } from '../../state/store.ts'
import { say } from '../../words/say.ts'
import { besideCard, type CardName, inOrder, moved } from './card-order.ts'
import styles from './context.module.css'

type Props = { name: CardName; hint?: string | undefined; action?: ReactNode; children: ReactNode }

export function Card({ name, hint, action, children }: Props) {
  const folded = usePreference('cardsFolded')
  return (
    <section className={styles['card']} aria-labelledby={`card-${name}`}>
      <Head
        name={name}
        open
        hint={hint}
        action={action}
        onFold={() => prefer({ cardsFolded: [...folded, name] })}
      />
      {children}
    </section>
  )
}

export function FoldedCard({ name }: { name: CardName }) {
  const folded = usePreference('cardsFolded')
  const unfold = () => prefer({ cardsFolded: folded.filter((each) => each !== name) })
  return (
    <section className={styles['card']} data-folded aria-labelledby={`card-${name}`}>
      <Head name={name} open={false} onFold={unfold} />
    </section>
  )
}

/** The cards that show now: a ticket has not all of them. */
const shownCards = createStore<ReadonlySet<CardName>>(new Set())

type HeadProps = Omit<Props, 'children'> & { open: boolean; onFold: () => void }

function Head({ name, hint, action, open, onFold }: HeadProps) {
  const order = inOrder(usePreference('cardOrder'))
  const shown = useStore(shownCards, (all) => all)
  useEffect(() => {
    shownCards.set((all) => new Set(all).add(name))
    return () => shownCards.set((all) => new Set([...all].filter((each) => each !== name)))
  }, [name])
  const title = say(`context.${name}`)
  const move = (step: -1 | 1, word: 'card.up' | 'card.down') => {
    const to = besideCard(order, shown, name, step)
    const run = () => to !== undefined && prefer({ cardOrder: moved(order, name, to) })
    return entryIf(to !== undefined, { label: say(word), run })
  }
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <header className={styles['title']}>
      <h2 id={`card-${name}`}>
        <button type="button" className={styles['fold']} aria-expanded={open} onClick={onFold}>
          <Chevron size={12} aria-hidden />
          {title}
        </button>
      </h2>
      {hint && <span className={styles['titleHint']}>{hint}</span>}
      <MenuButton
        label={say('card.menu', { name: title })}
        className={styles['move']}
        entries={[...move(-1, 'card.up'), ...move(1, 'card.down')]}
      >
        <EllipsisVertical size={13} aria-hidden />
      </MenuButton>
      {action}
    </header>
  )
}
