// /assistant: its configuration in versions, switches, what it learnt, its runs with their reasons, and simulations.
import { z } from 'zod'
import {
  alikeLinks,
  alikeWords,
  decisions,
  draftUses,
  escalationReasons,
  modelReasons,
  modes,
  rungs,
  skipReasons,
  stepReasons,
  summaryProblems,
  triageFields,
  triageModes,
  verdicts,
} from '#assistant/words.ts'
import { id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'
import { MOST_PROCEDURES, procedure, procedureRun } from './procedures.ts'
import { messageKind } from './messages.ts'
import { channel, status } from './tickets.ts'

const whole = z.number().int()
const share = z.number().min(0).max(1)
export const assistantMode = z.enum(modes)
export const verdict = z.enum(verdicts)
export type AssistantMode = z.infer<typeof assistantMode>

/** What a step of the ladder is taken for. */
export const ladderPlace = z.object({ brandId: id.nullable(), channel: channel.nullable(), categoryId: id })
export const ladderStep = ladderPlace.extend({
  from: z.enum(rungs),
  to: z.enum(rungs),
  why: z.enum(stepReasons),
})
export type LadderStep = z.infer<typeof ladderStep>

const phrases = z.strictObject({
  greeting: z.string().trim().min(1).max(2_000),
  closing: z.string().trim().min(1).max(2_000),
})
const language = z.string().regex(/^[a-z]{2}$/)

/** One sentence that a model is told beside the evidence, for the tickets that it fits; null fits all. */
const guidance = z.strictObject({
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  text: z
    .string()
    .trim()
    .min(5)
    .max(300)
    .refine((text) => !/[<>]|[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), { error: 'is one line without < and >' })
    .refine((text) => !/https?:|www\.|@/i.test(text), {
      error: 'names no address: a draft with one is refused',
    }),
  brandId: id.nullable(),
  channel: channel.nullable(),
  categoryId: id.nullable(),
  /** Who looks after it, and when it is to be looked at again. */
  ownerId: id.nullable(),
  reviewBy: z.iso.date().nullable(),
})
export type GuidanceRow = z.infer<typeof guidance>
const MOST_GUIDANCE = 100

/** What people decide of a version. Thresholds and calibration come from the simulation that it goes live on. */
export const assistantSettings = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** The first row that fits a ticket says the mode; null fits all. `share` is how many of them it may answer alone. */
  rows: z
    .array(
      z.strictObject({
        brandId: id.nullable(),
        channel: channel.nullable(),
        categoryId: id.nullable(),
        mode: assistantMode,
        share,
      }),
    )
    .max(500),
  otherwise: assistantMode,
  triage: z.strictObject({
    category: z.enum(triageModes),
    priority: z.enum(triageModes),
    team: z.enum(triageModes).default('off'),
    tags: z.enum(triageModes).default('off'),
    /** Of the requester, where nobody has said theirs. */
    language: z.enum(triageModes).default('off'),
    /** Asked for first and let go of first when the ticket is given out. */
    skill: z.enum(triageModes).default('off'),
  }),
  maxWrong: z.number().min(0.001).max(0.2),
  draftFrom: share,
  leastEvidence: share,
  highStakes: z.array(id).max(500),
  hardPhrases: z.array(z.string().trim().min(2).max(100)).max(200),
  languages: z.array(language).max(50),
  phrases: z.record(language, phrases),
  answersPerDay: whole.min(0).max(100_000),
  holdout: z.number().min(0).max(0.5),
  sendDelaySeconds: whole.min(30).max(600),
  maxTurns: whole.min(1).max(10),
  /** Whose model words drafts; null: they are an article's words. */
  providerId: id.nullable().default(null),
  /** Offers to link a ticket with the open incident that it is about. */
  offersLinks: z.boolean().default(false),
  /** In their order; twelve at most are told for one ticket. */
  guidance: z
    .array(guidance)
    .max(MOST_GUIDANCE)
    .refine((all) => new Set(all.map(({ key }) => key)).size === all.length, { error: 'has each key once' })
    .default([]),
  /** The first that fits a ticket is gone through instead of looking for an article. */
  procedures: z.array(procedure).max(MOST_PROCEDURES).default([]),
})
export type AssistantSettings = z.infer<typeof assistantSettings>

export const threshold = z.object({ from: z.number(), n: whole, bound: z.number() })
export const newAssistantVersion = z.strictObject({
  settings: assistantSettings,
  note: z.string().max(500).default(''),
})
/** Why it may go further than what is live, where it does. */
export const publishing = z
  .strictObject({ reason: z.string().trim().max(500).optional() })
  .nullish()
  .transform((body) => ({ reason: body?.reason ?? '' }))
export const assistantVersion = z.object({
  version: whole,
  note: z.string(),
  /** Null: the desk itself took a step down. */
  createdBy: nameRef.nullable(),
  /** Of the ladder, that were taken with it. */
  steps: z.array(ladderStep),
  createdAt: instant,
  publishedAt: instant.nullable(),
  live: z.boolean(),
})
export const assistantVersionPage = pageOf(assistantVersion)
export const assistantVersionDetail = assistantVersion.extend({
  settings: assistantSettings,
  /** By category id. */
  thresholds: z.record(z.string(), threshold),
  /** Answers that its chances were brought to true shares by; 0: none. */
  calibratedOn: whole,
  simulationId: id.nullable(),
})
export type AssistantVersionDetail = z.infer<typeof assistantVersionDetail>
export const versionParams = z.object({ version: z.coerce.number().pipe(z.int32().positive()) })

const scope = z.string().regex(/^(?:desk|(?:brand|category):[1-9]\d{0,14})$/)
export const assistantSwitch = z.strictObject({ scope, off: z.boolean() })

export const learntField = z.object({
  field: z.enum(triageFields),
  at: instant,
  labels: whole,
  learnt: whole,
  tested: whole,
  right: whole,
  /** Of the tested, those it is sure enough of to set the field. */
  sure: whole,
  accuracy: z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable(),
})
export type LearntField = z.infer<typeof learntField>

const draftsOf = z.object({
  accepted: whole,
  edited: whole,
  rejected: whole,
  /** Of those that were edited: the share that was changed, in the middle of them. */
  changed: z.number().nullable(),
})

export const assistantOverview = z.object({
  live: assistantVersionDetail.nullable(),
  /** What a first version starts from. */
  standard: assistantSettings,
  switches: z.array(z.object({ scope: z.string(), at: instant, by: nameRef })),
  learnt: z.array(learntField),
  /** Links that were offered in the last 30 days, by ticket. */
  alike: z.object({ offered: whole, linked: whole, refused: whole }),
  /** By key, over the last 30 days: drafts that a model was told it for, and those of them that it says to have followed it in. */
  guidance: z.array(z.object({ key: z.string(), told: whole, followed: whole })),
  /** Suggested answers of the last 90 days and what agents made of them: those here for less than 90 days then, and all others. */
  drafts: z.object({ newcomers: draftsOf, others: draftsOf }),
  articles: z.object({
    languages: z.array(z.object({ language: z.string(), articles: whole, sections: whole })),
  }),
  categories: z.array(
    z.object({
      id,
      path: z.string(),
      tickets: whole,
      runs: whole,
      answered: whole,
      judged: whole,
      wrong: whole,
    }),
  ),
})
export type AssistantOverview = z.infer<typeof assistantOverview>

const cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])
export const run = z.object({
  id,
  ticketId: id,
  seq: whole,
  configVersion: whole,
  at: instant,
  mode: assistantMode,
  decision: z.enum(decisions),
  reason: z.enum([...escalationReasons, ...skipReasons]).nullable(),
  categoryId: id.nullable(),
  steps: z.array(z.object({ step: z.string(), saw: z.record(z.string(), cell) })),
  guesses: z.array(
    z.object({
      field: z.enum(triageFields),
      label: z.string(),
      margin: z.number(),
      isKnown: z.boolean(),
      isSure: z.boolean(),
    }),
  ),
  evidence: z.array(
    z.object({
      id: z.string(),
      articleId: id,
      version: whole,
      title: z.string(),
      heading: z.string(),
      path: z.string(),
      score: z.number(),
    }),
  ),
  sentences: z.array(z.object({ sentence: z.string(), evidence: whole.nullable() })),
  pCorrect: z.number().nullable(),
  threshold: z.number().nullable(),
  answer: z.string().nullable(),
  ms: whole,
  messageId: z.number().int().nullable(),
  recalledAt: instant.nullable(),
  verdict: verdict.nullable(),
  verdictNote: z.string().nullable(),
  /** What an agent made of the answer that it suggested, by what they sent. */
  use: z.enum(draftUses).nullable(),
  procedure: procedureRun.nullable(),
})
export type AssistantRun = z.infer<typeof run>
export const listedRun = run.extend({ subject: z.string() })
export const runPage = pageOf(listedRun)
export const runQuery = pageQuery.extend({
  decision: z.enum(decisions).optional(),
  reason: z.enum([...escalationReasons, ...skipReasons]).optional(),
  category: z.coerce.number().pipe(id).optional(),
  judged: z.stringbool().optional(),
})
export const newVerdict = z.strictObject({ verdict, note: z.string().max(2_000).default('') })

/** The assistant on one ticket. */
export const ticketAssistant = z.object({
  /** Whether a configuration is live at all. */
  isLive: z.boolean(),
  /** Called in a note by this id, as agents are, it looks at the customer's newest word; null where there is none to answer. */
  mention: nameRef.nullable(),
  /** A model rewords and translates what agents write. */
  rewords: z.boolean(),
  /** `escalated`: it handed the ticket over; `off`: a person took it away. */
  state: z.enum(['on', 'escalated', 'off']),
  triage: z.record(z.enum(triageFields), z.enum(triageModes)),
  /** Of the requester; null where nobody has said. */
  language: z.string().nullable(),
  /** Those that its guesses name. */
  skills: z.array(nameRef),
  /** What it may be about, too, where nobody has said so yet; only what the reader sees. */
  /** The run whose proposal may be done as things stand. */
  proposes: id.nullable(),
  alike: z
    .object({
      runId: id,
      linkType: z.enum(alikeLinks),
      /** So many of the last hours say the same, where that is why; else 0. */
      count: whole,
      ticket: z.object({ id, subject: z.string(), status }),
    })
    .nullable(),
  runs: z.array(run),
})
export type TicketAssistant = z.infer<typeof ticketAssistant>
/** A long conversation in a few sentences, in its order. */
export const ticketSummary = z.object({
  lines: z.array(
    z.object({
      messageId: id,
      sentence: z.string(),
      isQuestion: z.boolean(),
      kind: messageKind,
      author: z.string(),
      at: instant,
    }),
  ),
  /** So many messages of so many were read: of very long ones the first and the newest. */
  read: whole,
  total: whole,
  /** A model can be asked for its words. */
  mayAsk: z.boolean(),
  /** Whose words they are, as its provider names it; null: the conversation's own. */
  model: z.string().nullable(),
  /** Why they are its own though a model was asked. */
  instead: z.enum([...modelReasons, ...summaryProblems]).nullable(),
  /** Sentences of the model's that were left out, for no message holds them. */
  dropped: whole,
})
export type TicketSummary = z.infer<typeof ticketSummary>

/** Links it, or says that it is about something else. */
export const alikeAnswer = z.strictObject({ said: z.enum(alikeWords) })
export const ticketAssistantPut = z.strictObject({ enabled: z.boolean() })
