// What all addresses of the app stand in: the root, and the shell for those who are signed in.
import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router'

import { Broken, NotFound } from './shell/Lost.tsx'
import { Shell } from './shell/Shell.tsx'
import { client } from './wire/client.ts'
import { meQuery } from './wire/session.ts'

export const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Broken,
})

export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ location }) => {
    const me = await client.ensureQueryData(meQuery)
    if (!me) throw redirect({ to: '/sign-in', search: { next: location.href } })
    if (me.mustAddFactor) throw redirect({ to: '/add-factor' })
  },
  component: Shell,
})
