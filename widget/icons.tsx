// The few pictures of the panel. They say nothing by themselves: what stands beside them does.
const icon = (path: string) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
)

export const close = icon('M6 6l12 12M18 6L6 18')
export const more = icon('M5 12h.01M12 12h.01M19 12h.01')
export const arrow = icon('M4 12l16-8-6 16-3-7z')
export const clip = icon(
  'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.5 8.5a1.7 1.7 0 0 1-2.5-2.5L14.5 7.5',
)
