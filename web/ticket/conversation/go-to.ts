// Going to one message of the conversation on the screen.
import { afterPaint } from '../../state/painted.ts'

/** Once what was loaded is drawn: scrolls there and gives it the keyboard, so that a reader hears where they are. */
export function goTo(messageId: number, isFocused = true): void {
  afterPaint(() => {
    const message = document.querySelector<HTMLElement>(`[data-message="${messageId}"]`)
    message?.scrollIntoView({ block: 'start' })
    if (isFocused) message?.focus({ preventScroll: true })
  })
}
