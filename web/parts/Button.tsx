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

type IconButtonProps = Omit<ComponentProps<'button'>, 'children'> & {
  label: string
  keys?: string
  children: ReactNode
}

/** A button that is only an icon; `label` is its name and its tooltip. */
export function IconButton({ label, keys, children, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={keys ? `${label} (${keys})` : label}
      className={[styles['icon'], className].filter(Boolean).join(' ')}
    >
      {children}
    </button>
  )
}
