// A button that shows a value and opens a PickList to change it.
import { type ReactNode, useRef, useState } from 'react'

import { holdKeys, releaseKeys } from '../state/keys-ahead.ts'
import { lazily } from './lazily.tsx'
import { loadLayers } from './MenuButton.tsx'
import styles from './pick.module.css'
import type { Choice } from './PickList.tsx'

const PickLayer = lazily(() => loadLayers().then((all) => all.PickLayer))

type Props = {
  label: string
  children: ReactNode
  choices: readonly Choice[]
  chosen: readonly string[]
  onChoose: (id: string) => void
  onCreate?: (text: string) => void
  many?: boolean
  keys?: string
  disabled?: boolean
  className?: string | undefined
  /** The value shown is what the screen shows now. */
  current?: boolean
  align?: 'start' | 'end'
}

export function PickButton(props: Props) {
  const { label, children, choices, chosen, onChoose, onCreate, many = false, keys, align } = props
  const { disabled = false, className = styles['trigger'], current = false } = props
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const after = (take: (text: string) => void) => (text: string) => {
    take(text)
    if (!many) setOpen(false)
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        disabled={disabled}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-current={current ? 'page' : undefined}
        title={keys ? `${label} (${keys})` : label}
        onPointerEnter={() => void loadLayers()}
        onClick={() => {
          // What is typed at once belongs to the list, which may still be on its way.
          if (open) releaseKeys()
          else holdKeys()
          setOpen(!open)
        }}
      >
        {children}
      </button>
      {open && (
        <PickLayer
          button={button}
          align={align}
          onClose={() => setOpen(false)}
          label={label}
          choices={choices}
          chosen={chosen}
          onChoose={after(onChoose)}
          {...(onCreate ? { onCreate: after(onCreate) } : {})}
        />
      )}
    </>
  )
}
