// What an alert says, in the languages that agents read. Pure.
import type { Rung, StepReason } from '#assistant/words.ts'
import type { Instant } from '#kit/time.ts'
import type { RuleVerdict } from '#reporting/vocabulary.ts'
import type { BackupFailure } from '#setup/backup-plan.ts'
import type { StuckCause } from '#routing/stuck.ts'

type Words = { readonly subject: string; readonly text: string }
type FailingMailbox = { address: string; since: string; failure: string; url: string }
type LostReply = { ticketId: number; recipient: string; detail: string; url: string }
/** What changed about how somebody signs in. */
export type AccountChange =
  | 'password'
  | 'factor_added'
  | 'factor_removed'
  | 'factors_reset'
  | 'recovery_code'
  | 'identity'
  | 'address'
type ChangedAccount = { change: AccountChange; at: string; url: string }
/** `by` is null when the owner asked for it. */
type PasswordLink = { url: string; until: string; by: string | null; deskName: string }
type StuckTicket = {
  ticketId: number
  queue: string
  cause: StuckCause
  /** Names of the skills that nobody has. */
  skills: readonly string[]
  url: string
}
type StuckTickets = { shown: readonly StuckTicket[]; more: number; url: string }
type StepDown = {
  readonly category: string
  readonly from: Rung
  readonly to: Rung
  readonly why: StepReason
}
type RulesAtFault = {
  readonly rules: readonly { readonly title: string; readonly verdicts: readonly RuleVerdict[] }[]
  readonly url: string
}
type FailedBackup = { place: string; failure: BackupFailure; detail: string; url: string }
type StepsDown = { steps: readonly StepDown[]; url: string }
export type AlertWords = {
  /** A moment as readers of the language write it, in the desk's time zone. */
  readonly moment: (at: Instant, timeZone: string) => string
  readonly mailbox: (about: FailingMailbox) => Words
  readonly undelivered: (about: LostReply) => Words
  /** In fixed words: whoever is in the account must not write in them. */
  readonly account: (about: ChangedAccount) => Words
  readonly invitation: (about: PasswordLink) => Words
  readonly password: (about: PasswordLink) => Words
  /** The end of the audit log's chain, to be kept where the desk cannot change it. */
  readonly anchor: (about: { line: string; place: number; at: string }) => Words
  readonly auditBroken: (about: { url: string }) => Words
  /** At least one is shown. */
  readonly stuck: (about: StuckTickets) => Words
  /** At least one step. */
  readonly assistant: (about: StepsDown) => Words
  /** At least one rule. */
  readonly rules: (about: RulesAtFault) => Words
  readonly backup: (about: FailedBackup) => Words
}

const english: AlertWords = {
  moment: momentIn('en-GB'),
  mailbox: ({ address, since, failure, url }) => ({
    subject: `The mailbox ${address} is failing`,
    text: `${address} has been failing since ${since}. Its server says:\n\n${failure}\n\nWhat to do about it: ${url}`,
  }),
  undelivered: ({ ticketId, recipient, detail, url }) => ({
    subject: `Your reply on ticket #${ticketId} did not reach ${recipient}`,
    text: `The other server says:\n\n${detail}\n\n${url}`,
  }),
  account: accountIn({
    changes: {
      password: 'Your password was changed',
      factor_added: 'A second factor was added to your account',
      factor_removed: 'A second factor was removed from your account',
      factors_reset: 'Your second factors were reset',
      recovery_code: 'A recovery code of your account was used',
      address: 'The company’s directory changed the address of your account',
      identity: 'Your account can be signed in to by your company’s provider now',
    },
    text: (at, url) =>
      `This was done on ${at}. If it was you, or you asked for it, there is nothing to do.\n\n` +
      `If not, change your password, sign out everywhere, and tell an administrator: ${url}`,
  }),
  invitation: ({ url, until, by, deskName }) => ({
    subject: `You are invited to ${deskName}`,
    text:
      `${by} has made an account for you. Choose a password, and you are in:\n\n${url}\n\n` +
      `The link works once, until ${until}. After that, ask for a new one where you sign in.`,
  }),
  password: ({ url, until, by, deskName }) => ({
    subject: `Choose a new password for ${deskName}`,
    text:
      `${by === null ? 'Somebody asked for a new password for your account.' : `${by} sends you a link to choose a new password.`}` +
      `\n\n${url}\n\nThe link works once, until ${until}. If you did not want it, there is nothing to do: your password stays as it is.`,
  }),
  anchor: ({ line, place, at }) => ({
    subject: `Audit log, ${at}: ${place} entries`,
    text:
      `Keep this mail where nobody who runs the desk can change it. It names the end of the audit log's chain:\n\n${line}\n\n` +
      `To check the log against it, put the line into a file: ./docket verify --audit --anchors FILE`,
  }),
  auditBroken: ({ url }) => ({
    subject: 'The audit log is not as it was written',
    text:
      `An entry was altered, removed or put in, past Docket: ${url}\n\n` +
      `./docket verify --audit names the first. Find out who had the database in hand, and compare with a backup.`,
  }),
  assistant: stepsIn({
    subject: (categories) => `The assistant went a step back: ${categories}`,
    line: ({ category }, from, to, why) => `${category}: from “${from}” to “${to}”, because ${why}.`,
    end: 'What it may do was taken back at once; nothing has to be done for that. Look at what happened before you let it up again:',
    rungs: {
      off: 'off',
      shadow: 'in the shadow',
      draft: 'drafts',
      tenth: 'alone for 10 %',
      half: 'alone for 50 %',
      whole: 'alone for all',
    },
    reasons: {
      pressed: 'somebody asked for it',
      reopened: 'customers came back more often than is accepted',
      bad_rating: 'its answers were rated badly more often than is accepted',
      wrong: 'reviewers called its answers wrong more often than is accepted',
      escalated: 'tickets that it had answered went to people more often than is accepted',
      harmful: 'an answer was called harmful',
    },
  }),
  stuck: stuckIn({
    one: (id, why) => `Ticket #${id} waits: ${why}`,
    many: (count) => `${count} tickets wait that nobody can take`,
    line: ({ ticketId, queue }, why) => `#${ticketId} in ${queue}: ${why}`,
    more: (count) => `And ${count} more.`,
    queues: (url) => `All queues: ${url}`,
    named: (skills) => `nobody on staff has ${skills}`,
    causes: {
      skill: 'nobody on staff has the skills it asks for',
      team: 'nobody is in the queue’s teams',
      capacity: 'everybody in the queue’s teams has a capacity of 0',
      conflict: 'everybody who could take it has a conflict of interest',
      nobody_here: 'everybody in the queue’s teams is away',
      circle: 'its queues hand it on in a circle',
    },
  }),
  rules: rulesIn({
    subject: (count) =>
      count === 1 ? 'A rule of yours wants a look' : `${count} rules of yours want a look`,
    how: (url) => `Mend them, switch them off, or let them be with a reason: ${url}`,
    verdicts: {
      dead: 'it never fired in 90 days, though there was occasion',
      orphan: 'its owner has left, or its review is overdue',
      noisy: 'most of its firings did nothing',
      fighting: 'another rule sets otherwise',
      wrong: 'people change back what it sets',
      risky: 'it writes mails or resolves tickets, and has no test',
      stale_route: 'nobody has touched it for a year, and tickets are moved on from where it sends them',
    },
  }),
  backup: backupIn({
    subject: 'The desk was not backed up',
    text: (place, why) =>
      `The backup to ${place} failed: ${why}\n\nEarlier backups are whole. Where a schedule is on, it is tried again by itself.`,
    detail: 'It says:',
    failures: {
      denied: 'Docket may not write there. Give the folder to the user that runs it.',
      full: 'there is no space left. Free some, or keep fewer backups.',
      gone: 'the place is not the one that was set up. See whether its disk is there on the machine that makes backups.',
      store: 'the bucket does not take it. Check its keys and whether it is reachable.',
      damaged: 'what was read back is not what was written. Check the disk, or take another place.',
      lost: 'files of the desk are nowhere, neither where it keeps them nor in an earlier backup. See whether that disk is there; ./docket backup names them all. Until then no older backup is removed.',
      other: 'something went wrong.',
    },
  }),
}

const german: AlertWords = {
  moment: momentIn('de'),
  mailbox: ({ address, since, failure, url }) => ({
    subject: `Das Postfach ${address} ist gestört`,
    text: `${address} ist gestört seit ${since}. Sein Server sagt:\n\n${failure}\n\nWas zu tun ist: ${url}`,
  }),
  undelivered: ({ ticketId, recipient, detail, url }) => ({
    subject: `Ihre Antwort zu Ticket #${ticketId} hat ${recipient} nicht erreicht`,
    text: `Der andere Server sagt:\n\n${detail}\n\n${url}`,
  }),
  account: accountIn({
    changes: {
      password: 'Ihr Passwort wurde geändert',
      factor_added: 'Ihrem Konto wurde ein zweiter Faktor hinzugefügt',
      factor_removed: 'Aus Ihrem Konto wurde ein zweiter Faktor entfernt',
      factors_reset: 'Ihre zweiten Faktoren wurden zurückgesetzt',
      recovery_code: 'Ein Wiederherstellungscode Ihres Kontos wurde benutzt',
      address: 'Das Verzeichnis der Firma hat die Adresse Ihres Kontos geändert',
      identity: 'An Ihrem Konto kann man sich jetzt über Ihren Firmen-Login anmelden',
    },
    text: (at, url) =>
      `Das geschah am ${at}. Waren Sie es selbst, oder haben Sie darum gebeten, ist nichts zu tun.\n\n` +
      `Wenn nicht: Ändern Sie Ihr Passwort, melden Sie sich überall ab und sagen Sie es der Administration: ${url}`,
  }),
  invitation: ({ url, until, by, deskName }) => ({
    subject: `Sie sind eingeladen: ${deskName}`,
    text:
      `${by} hat ein Konto für Sie angelegt. Wählen Sie ein Passwort, dann sind Sie dabei:\n\n${url}\n\n` +
      `Der Link gilt einmal, bis ${until}. Danach fordern Sie dort einen neuen an, wo Sie sich anmelden.`,
  }),
  password: ({ url, until, by, deskName }) => ({
    subject: `Neues Passwort für ${deskName}`,
    text:
      `${by === null ? 'Für Ihr Konto wurde ein neues Passwort angefordert.' : `${by} schickt Ihnen einen Link, um ein neues Passwort zu wählen.`}` +
      `\n\n${url}\n\nDer Link gilt einmal, bis ${until}. Wollten Sie das nicht, ist nichts zu tun: Ihr Passwort bleibt, wie es ist.`,
  }),
  anchor: ({ line, place, at }) => ({
    subject: `Protokoll, ${at}: ${place} Einträge`,
    text:
      `Bewahren Sie diese Mail auf, wo niemand sie ändern kann, der Docket betreibt. Sie nennt das Ende der Kette des Protokolls:\n\n${line}\n\n` +
      `Um das Protokoll daran zu prüfen, legen Sie die Zeile in eine Datei: ./docket verify --audit --anchors DATEI`,
  }),
  auditBroken: ({ url }) => ({
    subject: 'Das Protokoll ist nicht, wie es geschrieben wurde',
    text:
      `Ein Eintrag wurde an Docket vorbei geändert, entfernt oder eingefügt: ${url}\n\n` +
      `./docket verify --audit nennt den ersten. Finden Sie heraus, wer Zugriff auf die Datenbank hatte, und vergleichen Sie mit einer Sicherung.`,
  }),
  assistant: stepsIn({
    subject: (categories) => `Der Assistent ging einen Schritt zurück: ${categories}`,
    line: ({ category }, from, to, why) => `${category}: von „${from}“ auf „${to}“, weil ${why}.`,
    end: 'Was er darf, wurde sofort zurückgenommen; dafür ist nichts zu tun. Sehen Sie nach, was geschehen ist, bevor Sie ihn wieder weiter lassen:',
    rungs: {
      off: 'aus',
      shadow: 'im Schatten',
      draft: 'Entwürfe',
      tenth: 'allein für 10 %',
      half: 'allein für 50 %',
      whole: 'allein für alle',
    },
    reasons: {
      pressed: 'jemand es verlangt hat',
      reopened: 'Kunden öfter zurückkamen, als hingenommen wird',
      bad_rating: 'seine Antworten öfter schlecht bewertet wurden, als hingenommen wird',
      wrong: 'Prüfende seine Antworten öfter falsch nannten, als hingenommen wird',
      escalated: 'von ihm beantwortete Tickets öfter an Menschen gingen, als hingenommen wird',
      harmful: 'eine Antwort schädlich genannt wurde',
    },
  }),
  stuck: stuckIn({
    one: (id, why) => `Ticket #${id} wartet: ${why}`,
    many: (count) => `${count} Tickets warten, die niemand nehmen kann`,
    line: ({ ticketId, queue }, why) => `#${ticketId} in ${queue}: ${why}`,
    more: (count) => `Und ${count} weitere.`,
    queues: (url) => `Alle Warteschlangen: ${url}`,
    named: (skills) => `niemand im Team kann ${skills}`,
    causes: {
      skill: 'niemand im Team hat die nötigen Fähigkeiten',
      team: 'den Teams der Warteschlange gehört niemand an',
      capacity: 'alle in den Teams der Warteschlange haben die Kapazität 0',
      conflict: 'alle, die es nehmen könnten, haben einen Interessenkonflikt',
      nobody_here: 'alle in den Teams der Warteschlange sind abwesend',
      circle: 'seine Warteschlangen reichen es im Kreis weiter',
    },
  }),
  rules: rulesIn({
    subject: (count) =>
      count === 1
        ? 'Eine Ihrer Regeln sollte geprüft werden'
        : `${count} Ihrer Regeln sollten geprüft werden`,
    how: (url) =>
      `Bessern Sie sie aus, schalten Sie sie ab, oder lassen Sie sie mit einem Grund ruhen: ${url}`,
    verdicts: {
      dead: 'sie hat in 90 Tagen nie ausgelöst, obwohl es Anlass gab',
      orphan: 'ihre verantwortliche Person ist gegangen, oder ihre Überprüfung ist überfällig',
      noisy: 'die meisten Auslösungen bewirkten nichts',
      fighting: 'eine andere Regel setzt anders',
      wrong: 'Menschen ändern, was sie setzte',
      risky: 'sie schreibt Mails oder löst Tickets und hat keinen Test',
      stale_route: 'seit einem Jahr unverändert, und Tickets kommen von dort weiter, wohin sie sie schickt',
    },
  }),
  backup: backupIn({
    subject: 'Die Sicherung ist fehlgeschlagen',
    text: (place, why) =>
      `Die Sicherung nach ${place} ist fehlgeschlagen: ${why}\n\nFrühere Sicherungen sind vollständig. Ist ein Zeitplan an, wird es von selbst erneut versucht.`,
    detail: 'Gemeldet wurde:',
    failures: {
      denied: 'Docket darf dort nicht schreiben. Geben Sie den Ordner dem Benutzer, unter dem es läuft.',
      full: 'Es ist kein Platz mehr. Schaffen Sie Platz, oder bewahren Sie weniger Sicherungen auf.',
      gone: 'Der Ort ist nicht der eingerichtete. Prüfen Sie, ob sein Laufwerk auf der Maschine da ist, die sichert.',
      store: 'Der Bucket nimmt sie nicht an. Prüfen Sie seine Schlüssel und ob er erreichbar ist.',
      damaged:
        'Was gelesen wurde, ist nicht, was geschrieben wurde. Prüfen Sie das Laufwerk, oder wählen Sie einen anderen Ort.',
      lost: 'Dateien des Desks sind nirgends, weder wo er sie aufbewahrt noch in einer früheren Sicherung. Prüfen Sie, ob jenes Laufwerk da ist; ./docket backup nennt alle. Bis dahin wird keine ältere Sicherung entfernt.',
      other: 'Etwas ging schief.',
    },
  }),
}

const known: Readonly<Record<string, AlertWords>> = { en: english, de: german }

/** The words in the first of these languages that alerts speak; in English when they speak none of them. */
export function alertWords(...languages: readonly (string | null)[]): AlertWords {
  const tags = languages.map((language) => language?.slice(0, 2).toLowerCase() ?? '')
  return known[tags.find((tag) => tag in known) ?? 'en'] ?? english
}

function momentIn(language: string): AlertWords['moment'] {
  return (at, timeZone) =>
    new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
      new Date(at),
    )
}

function stuckIn(words: {
  one: (id: number, why: string) => string
  many: (count: number) => string
  line: (ticket: StuckTicket, why: string) => string
  more: (count: number) => string
  queues: (url: string) => string
  named: (skills: string) => string
  causes: Readonly<Record<StuckCause, string>>
}): AlertWords['stuck'] {
  const why = ({ cause, skills }: StuckTicket) =>
    cause === 'skill' && skills.length > 0 ? words.named(skills.join(', ')) : words.causes[cause]
  return ({ shown, more, url }) => {
    const [first] = shown
    if (first === undefined) throw new Error('Bug: an alert about no ticket')
    const lines = shown.map((each) => `${words.line(each, why(each))}\n${each.url}`)
    return {
      subject:
        shown.length + more === 1 ? words.one(first.ticketId, why(first)) : words.many(shown.length + more),
      text: [...lines, ...(more > 0 ? [words.more(more)] : []), words.queues(url)].join('\n\n'),
    }
  }
}

function accountIn(words: {
  changes: Readonly<Record<AccountChange, string>>
  text: (at: string, url: string) => string
}): AlertWords['account'] {
  return ({ change, at, url }) => ({ subject: words.changes[change], text: words.text(at, url) })
}

function stepsIn(words: {
  subject: (categories: string) => string
  line: (step: StepDown, from: string, to: string, why: string) => string
  end: string
  rungs: Readonly<Record<Rung, string>>
  reasons: Readonly<Record<StepReason, string>>
}): AlertWords['assistant'] {
  return ({ steps, url }) => {
    const lines = steps.map((step) =>
      words.line(step, words.rungs[step.from], words.rungs[step.to], words.reasons[step.why]),
    )
    return {
      subject: words.subject(steps.map(({ category }) => category).join(', ')),
      text: [...lines, words.end, url].join('\n\n'),
    }
  }
}

function backupIn(say: {
  subject: string
  text: (place: string, why: string) => string
  detail: string
  failures: Readonly<Record<BackupFailure, string>>
}): AlertWords['backup'] {
  return ({ place, failure, detail, url }) => ({
    subject: say.subject,
    text: `${say.text(place, say.failures[failure])}\n\n${say.detail} ${detail}\n\n${url}`,
  })
}

function rulesIn(say: {
  subject: (count: number) => string
  how: (url: string) => string
  verdicts: Readonly<Record<RuleVerdict, string>>
}): AlertWords['rules'] {
  return ({ rules, url }) => {
    const lines = rules.map(
      ({ title, verdicts }) => `${title}: ${verdicts.map((verdict) => say.verdicts[verdict]).join('; ')}`,
    )
    return { subject: say.subject(rules.length), text: `${lines.join('\n')}\n\n${say.how(url)}` }
  }
}
