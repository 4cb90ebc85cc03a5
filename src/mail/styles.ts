// The inline styles a mail may bring: how its text looks, never where it stands or what it fetches.

const colour = /^(?:#[0-9a-f]{3,8}|[a-z]{3,30}|rgba?\([\d\s.,%/]{1,40}\)|hsla?\([\d\s.,%/deg]{1,40}\))$/i
const length = /^(?:auto|0|\d{1,4}(?:\.\d{1,4})?(?:px|pt|em|rem|%|ex|ch)?)$/i
const lengths = /^(?:(?:auto|0|\d{1,4}(?:\.\d{1,4})?(?:px|pt|em|rem|%)?)(?:\s+|$)){1,4}$/i
const word = /^[a-z-]{1,30}$/i
const words = /^[a-z0-9\s"',-]{1,200}$/i
const border =
  /^(?:(?:0|\d{1,3}(?:\.\d{1,3})?(?:px|pt|em)?|[a-z]{3,20}|#[0-9a-f]{3,8}|rgba?\([\d\s.,%]{1,40}\))(?:\s+|$)){1,3}$/i
const decoration = /^(?:(?:none|underline|line-through|overline|solid|dotted|dashed)(?:\s+|$)){1,3}$/i

// A display of none stays, for mails hide their preview line with it; nothing can be laid over the page.
const display = /^(?:block|inline|inline-block|table|table-row|table-cell|list-item|none)$/i

export const allowedStyles: { '*': Record<string, RegExp[]> } = {
  '*': {
    color: [colour],
    'background-color': [colour],
    background: [colour],
    'font-family': [words],
    'font-size': [length, word],
    'font-style': [word],
    'font-weight': [/^(?:[a-z]{3,10}|[1-9]00)$/i],
    'line-height': [length, word],
    'text-align': [word],
    'text-decoration': [decoration],
    'text-indent': [length],
    'text-transform': [word],
    'vertical-align': [word, length],
    'white-space': [word],
    'word-break': [word],
    'overflow-wrap': [word],
    'list-style-type': [word],
    'border-collapse': [word],
    'border-spacing': [lengths],
    display: [display],
    width: [length],
    height: [length],
    'max-width': [length],
    'min-width': [length],
    ...Object.fromEntries(['', '-top', '-right', '-bottom', '-left'].flatMap(boxSide)),
    'border-color': [colour],
    'border-style': [word],
    'border-width': [lengths],
    'border-radius': [lengths],
  },
}

function boxSide(side: string): [string, RegExp[]][] {
  return [
    [`margin${side}`, [lengths]],
    [`padding${side}`, [lengths]],
    [`border${side}`, [border]],
  ]
}
