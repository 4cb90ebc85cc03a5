// How much time with a ticket the app tells at once: now and then, not one long sum at the end. It imports nothing, so that the app takes
// it as it is.

export const MOST_TOUCH_SECONDS = 120
