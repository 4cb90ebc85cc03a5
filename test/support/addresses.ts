// Spellings of addresses made to be read differently by different readers (M7): pieces of grammar put together at random, by a seed.

const PIECES = [
  ['cy', 'bo', 'cy.lang', 'a', 'A+b', 'x_y', "o'neil", 'é', 'ｃy', '\u202e', '0'],
  [
    'customer.com',
    'evil.com',
    'bücher.example',
    'xn--bcher-kva.example',
    'localhost',
    '127.0.0.1',
    '[127.0.0.1]',
  ],
  ['customer。com', 'customer．com', 'evil.com.', '.com', '-x.com', 'CUSTOMER.COM', 'ﬀ.com', 'com'],
  ['@', '@', '@', '@', '.', '..', '+', '-', ' ', ' ', '\t', '\r\n ', '\0', '\u00a0', '\u200b'],
  ['<', '>', '"', '"', '\\', '\\"', '(', ')', ',', ';', ':', '%', '!', '#', '=', '|', '/', "'", '`'],
  ['=?utf-8?q?', '?=', '=40', '=?utf-8?b?Y3lAZXZpbC5jb20=?=', '%40', '&#64;', 'undisclosed-recipients:;'],
  [
    'Cy Lang',
    '"Cy, Lang"',
    '(comment)',
    '<cy@customer.com>',
    'cy@customer.com',
    'bo@evil.com',
    '<bo@evil.com>',
  ],
  ['@relay.com:', 'mailto:', 'group: ', 'a'.repeat(64), 'b'.repeat(250)],
].flat()

/** So many spellings; the same for a seed. */
export function* spellings(count: number, seed: number): Generator<string> {
  let state = seed >>> 0 || 1
  // xorshift32: quick, and good enough to mix pieces.
  const next = (below: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  for (let made = 0; made < count; made++) {
    let text = next(3) === 0 ? `${PIECES[next(11)]}@${PIECES[11 + next(15)]}` : ''
    for (let pieces = next(7); pieces > 0; pieces--) {
      const piece = PIECES[next(PIECES.length)] ?? ''
      const at = next(3) === 0 ? next(text.length + 1) : text.length
      text = text.slice(0, at) + piece + text.slice(at)
    }
    yield text
  }
}
