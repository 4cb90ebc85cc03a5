// The pictures of agents, by their ids: learnt with the list of agents, shown wherever one stands.
import { createStore } from './store.ts'

export const faces = createStore<ReadonlyMap<number, string>>(new Map())

/** Takes over which agents have a picture, and where it is. */
export function learnFaces(
  agents: readonly { readonly id: number; readonly picture: string | null }[],
): void {
  const known = agents.flatMap(({ id, picture }): [number, string][] =>
    picture === null ? [] : [[id, picture]],
  )
  faces.set(new Map(known))
}
