// Every no and every failure as application/problem+json (RFC 9457): the one table from what happened to HTTP.
import { ZodError } from 'zod'
import { Fault } from '#kit/fault.ts'

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly [extension: string]: unknown
}

/** A no with its HTTP form, thrown by handlers and caught at the door. */
export class Declined extends Error {
  readonly problem: Problem

  constructor(said: Problem) {
    super(said.detail ?? said.title)
    this.name = 'Declined'
    this.problem = said
  }
}

const kinds = {
  'bad-input': [400, 'The request is not understood'],
  'signed-out': [401, 'Nobody is signed in'],
  forbidden: [403, 'Not allowed'],
  'step-up': [403, 'Confirm that it is you'],
  'factor-required': [403, 'A second factor is needed'],
  'not-found': [404, 'There is no such thing'],
  refused: [409, 'Refused'],
  conflict: [409, 'It changed in the meantime'],
  'in-progress': [409, 'The same request is being worked on'],
  'too-large': [413, 'Too large'],
  'key-reused': [422, 'This Idempotency-Key was used for another request'],
  'too-many': [429, 'Too many requests'],
  'not-ready': [503, 'Not ready'],
  fault: [500, 'Something failed here'],
  unavailable: [503, 'Not possible at this moment'],
  full: [507, 'The disk is full'],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemKind = keyof typeof kinds

/** A problem of a kind, with its details. */
export function problem(
  kind: ProblemKind,
  detail?: string,
  extensions: Readonly<Record<string, unknown>> = {},
): Problem {
  const [status, title] = kinds[kind]
  return {
    type: `https://docket.dev/problems/${kind}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    ...extensions,
  }
}

/** Throws a no of a kind. */
export function decline(
  kind: ProblemKind,
  detail?: string,
  extensions: Readonly<Record<string, unknown>> = {},
): never {
  throw new Declined(problem(kind, detail, extensions))
}

/** Throws a 400 that names one place in the request. */
export function declineInput(path: string, message: string): never {
  decline('bad-input', `${path}: ${message}`, { errors: [{ path, message }] })
}

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT', '53100'])

/** The problem for anything thrown. Faults and bugs tell no detail of the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Declined) return error.problem
  if (error instanceof Fault) return faultProblem(error)
  const known = error as {
    statusCode?: number
    code?: string
    message?: string
    validation?: unknown
    cause?: unknown
  }
  if (known.validation !== undefined || error instanceof ZodError) return inputProblem(error)
  if (known.code !== undefined && DISK_FULL.has(known.code))
    return faultProblem(new Fault('', { retryable: true, code: known.code }))
  if (known.statusCode === 413) return problem('too-large', 'The body is larger than this route takes.')
  if (known.statusCode === 429) return problem('too-many', known.message)
  if (known.statusCode !== undefined && known.statusCode >= 400 && known.statusCode < 500) {
    return { ...problem('bad-input', known.message), status: known.statusCode }
  }
  return problem('fault', 'This was written to the log. Nothing was changed.')
}

function faultProblem(fault: Fault): Problem {
  if (fault.code !== undefined && DISK_FULL.has(fault.code)) {
    return problem('full', 'Nothing was stored. Free some space and send it again.')
  }
  return fault.retryable
    ? problem('unavailable', 'Nothing was changed. Try again in a moment.')
    : problem('fault', 'This was written to the log. Nothing was changed.')
}

type Issue = {
  path?: readonly PropertyKey[]
  instancePath?: string
  message?: string
  params?: { issue?: Issue }
}

function inputProblem(error: unknown): Problem {
  const found =
    error instanceof ZodError ? error.issues : ((error as { validation: Issue[] }).validation ?? [])
  const errors = (found as Issue[]).map((each) => {
    const issue = each.params?.issue ?? each
    const path = issue.path?.map(String).join('.') ?? issue.instancePath?.slice(1).replaceAll('/', '.') ?? ''
    return { path, message: issue.message ?? 'is not right' }
  })
  const first = errors[0]
  return problem('bad-input', first === undefined ? undefined : `${first.path}: ${first.message}`, { errors })
}
