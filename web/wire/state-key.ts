// Questions about a state of a thing, asked anew with each of its updates.
import { hashKey } from '@tanstack/react-query'

/**
 * The key of a state of a thing, its last part naming the state: what was last known of the same thing stays on the screen while the
 * newer state is asked for. Of another thing nothing is shown.
 */
export function stateKey<Data>(...queryKey: readonly unknown[]) {
  const thing = hashKey(queryKey.slice(0, -1))
  const placeholderData = (
    last: Data | undefined,
    query: { readonly queryKey: readonly unknown[] } | undefined,
  ) => (query !== undefined && hashKey(query.queryKey.slice(0, -1)) === thing ? last : undefined)
  return { queryKey, placeholderData }
}
