// How the rest of the app comes to routing.
export const loadRouting = () => Promise.all([import('./all.ts')]).then(([all]) => all.spoken.then(() => all))
