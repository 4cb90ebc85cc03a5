// The words of the assistant, each list once: types, schemas, tables and menus follow from these. Imports nothing.

/** How far it may go where a mode stands, the least first. */
export const modes = ['off', 'shadow', 'on_request', 'suggest', 'draft', 'auto'] as const
export type Mode = (typeof modes)[number]

/** What it reads out of a text: a field of the ticket each, the requester's language, and what whoever takes it had better know. */
export const triageFields = ['category', 'priority', 'team', 'tags', 'language', 'skill'] as const
export type TriageField = (typeof triageFields)[number]

/** Of these a ticket may have none, one or several. */
export const manyFields: readonly TriageField[] = ['tags', 'skill']

export const triageModes = ['off', 'suggest', 'set'] as const
export type TriageMode = (typeof triageModes)[number]

/** Why a run ended before it read anything. */
export const skipReasons = [
  'killed',
  'off',
  'automatic',
  'thanks',
  'not_customer',
  'inactive',
  'human_replied',
  'human_typing',
  'opted_out',
  'escalated',
  'turns',
  'holdout',
  'mails_to_address',
] as const
export type SkipReason = (typeof skipReasons)[number]

/** Why people have it now. */
export const escalationReasons = [
  'no_evidence',
  'low_confidence',
  'conflict',
  'policy_hard',
  'customer_asked',
  'tool_failed',
  'repeat',
  'language',
  'out_of_scope',
  'injection',
  'budget',
  'provider_down',
  'superseded',
  'attachment_only',
] as const
export type EscalationReason = (typeof escalationReasons)[number]

/** What is never answered by a machine. */
export const hardKinds = [
  'legal_threat',
  'danger',
  'security_report',
  'chargeback',
  'press',
  'regulator',
  'asks_for_human',
] as const
export type HardKind = (typeof hardKinds)[number]

/** What a run came to. */
export const decisions = [
  'skip',
  'escalate',
  'triage_only',
  'draft',
  'ask',
  'answer_stay_open',
  'auto_resolve',
] as const
export type Decision = (typeof decisions)[number]

/** Whether a run wrote to the customer alone. */
export function isAnswered(decision: Decision): boolean {
  return decision === 'ask' || decision === 'auto_resolve' || decision === 'answer_stay_open'
}

/** What a person says of a run. */
export const verdicts = ['correct', 'incomplete', 'wrong', 'harmful'] as const
export type Verdict = (typeof verdicts)[number]

/** What an agent did with an answer that was suggested to them. */
export const draftUses = ['accepted', 'edited', 'rejected'] as const
export type DraftUse = (typeof draftUses)[number]

/** How far it has come in a category, step by step; one at a time, in either direction. */
export const rungs = ['off', 'shadow', 'draft', 'tenth', 'half', 'whole'] as const
export type Rung = (typeof rungs)[number]

/** What is watched of answers that leave alone: too many of one kind cost a step. */
export const signals = ['reopened', 'bad_rating', 'wrong', 'escalated'] as const
export type Signal = (typeof signals)[number]

/** Why a place took a step: a person's press, too much of a signal, or a harmful answer. */
export const stepReasons = ['pressed', ...signals, 'harmful'] as const
export type StepReason = (typeof stepReasons)[number]

/** What a step up still waits for. */
export const hindrances = [
  'nowhere',
  'days',
  'judged',
  'wrong',
  'harmful',
  'reopened',
  'package',
  'simulation',
  'agreement',
] as const
export type Hindrance = (typeof hindrances)[number]

/** What the package of a hand-over may lack: then it is not whole. */
export const packageParts = ['asked', 'queue', 'reply', 'note'] as const
export type PackagePart = (typeof packageParts)[number]

/** What a scenario asks of a run. */
export const checkKinds = [
  'decision',
  'reason',
  'article',
  'no_article',
  'category',
  'no_promise',
  'called',
  'not_called',
  'asked',
] as const
export type CheckKind = (typeof checkKinds)[number]

/** What became of a ticket from one simulation to the next: wrong before and right now, or the other way round. */
export const simulatedChanges = ['fixed', 'broken'] as const
export type SimulatedChange = (typeof simulatedChanges)[number]

/** Whether what a person says of an answer calls it wrong: one that is incomplete misleads nobody. */
export function isWrongVerdict(verdict: Verdict): boolean {
  return verdict === 'wrong' || verdict === 'harmful'
}

/** Whether a mode reaches as far as another. */
export function reaches(mode: Mode, least: Mode): boolean {
  return modes.indexOf(mode) >= modes.indexOf(least)
}

/** How a provider of models is spoken to. */
export const providerKinds = ['openai_compatible', 'anthropic', 'ollama'] as const
export type ProviderKind = (typeof providerKinds)[number]

/** Why a model gave no answer. */
export const modelReasons = [
  'unreachable',
  'timeout',
  'busy',
  'key_refused',
  'not_taken',
  'broken',
  'cut_answer',
  'cut_question',
  'filtered',
  'too_long',
  'budget',
] as const
export type ModelReason = (typeof modelReasons)[number]

/** What some models do not take, found when they are first asked. */
export const modelQuirks = ['max_completion_tokens', 'no_temperature', 'no_schema'] as const
export type ModelQuirk = (typeof modelQuirks)[number]

/** What is wrong with a text that a model wrote. */
export const draftProblems = [
  'unreadable',
  'empty',
  'evidence',
  'unsupported',
  'number',
  'address',
  'promise',
  'language',
  'questions',
  'canary',
  'injection',
] as const
export type DraftProblem = (typeof draftProblems)[number]

/** Why a conversation is told in its own sentences though a model was asked for its words, beside what kept that from answering. */
export const summaryProblems = ['not_held', 'language', 'commands'] as const
export type SummaryProblem = (typeof summaryProblems)[number]

/** What a model may do to an agent's words. */
export const rewordings = ['correct', 'clearer', 'shorter', 'friendlier', 'formal', 'translate'] as const
export type Rewording = (typeof rewordings)[number]

/** What a procedure does, step by step. */
export const procedureStepKinds = ['ask', 'look_up', 'answer', 'propose', 'hand_over'] as const
export type ProcedureStepKind = (typeof procedureStepKinds)[number]

/** How what a customer is asked for is read from their words. */
export const factKinds = ['code', 'number', 'date', 'email', 'choice', 'text'] as const
export type FactKind = (typeof factKinds)[number]

/** What a step may ask of a fact that is known by then. */
export const factTests = ['known', 'unknown', 'equal', 'other', 'more', 'less'] as const
export type FactTest = (typeof factTests)[number]

/** What the desk knows of every ticket, to be looked up; beside these, each field of its own as `field.KEY`. */
export const deskFacts = [
  'requester.name',
  'requester.email',
  'requester.company',
  'ticket.priority',
  'ticket.type',
  'ticket.channel',
] as const

/** What an answer of another system is. */
export const answerKinds = ['text', 'number', 'date', 'yes_no', 'choice'] as const
export type AnswerKind = (typeof answerKinds)[number]

/** Why another system gave no answer that counts. */
export const lookUpProblems = [
  'gone',
  'missing',
  'unproven',
  'not_allowed',
  'unreachable',
  'timeout',
  'key_refused',
  'refused',
  'too_large',
  'unreadable',
  'shape',
  'commands',
] as const
export type LookUpProblem = (typeof lookUpProblems)[number]

/** What became of a step of a procedure. */
export const stepOutcomes = [
  'left_out',
  'known',
  'read',
  'asked',
  'asked_again',
  'enough_asked',
  'looked_up',
  'found_nothing',
  'unknown',
  'failed',
  'hole',
  'answered',
  'proposed',
  'handed_over',
  'ended',
  'gone',
  'repeated',
] as const
export type StepOutcome = (typeof stepOutcomes)[number]

/** What people make of a link that is offered. */
export const alikeWords = ['linked', 'refused'] as const
export type AlikeWord = (typeof alikeWords)[number]

/** How a ticket may be linked with what it is about, too. */
export const alikeLinks = ['incident', 'duplicates'] as const
export type AlikeLink = (typeof alikeLinks)[number]
