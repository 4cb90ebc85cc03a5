// How many servers a line of people needs: Erlang C, and Erlang A for people who give up. Rates are per hour, times in seconds.

export type Load = {
  readonly arrivalsPerHour: number
  readonly handleSeconds: number
  /** How long people wait on average before they give up; null for ever (Erlang C). */
  readonly patienceSeconds: number | null
}

/** States of the line behind this share of the likeliest are left out. */
const NEGLIGIBLE = 1e-12
const MOST_STATES = 100_000
const MOST_SERVERS = 10_000

/** The chance that somebody who comes has to wait at all, without giving up (Erlang C); 1 when there is more work than hands. */
export function waitChance(servers: number, erlangs: number): number {
  if (erlangs >= servers) return 1
  // Erlang B by its recursion, which does not overflow.
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (erlangs * blocked) / (n + erlangs * blocked)
  return blocked / (1 - (erlangs / servers) * (1 - blocked))
}

/** The share of those who come that are answered within some seconds, were they to wait (M/M/n+M). */
export function answeredWithin(load: Load, servers: number, seconds: number): number {
  if (load.arrivalsPerHour <= 0) return 1
  if (servers <= 0) return 0
  const { service, patience } = ratesOf(load)
  const states = statesOf(load, servers)
  const all = states.reduce((sum, each) => sum + each, 0)
  // The wait behind `m` others is the sum of m + 1 exponential times with rates nμ, nμ + θ, …: longer than T exactly when a Yule
  // process that begins with nμ/θ has had at most m births by then.
  const busy = servers * service
  const grown = 1 - Math.exp(-patience * seconds)
  let term = Math.exp(-busy * seconds)
  let longer = 0
  let late = 0
  for (let m = 0; servers + m < states.length; m++) {
    if (m > 0) term *= patience > 0 ? (grown * (busy / patience + m - 1)) / m : (busy * seconds) / m
    longer += term
    late += ((states[servers + m] ?? 0) / all) * longer
  }
  return Math.max(0, 1 - late)
}

/** The share of those who come that give up. */
export function givenUp(load: Load, servers: number): number {
  if (load.arrivalsPerHour <= 0 || load.patienceSeconds === null) return 0
  const { arrival, patience } = ratesOf(load)
  const states = statesOf(load, servers)
  const all = states.reduce((sum, each) => sum + each, 0)
  const waiting = states.reduce((sum, each, count) => sum + Math.max(0, count - servers) * each, 0)
  return (patience * waiting) / all / arrival
}

/** The least number of servers with which a share of people is answered within some seconds. */
export function serversFor(
  load: Load,
  promise: { readonly share: number; readonly seconds: number },
): number {
  if (load.arrivalsPerHour <= 0) return 0
  const isEnough = (servers: number) => answeredWithin(load, servers, promise.seconds) >= promise.share
  let high = 1
  while (high < MOST_SERVERS && !isEnough(high)) high *= 2
  let low = Math.floor(high / 2) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isEnough(middle)) high = middle
    else low = middle + 1
  }
  return high
}

function ratesOf({ arrivalsPerHour, handleSeconds, patienceSeconds }: Load) {
  return {
    arrival: arrivalsPerHour / 3_600,
    service: 1 / handleSeconds,
    patience: patienceSeconds === null ? 0 : 1 / patienceSeconds,
  }
}

/** How likely each number of people in the line is, not yet as parts of one. A line that only grows is cut off. */
function statesOf(load: Load, servers: number): number[] {
  const { arrival, service, patience } = ratesOf(load)
  const states = [1]
  let now = 1
  let greatest = 1
  for (let count = 1; count < MOST_STATES; count++) {
    now *= arrival / (Math.min(count, servers) * service + Math.max(0, count - servers) * patience)
    if (now > 1e200) {
      states.forEach((each, index) => (states[index] = each / 1e200))
      now /= 1e200
      greatest /= 1e200
    }
    states.push(now)
    greatest = Math.max(greatest, now)
    if (count > servers && now < greatest * NEGLIGIBLE) break
  }
  return states
}
