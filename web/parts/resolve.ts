// `e`: resolved, and on to what comes next.
import { desk, setDesk, targets } from '../state/desk-state.ts'
import { useGoOn, useOpen } from '../state/go-on.ts'
import { setStatus } from './choices.tsx'

/** Resolves what is at hand and goes on at once; comes back to a ticket that could not be resolved. */
export function useResolve(): () => void {
  const goOn = useGoOn()
  const open = useOpen()
  return () => {
    const { selection, openId } = desk.get()
    const ids = targets()
    const done = setStatus(ids, 'resolved')
    const [id] = ids
    if (selection.size > 0 || id === undefined) return
    goOn(id)
    void done.then((isDone) => {
      if (isDone) return
      if (openId === null) setDesk({ focusedId: id })
      else if (desk.get().openId !== id) open(id)
    })
  }
}
