// What the two halves of the widget share: the loader, which every page fetches, and the panel, which comes when somebody may want it.

export const methods = ['open', 'close', 'show', 'hide', 'identify', 'prefill', 'on'] as const
export type Method = (typeof methods)[number]

/** What a page calls as `window.Docket`. Before the script has come it may be an array of calls, such as `['open']`. */
export type Api = {
  open(): void
  close(): void
  show(): void
  hide(): void
  /** A token that the company's server has signed; null: nobody is signed in any more. */
  identify(token: string | null): void
  /** What stands in the text field until the visitor writes something else. */
  prefill(text: string): void
  /** Tells of `open`, `close`, `message` and `unread`; answers what ends it. */
  on(event: PageEvent, hear: (detail: unknown) => void): () => void
}
export type PageEvent = 'open' | 'close' | 'message' | 'unread'

export type Place = {
  /** Where the desk's widget routes begin. */
  readonly url: string
  readonly key: string
  readonly language: string
  readonly host: HTMLElement
  readonly root: ShadowRoot
  readonly button: HTMLButtonElement
}

/** Where the visitor is, for a desk that asks for it. */
export function whereOf(): { readonly page: string; readonly referrer: string } {
  return { page: location.href.slice(0, 2_000), referrer: document.referrer.slice(0, 2_000) }
}
