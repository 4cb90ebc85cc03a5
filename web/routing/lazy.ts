// How the rest of the app comes to routing.
export const loadRouting = () => import('./all.ts').then(({ routing }) => routing)
