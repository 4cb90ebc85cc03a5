// Charts are drawn for the width there is.
import { useEffect, useRef, useState } from 'react'

/** Where to hang it, and the width of that element as it changes. */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(720)
  useEffect(() => {
    const element = box.current
    if (element === null) return undefined
    const look = new ResizeObserver(([entry]) =>
      setWidth(Math.max(240, Math.floor(entry?.contentRect.width ?? 720))),
    )
    look.observe(element)
    return () => look.disconnect()
  }, [])
  return [box, width] as const
}
