// What the tabs of one person tell each other, so that they agree without asking the server: who signed out, what was read.
// Drafts and changes of tickets come to every tab by the server's feed.
type Word = { kind: 'signed-out' } | { kind: 'proved' } | { kind: 'read'; ticketId: number; unread: boolean }

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('docket')

export function tellTabs(word: Word): void {
  // A channel reaches its own origin only; there is none to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  channel?.postMessage(word)
}

/** Hears what other tabs tell; a tab never hears itself. */
export function onTabs(hear: (word: Word) => void): void {
  channel?.addEventListener('message', ({ data }: MessageEvent<Word>) => hear(data))
}
