// Whether an event comes from the system that shares a hook's secret, each in its sender's way, over the bytes as they came. Pure.
import { createHmac } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { same } from '#channels/inbound-webhooks.ts'
import type { HookScheme } from '#channels/hook-words.ts'

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>
type Event = { readonly headers: Headers; readonly body: Buffer; readonly nowSeconds: number }

/** As old or as early may a signature's moment be (Standard Webhooks and Stripe say five minutes). */
const TOLERANCE_SECONDS = 300

/** Null when the event is believed, else why it is not. */
export function hookRefusal(scheme: HookScheme, secret: string, event: Event): string | null {
  switch (scheme) {
    case 'standard':
      return standardRefusal(secret, event)
    case 'github': {
      const given = textOf(event.headers, 'x-hub-signature-256')
      const right = `sha256=${createHmac('sha256', secret).update(event.body).digest('hex')}`
      return same(right, given) ? null : wrong(given, 'X-Hub-Signature-256')
    }
    case 'stripe':
      return stripeRefusal(secret, event)
    case 'secret': {
      const given = givenSecrets(event.headers)
      if (given.length === 0)
        return 'It carries no secret: send it as "Authorization: Bearer", as a Basic password, or as X-Gitlab-Token.'
      return given.some((each) => same(secret, each)) ? null : 'Its secret is another one.'
    }
    case 'none':
      return null
  }
}

/** Standard Webhooks: `v1,` and base64 of HMAC-SHA256 over id, moment and body. Several signatures are one for each secret of the sender. */
function standardRefusal(secret: string, { headers, body, nowSeconds }: Event): string | null {
  const [id, moment, given] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    textOf(headers, name),
  ) as [string, string, string]
  if (id === '') return 'It has no webhook-id.'
  if (isOff(moment, nowSeconds)) return stale('webhook-timestamp')
  const right = new Webhook(secret).sign(id, new Date(Number(moment) * 1_000), body.toString('utf8'))
  return given.split(' ').some((each) => same(right, each)) ? null : wrong(given, 'webhook-signature')
}

/** Stripe: `t=` and one or more `v1=`, hex of HMAC-SHA256 over the moment, a full stop and the body. */
function stripeRefusal(secret: string, { headers, body, nowSeconds }: Event): string | null {
  const given = textOf(headers, 'stripe-signature')
  const parts = given.split(',').map((part) => part.trim().split('=') as [string, string?])
  const moment = parts.find(([name]) => name === 't')?.[1] ?? ''
  if (given !== '' && isOff(moment, nowSeconds)) return stale('Stripe-Signature')
  const right = createHmac('sha256', secret)
    .update(Buffer.concat([Buffer.from(`${moment}.`), body]))
    .digest('hex')
  const isRight = parts.some(([name, value]) => name === 'v1' && same(right, value ?? ''))
  return isRight ? null : wrong(given, 'Stripe-Signature')
}

function givenSecrets(headers: Headers): string[] {
  const authorization = textOf(headers, 'authorization')
  const bearer = /^Bearer (.+)$/i.exec(authorization)?.[1]
  const basic = /^Basic ([\w+/=]+)$/i.exec(authorization)?.[1]
  const password =
    basic === undefined
      ? undefined
      : Buffer.from(basic, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
  const token = textOf(headers, 'x-gitlab-token')
  return [bearer, password, token].filter((each) => each !== undefined && each !== '') as string[]
}

/** The number by which a sender knows an event; null when it says none. */
export function senderKey(scheme: HookScheme, headers: Headers, event: unknown): string | null {
  const name = { standard: 'webhook-id', github: 'x-github-delivery', stripe: '', secret: '', none: '' }[
    scheme
  ]
  const inBody = scheme === 'stripe' ? (event as { id?: unknown } | null)?.id : undefined
  const given =
    name !== ''
      ? textOf(headers, name)
      : typeof inBody === 'string'
        ? inBody.replaceAll('\0', '').toWellFormed()
        : ['webhook-id', 'idempotency-key', 'x-gitlab-event-uuid', 'x-github-delivery']
            .map((each) => textOf(headers, each))
            .find((each) => each !== '')
  return given === undefined || given === '' ? null : given
}

/**
 * By what an event is known, so that the same one is not taken twice; null when nothing tells. GitHub does not sign its number: whoever
 * recorded an event could send it under another, so there the body is what tells.
 */
export const knownBy = (scheme: HookScheme, key: string | null, body: string): string | null =>
  scheme === 'github' ? `body|${body}` : key

/** Whether a number that was used for another body is at fault. What is signed says so itself; Stripe counts tries in its body. */
export const isKeyForOneBody = (scheme: HookScheme): boolean => scheme === 'secret' || scheme === 'none'

/** The headers that a mapping can read: what names the event, never what proves it. */
export function toldHeaders(headers: Headers): Record<string, string> {
  const told = Object.keys(headers).filter(
    (name) =>
      /^(?:x-|webhook-id$|webhook-timestamp$|content-type$|user-agent$)/.test(name) &&
      !/signature|token|secret|auth|key|pass|credential|hmac|cert|cookie|forwarded|real-ip/.test(name),
  )
  return Object.fromEntries(told.slice(0, 50).map((name) => [name, textOf(headers, name).slice(0, 500)]))
}

const isOff = (moment: string, nowSeconds: number) =>
  !/^\d{1,12}$/.test(moment) || Math.abs(nowSeconds - Number(moment)) > TOLERANCE_SECONDS
const stale = (name: string) => `The moment in ${name} is missing, or more than five minutes away from here.`
const wrong = (given: string, name: string) =>
  given === '' ? `It is not signed: ${name} is missing.` : `The signature in ${name} is not right.`

function textOf(headers: Headers, name: string): string {
  const value = headers[name]
  return typeof value === 'string' ? value : (value?.[0] ?? '')
}
