// The command line's door: finds the command, gives it its arguments, turns what goes wrong into an exit code.
import { Stop, type Command } from '#commands/command.ts'

type Load = () => Promise<Command>

const commands: Readonly<Record<string, Load>> = {
  start: async () => (await import('#commands/start.ts')).start,
  serve: async () => (await import('#commands/start.ts')).serve,
  work: async () => (await import('#commands/start.ts')).work,
  migrate: async () => (await import('#commands/migrate.ts')).migrateCommand,
  doctor: async () => (await import('#commands/doctor.ts')).doctor,
  verify: async () => (await import('#commands/verify.ts')).verify,
  'audit erase': async () => (await import('#commands/audit.ts')).auditErase,
  backup: async () => (await import('#commands/backup.ts')).backupCommand,
  restore: async () => (await import('#commands/backup.ts')).restoreCommand,
  'ticket list': async () => (await import('#commands/tickets.ts')).ticketList,
  'ticket show': async () => (await import('#commands/tickets.ts')).ticketShow,
  'ticket reply': async () => (await import('#commands/tickets.ts')).ticketReply,
  'ticket note': async () => (await import('#commands/tickets.ts')).ticketNote,
  'ticket set': async () => (await import('#commands/tickets.ts')).ticketSet,
  search: async () => (await import('#commands/tickets.ts')).searchCommand,
  'service install': async () => (await import('#commands/service.ts')).serviceInstall,
  'service remove': async () => (await import('#commands/service.ts')).serviceRemove,
  mcp: async () => (await import('#commands/mcp.ts')).mcp,
  'user add': async () => (await import('#commands/accounts.ts')).userAdd,
  'user reset-factors': async () => (await import('#commands/accounts.ts')).userResetFactors,
  'token create': async () => (await import('#commands/accounts.ts')).tokenCreate,
  'secrets rotate': async () => (await import('#commands/secrets.ts')).secretsRotate,
  demo: async () => (await import('#commands/demo.ts')).demo,
  'rules explain': async () => (await import('#commands/rules.ts')).rulesExplain,
  'route explain': async () => (await import('#commands/route.ts')).routeExplain,
  'route simulate': async () => (await import('#commands/route-simulate.ts')).routeSimulate,
  report: async () => (await import('#commands/report.ts')).reportCommand,
  'rebuild reports': async () => (await import('#commands/report.ts')).rebuildReports,
  'bi add': async () => (await import('#commands/bi.ts')).biAdd,
  'bi list': async () => (await import('#commands/bi.ts')).biList,
  'bi remove': async () => (await import('#commands/bi.ts')).biRemove,
  backtest: async () => (await import('#commands/backtest.ts')).backtestCommand,
  'assistant simulate': async () => (await import('#commands/assistant.ts')).assistantSimulate,
  'assistant scenarios': async () => (await import('#commands/assistant-scenarios.ts')).assistantScenarios,
  'triage evaluate': async () => (await import('#commands/assistant.ts')).triageEvaluate,
  'retrieval evaluate': async () => (await import('#commands/assistant.ts')).retrievalEvaluate,
  'config export': async () => (await import('#commands/config.ts')).configExport,
  'config plan': async () => (await import('#commands/config.ts')).configPlan,
  'config apply': async () => (await import('#commands/config.ts')).configApply,
  'sla explain': async () => (await import('#commands/sla.ts')).slaExplain,
  'import jsonl': async () => (await import('#commands/imports.ts')).importJsonl,
  'import zendesk': async () => (await import('#commands/import-api.ts')).importZendesk,
  'import zendesk-export': async () =>
    (await import('#commands/import-zendesk-export.ts')).importZendeskExport,
  'import freshdesk': async () => (await import('#commands/import-api.ts')).importFreshdesk,
  'import helpscout': async () => (await import('#commands/import-api.ts')).importHelpscout,
  'import intercom': async () => (await import('#commands/import-api.ts')).importIntercom,
  'import zammad': async () => (await import('#commands/import-database.ts')).importZammad,
  'import chatwoot': async () => (await import('#commands/import-database.ts')).importChatwoot,
  'import freescout': async () => (await import('#commands/import-database.ts')).importFreescout,
  'import osticket': async () => (await import('#commands/import-database.ts')).importOsticket,
  'import rt': async () => (await import('#commands/import-database.ts')).importRt,
  'import csv': async () => (await import('#commands/import-csv.ts')).importCsv,
  'import mbox': async () => (await import('#commands/import-mails.ts')).importMbox,
  'import maildir': async () => (await import('#commands/import-mails.ts')).importMaildir,
  'import problems': async () => (await import('#commands/imports.ts')).importProblems,
  'import undo': async () => (await import('#commands/imports.ts')).importUndo,
  'import list': async () => (await import('#commands/imports.ts')).importList,
  'export jsonl': async () => (await import('#commands/exports.ts')).exportJsonl,
  'mail receive': async () => (await import('#commands/mail.ts')).mailReceive,
  'mail reparse': async () => (await import('#commands/mail.ts')).mailReparse,
  'mail explain': async () => (await import('#commands/mail.ts')).mailExplain,
}

async function run(words: readonly string[]): Promise<void> {
  const [first = 'help', second = ''] = words
  if (first === 'help' || isHelp(first)) return second === '' ? help() : run([...words.slice(1), '--help'])
  const name = `${first} ${second}` in commands ? `${first} ${second}` : first
  const load = commands[name]
  if (load === undefined) return without(first, words)
  const command = await load()
  const rest = words.slice(name.split(' ').length)
  if (rest.some(isHelp)) return void console.log(`./docket ${command.usage}\n\n${command.about}`)
  await command.run(rest)
}

/** A word that begins several commands lists them, asked for help or not; any other is none. */
function without(first: string, words: readonly string[]): Promise<void> {
  const family = Object.entries(commands).filter(([name]) => name.startsWith(`${first} `))
  if (family.length > 0 && words.slice(1).every(isHelp)) return list(family)
  const see = family.length > 0 ? `./docket ${first} --help` : './docket help'
  throw new Stop(64, `There is no command "${words.join(' ')}". See ${see}.`)
}

const isHelp = (word: string) => word === '--help' || word === '-h'

async function help(): Promise<void> {
  console.log('Docket, a ticketing system. Commands:\n')
  await list(Object.entries(commands))
}

async function list(some: readonly (readonly [string, Load])[]): Promise<void> {
  for (const [, load] of some) {
    const { usage, about } = await load()
    console.log(`  ./docket ${usage}\n      ${about.split('\n')[0]}`)
  }
}

try {
  await run(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof Stop)) throw error
  console.error(`docket: ${error.message}`)
  process.exitCode = error.code
}
