// The few pictures of the panel. They say nothing by themselves: what stands beside them does.
const icon = (path: string) => (
  <svg viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
)

export const close = icon('M6 6l12 12M18 6L6 18')
export const more = icon('M5 12h.01M12 12h.01M19 12h.01')
export const arrow = icon('M4 12l16-8-6 16-3-7z')
