// The keyboard, once a list that something was chosen from has given it back.

const LISTS_CLOSE_MS = 50

/** Gives the keyboard to the first such element of a row that was just added; whoever presses somewhere meanwhile keeps it there. */
export function focusAfterList(row: () => Element | null | undefined, selector: string): void {
  const meanwhile = new AbortController()
  const timer = setTimeout(() => {
    meanwhile.abort()
    row()?.querySelector<HTMLElement>(selector)?.focus()
  }, LISTS_CLOSE_MS)
  const leave = () => clearTimeout(timer)
  addEventListener('pointerdown', leave, { capture: true, once: true, signal: meanwhile.signal })
}
