// How the rest of the app comes to reports.
export const loadReports = () => import('./reporting.ts').then(({ reports }) => reports)
