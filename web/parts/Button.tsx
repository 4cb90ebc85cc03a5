// Buttons: one look per weight, with the key that does the same in the title.
import type { ComponentProps, ReactNode } from 'react'

import styles from './button.module.css'

type ButtonProps = ComponentProps<'button'> & {
  weight?: 'plain' | 'primary' | 'quiet' | 'danger'
  keys?: string
}

export function Button({ weight = 'plain', keys, title, className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      title={keys ? `${title ?? ''} (${keys})`.trim() : title}
      className={[styles['button'], styles[weight], className].filter(Boolean).join(' ')}
    />
  )
}

type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'className'> & {
  label: string
  keys?: string
  /** Nothing but the given class. */
  bare?: boolean
  className?: string | undefined
  children: ReactNode
}

/** A button that is only an icon; `label` is its name and its tooltip. */
export function IconButton({ label, keys, bare = false, children, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      className={[bare ? '' : styles['icon'], className].filter(Boolean).join(' ')}
    >
      {children}
    </button>
  )
}
