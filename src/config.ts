// The only reader of the environment. Everything wrong with it is reported together; a frozen, typed object comes out.
import { resolve } from 'node:path'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

export type TelemetryTarget = {
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
  readonly service: string
}

export type Config = {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly databaseUrl: string | null
  /** A server that follows the database, for reads that ask much. */
  readonly replicaUrl: string | null
  readonly baseUrl: string
  readonly smtpPort: number
  readonly smtpUrl: string | null
  /** The bucket in which files lie, `s3://bucket/prefix`; null for the data folder. */
  readonly blobs: string | null
  /** How buckets are reached, for files and for backups. */
  readonly s3: {
    readonly endpoint: string | null
    readonly region: string
    readonly pathStyle: boolean
    /** Null: those of the machine, its role or its profile. */
    readonly keys: { readonly id: string; readonly secret: string; readonly session: string | null } | null
  }
  readonly secret: string | null
  /** Earlier secrets, which still open what they sealed. */
  readonly oldSecrets: readonly string[]
  /** Addresses, ranges and names inside the network that configured servers may lie at. */
  readonly allowHosts: readonly string[]
  /** Proxies in front of us, by address or range: what they say of a client's address is believed. */
  readonly trustedProxies: readonly string[]
  readonly adminEmail: string | null
  readonly adminPassword: string | null
  /** The desk that `./docket mcp` asks, and as whom. */
  readonly deskUrl: string
  readonly deskToken: string | null
  /** Where traces and metrics go; null for nowhere. */
  readonly telemetry: TelemetryTarget | null
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export type ConfigProblem = { readonly variable: string; readonly problem: string }

const port = (fallback: number) =>
  z
    .string()
    .optional()
    .transform((text) => (text === undefined || text === '' ? fallback : Number(text)))
    .pipe(z.number('must be a port number').int('must be a whole number').min(0).max(65_535))

const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : value))

const list = z
  .string()
  .default('')
  .transform((value) => value.split(/[\s,]+/).filter((each) => each !== ''))

const url = (...protocols: string[]) =>
  text.refine((value) => value === null || protocols.includes(protocolOf(value)), {
    error: `must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  })

const environment = z.object({
  DOCKET_HOST: text,
  DOCKET_PORT: port(3000),
  DOCKET_DATA: text,
  DATABASE_URL: url('postgres:', 'postgresql:'),
  DATABASE_REPLICA_URL: url('postgres:', 'postgresql:'),
  DOCKET_BASE_URL: url('http:', 'https:'),
  DOCKET_SMTP_PORT: port(2525),
  DOCKET_SMTP_URL: url('smtp:', 'smtps:'),
  DOCKET_BLOBS: text.refine((value) => value === null || isBucket(value), {
    error: 'must be a bucket, such as s3://files-of-the-desk or s3://bucket/prefix',
  }),
  DOCKET_S3_PATH_STYLE: z.enum(['true', 'false', '']).default(''),
  AWS_ENDPOINT_URL_S3: url('http:', 'https:'),
  AWS_REGION: text,
  AWS_ACCESS_KEY_ID: text,
  AWS_SECRET_ACCESS_KEY: text,
  AWS_SESSION_TOKEN: text,
  DOCKET_SECRET: text.refine((value) => value === null || value.length >= 32, {
    error: 'must have at least 32 characters',
  }),
  DOCKET_OLD_SECRETS: list,
  DOCKET_ALLOW_HOSTS: list,
  DOCKET_TRUSTED_PROXIES: list.refine((all) => all.every(isNetwork), {
    error: 'must be addresses or ranges, such as 10.0.0.2 or 10.0.0.0/8',
  }),
  DOCKET_ADMIN_EMAIL: text.refine((value) => value === null || /^[^\s@]+@[^\s@]+$/.test(value), {
    error: 'must be an e-mail address',
  }),
  DOCKET_ADMIN_PASSWORD: text.refine((value) => value === null || value.length >= 12, {
    error: 'must have at least 12 characters',
  }),
  DOCKET_URL: url('http:', 'https:'),
  DOCKET_TOKEN: text,
  OTEL_EXPORTER_OTLP_ENDPOINT: url('http:', 'https:'),
  OTEL_EXPORTER_OTLP_HEADERS: list.refine((all) => all.every((each) => /^[\w-]+=.+$/.test(each)), {
    error: 'must be NAME=VALUE, several separated by commas',
  }),
  OTEL_EXPORTER_OTLP_PROTOCOL: text.refine((value) => value === null || value === 'http/json', {
    error: 'must be http/json: no other is spoken here',
  }),
  OTEL_SDK_DISABLED: text,
  OTEL_SERVICE_NAME: text,
  DOCKET_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/** Reads the configuration, or lists every problem of the environment with the variable's name. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  root: string,
): { ok: true; config: Config } | { ok: false; problems: readonly ConfigProblem[] } {
  const parsed = environment.safeParse(env)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({
      variable: String(issue.path[0]),
      problem: issue.message,
    }))
    return { ok: false, problems }
  }
  const is = parsed.data
  if (is.DATABASE_REPLICA_URL !== null && is.DATABASE_URL === null) {
    const problem = 'follows DATABASE_URL, which is not set'
    return { ok: false, problems: [{ variable: 'DATABASE_REPLICA_URL', problem }] }
  }
  const host = is.DOCKET_HOST ?? '127.0.0.1'
  const shown = host.includes(':') ? `[${host}]` : host
  const baseUrl = (is.DOCKET_BASE_URL ?? `http://${shown}:${is.DOCKET_PORT}`).replace(/\/+$/, '')
  const config: Config = {
    host,
    port: is.DOCKET_PORT,
    dataDir: resolve(root, is.DOCKET_DATA ?? 'data'),
    databaseUrl: is.DATABASE_URL,
    replicaUrl: is.DATABASE_REPLICA_URL,
    baseUrl,
    smtpPort: is.DOCKET_SMTP_PORT,
    smtpUrl: is.DOCKET_SMTP_URL,
    blobs: is.DOCKET_BLOBS,
    s3: accessOf(is),
    secret: is.DOCKET_SECRET,
    oldSecrets: is.DOCKET_OLD_SECRETS,
    allowHosts: is.DOCKET_ALLOW_HOSTS,
    trustedProxies: is.DOCKET_TRUSTED_PROXIES,
    adminEmail: is.DOCKET_ADMIN_EMAIL,
    adminPassword: is.DOCKET_ADMIN_PASSWORD,
    deskUrl: is.DOCKET_URL?.replace(/\/+$/, '') ?? baseUrl,
    deskToken: is.DOCKET_TOKEN,
    telemetry: telemetryOf(is),
    logLevel: is.DOCKET_LOG,
  }
  return { ok: true, config: Object.freeze(config) }
}

/** The names are those of OpenTelemetry, so that a desk is set up as its neighbours are; values of headers are percent-encoded. */
function telemetryOf(is: z.output<typeof environment>): TelemetryTarget | null {
  const endpoint = is.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '')
  if (endpoint === undefined || is.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return null
  const headers = is.OTEL_EXPORTER_OTLP_HEADERS.map((each) => {
    const at = each.indexOf('=')
    return [each.slice(0, at), decoded(each.slice(at + 1))]
  })
  return { endpoint, headers: Object.fromEntries(headers), service: is.OTEL_SERVICE_NAME ?? 'docket' }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** The usual names of the environment. A store of its own address is mostly one that knows buckets as folders. */
function accessOf(is: z.output<typeof environment>): Config['s3'] {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_ENDPOINT_URL_S3: endpoint } = is
  const style = is.DOCKET_S3_PATH_STYLE
  return {
    endpoint,
    region: is.AWS_REGION ?? 'us-east-1',
    pathStyle: style === '' ? endpoint !== null : style === 'true',
    keys: id === null || secret === null ? null : { id, secret, session: is.AWS_SESSION_TOKEN },
  }
}

/** Whether it names a bucket by S3's rules, with or without a prefix. */
export function isBucket(value: string): boolean {
  return /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/|$)/.test(value)
}

function isNetwork(entry: string): boolean {
  return ipaddr.isValid(entry) || ipaddr.isValidCIDR(entry)
}

function protocolOf(value: string): string {
  return URL.canParse(value) ? new URL(value).protocol : ''
}
