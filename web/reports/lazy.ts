// How the rest of the app comes to reports.
export const loadReports = () => import('./all.ts').then(({ reports }) => reports)
