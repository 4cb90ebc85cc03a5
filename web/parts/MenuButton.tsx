// A button that opens a menu.
import { type ReactNode, useRef, useState } from 'react'

import { IconButton } from './Button.tsx'
import { lazily } from './lazily.tsx'

export type Side = 'top' | 'right' | 'bottom'
export type Entry = 'line' | { label: ReactNode; keys?: string; chosen?: boolean; run: () => void }

export const loadLayers = () => import('./layers.tsx')
const MenuLayer = lazily(() => loadLayers().then((all) => all.MenuLayer))
export const PanelLayer = lazily(() => loadLayers().then((all) => all.PanelLayer))

type Props = {
  label: string
  /** Without a class it looks like every button that is only an icon. */
  className?: string | undefined
  disabled?: boolean
  side?: Side
  align?: 'start' | 'end'
  head?: ReactNode
  entries: readonly Entry[]
  children: ReactNode
}

export function MenuButton({ label, className, disabled = false, children, ...menu }: Props) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <IconButton
        ref={button}
        label={label}
        disabled={disabled}
        aria-haspopup="menu"
        aria-expanded={open}
        bare={className !== undefined}
        className={className}
        onPointerEnter={() => void loadLayers()}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        {children}
      </IconButton>
      {open && <MenuLayer {...menu} label={label} button={button} onClose={() => setOpen(false)} />}
    </>
  )
}

/** One entry, unless it is not to be had. */
export const entryIf = (shown: boolean, entry: Entry): Entry[] => (shown ? [entry] : [])
