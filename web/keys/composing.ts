// Keys that belong to an input method: while one composes a word (Japanese, Chinese, Korean …), Enter confirms a conversion, arrows
// choose one, Escape drops it. None of them is a key of ours, wherever it is pressed.

/** Whether a key belongs to an input method. Safari says so of the confirming Enter only by the code 229. */
export function isComposing({
  isComposing: composes,
  keyCode,
}: Pick<KeyboardEvent, 'isComposing' | 'keyCode'>): boolean {
  return composes || keyCode === 229
}

/** Keeps such keys from every handler of the app; the editor's own library knows them and must hear of them. */
export function keepComposingKeys(): void {
  const keep = (event: KeyboardEvent) => {
    const isInEditor = event.target instanceof Element && event.target.closest('.ProseMirror') !== null
    if (isComposing(event) && !isInEditor) event.stopImmediatePropagation()
  }
  for (const kind of ['keydown', 'keyup'] as const) window.addEventListener(kind, keep, { capture: true })
}
