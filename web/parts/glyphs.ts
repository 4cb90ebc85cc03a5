// Icons that stand in every row, each drawn as one path of 24 by 24 after Lucide's (ISC).
const ring = 'M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0'

export const glyphs = {
  ring,
  dot: `${ring}M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0`,
  clock: `${ring}M12 6v6l4 2`,
  hold: `${ring}M10 15V9M14 15V9`,
  check: `${ring}M9 12l2 2l4-4`,
  lock: 'M5 11h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2M7 11V7a5 5 0 0 1 10 0v4',
  timer: 'M10 2h4M12 14l3-3M4 14a8 8 0 1 0 16 0a8 8 0 1 0-16 0',
  warning: 'M21.73 18l-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01',
  pause: 'M7 5v14M17 5v14',
  minus: 'M5 12h14',
  pencil:
    'M21.2 6.8a1 1 0 0 0-4-4L3.8 16.2a2 2 0 0 0-.5.8L2 21.4a.5.5 0 0 0 .6.6L7 20.7a2 2 0 0 0 .8-.5zM15 5l4 4',
} as const
