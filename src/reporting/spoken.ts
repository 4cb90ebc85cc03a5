// Durations in the words of a language: on the screen and in mails. It brings nothing along, so that the app takes it as it is.

/** What tells seconds. Working time is told in hours, however long: a day of it means something else to everybody. */
export function durationsIn(
  locales: string | string[] | undefined,
): (seconds: number, kind: 'business' | 'wall' | null) => string {
  const unit = (name: 'minute' | 'hour' | 'day', digits: number) =>
    new Intl.NumberFormat(locales, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      maximumFractionDigits: digits,
    })
  const [minutes, hours, manyHours, days] = [
    unit('minute', 0),
    unit('hour', 1),
    unit('hour', 0),
    unit('day', 0),
  ]
  return (seconds, kind) => {
    if (Math.abs(seconds) < 5_400) return minutes.format(Math.round(seconds / 60))
    if (Math.abs(seconds) < 172_800) return hours.format(seconds / 3_600)
    return kind === 'wall' ? days.format(Math.round(seconds / 86_400)) : manyHours.format(seconds / 3_600)
  }
}
