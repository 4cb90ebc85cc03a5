// A part that is loaded when it is first shown: nothing stands in its place meanwhile.
import { type ComponentType, lazy, Suspense } from 'react'

export function lazily<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: await load() }))
  return function Lazily(props: Props) {
    return (
      <Suspense>
        <Loaded {...props} />
      </Suspense>
    )
  }
}

/** Loads these at the next quiet moment, so that they are there before somebody asks. */
export function whenIdle(...loads: readonly (() => Promise<unknown>)[]): () => void {
  const run = () => loads.forEach((load) => void load())
  if ('requestIdleCallback' in window) {
    const handle = requestIdleCallback(run, { timeout: 2_000 })
    return () => cancelIdleCallback(handle)
  }
  const timer = setTimeout(run, 1_000)
  return () => clearTimeout(timer)
}
