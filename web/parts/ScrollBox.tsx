// What is wider or longer than its place scrolls in a box of its own, which the keyboard can reach.
import type { ReactNode } from 'react'

type Props = { label: string; className: string | undefined; children: ReactNode }

export function ScrollBox({ label, className, children }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={className} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
