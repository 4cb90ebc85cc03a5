// The query client of the app. Server data is fresh until the change feed says otherwise.
import { QueryClient } from '@tanstack/react-query'

import { CallFailed } from './call.ts'

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      networkMode: 'always',
      retry: (count, error) =>
        count < 2 && error instanceof CallFailed && (error.status === 0 || error.status >= 500),
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
