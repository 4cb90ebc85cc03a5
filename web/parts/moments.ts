// Moments that are offered when something is put off.

/** In the person's own zone: later today, tomorrow, in some days, next Monday, in a month. */
export function snoozeMoments(now: Date) {
  const at = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour, 0, 0)
  const toMonday = (8 - now.getDay()) % 7 || 7
  return [
    { word: 'snooze.later', at: new Date(now.getTime() + 3 * 3_600_000) },
    { word: 'snooze.tomorrow', at: at(1, 9) },
    { word: 'snooze.threeDays', at: at(3, 9) },
    { word: 'snooze.monday', at: at(toMonday, 9) },
    { word: 'snooze.month', at: at(30, 9) },
  ] as const
}
