// What is wrong with rules, in German: a row for each sentence that is said of them. A sentence without a row stays English.
import type { Told } from '#rules/directory.ts'
import type { Problem } from '#rules/problem.ts'

/** A problem as whoever asked reads it. */
export function problemFor<Found extends Problem>(problem: Found, { language }: Told): Found {
  return language === 'de' ? { ...problem, message: inGerman(problem.message) } : problem
}

/** What stands at {} in the one stands there in the other. */
const sentences: readonly (readonly [english: string, german: string])[] = [
  [
    'It listens to nothing: choose at least one event',
    'Sie hört auf nichts: Wählen Sie mindestens einen Anlass',
  ],
  ['It does nothing: add an action', 'Sie tut nichts: Fügen Sie eine Aktion hinzu'],
  [
    'A timer needs the time for which its condition must hold, or a date',
    'Ein Zeitgeber braucht die Zeit, die seine Bedingung gelten muss, oder ein Datum',
  ],
  ['There is no section "{}"', 'Es gibt keinen Abschnitt „{}“'],
  [
    'Its owner {} is not active any more: name another',
    'Zuständig ist {}, nicht mehr aktiv: Wählen Sie jemand anderen',
  ],
  ['There is no template "{}"', 'Es gibt keine Vorlage „{}“'],
  ['There is no webhook "{}"', 'Es gibt keinen Webhook „{}“'],
  ['There is no macro "{}"', 'Es gibt kein Makro „{}“'],
  ['The macro "{}" runs another macro', 'Das Makro „{}“ führt ein anderes Makro aus'],
  ['There is no field "{}"', 'Es gibt kein Feld „{}“'],
  ['The field "{}" is archived', 'Das Feld „{}“ ist archiviert'],
  [
    'The field "{}" is personal: rules do not write it',
    'Das Feld „{}“ ist personenbezogen: Regeln schreiben es nicht',
  ],
  [
    'The field "{}" is personal and cannot be asked about',
    'Das Feld „{}“ ist personenbezogen und kann nicht abgefragt werden',
  ],
  ['The field "{}" holds no date', 'Das Feld „{}“ enthält kein Datum'],
  ['There is no calendar "{}"', 'Es gibt keinen Kalender „{}“'],
  [
    'No ticket can ever be like this: its tests contradict each other',
    'So kann kein Ticket sein: Die Bedingungen widersprechen einander',
  ],
  [
    'Every ticket is like this: the condition does not narrow its event',
    'So ist jedes Ticket: Die Bedingung schränkt den Anlass nicht ein',
  ],
  ['"{}" asks about an update: a timer has none', '„{}“ fragt nach einer Änderung: Ein Zeitgeber hat keine'],
  ['The condition says already that {} is so', 'Die Bedingung sagt schon, dass {} so ist'],
  [
    'It mails the requester at any update: test the status, or listen to their messages',
    'Sie schreibt dem Kunden bei jeder Änderung: Fragen Sie nach dem Status, oder hören Sie auf seine Nachrichten',
  ],
  [
    'The tag "{}" stands only here: no ticket has it and nothing adds it',
    'Das Schlagwort „{}“ steht nur hier: Kein Ticket hat es, und nichts fügt es hinzu',
  ],
  [
    'The tag "{}" stands only here: nothing else uses it',
    'Das Schlagwort „{}“ steht nur hier: Nichts anderes benutzt es',
  ],
  ['The review is at most a year ahead', 'Die Prüfung liegt höchstens ein Jahr voraus'],
  ['Its review was due on {}', 'Ihre Prüfung war am {} fällig'],
  ['It has no test', 'Sie hat keine Prüfung'],
  ['There are {} of kind {}: at most {} may be', 'Es gibt {} von der Art {}: Höchstens {} dürfen es sein'],
  ['The key "{}" is taken by another rule', 'Den Schlüssel „{}“ hat schon eine andere Regel'],
  [
    'It never runs: "{}" stops the run for every ticket that it means',
    'Sie läuft nie: „{}“ hält bei jedem Ticket an, das sie meint',
  ],
  ['"{}" does the same for all of these tickets already', '„{}“ tut bei all diesen Tickets schon dasselbe'],
  [
    '"{}" sets {} to something else for the same tickets; this one wins',
    '„{}“ setzt {} bei denselben Tickets anders; diese hier gewinnt',
  ],
  [
    'It may answer itself: it can run for ever, up to its limit',
    'Sie kann sich selbst antworten: Sie läuft dann bis zu ihrer Grenze',
  ],
  ['It sets off "{}", and that sets it off again', 'Sie löst „{}“ aus, und die löst sie wieder aus'],
  ['"{}" is nothing that can be asked about', 'Nach „{}“ kann nicht gefragt werden'],
  ['"{}" does not take the test "{}"', '„{}“ kann nicht mit „{}“ geprüft werden'],
  ['"{}" can be asked in views only', 'Nach „{}“ kann nur in Ansichten gefragt werden'],
  ['must be yes or no', 'muss Ja oder Nein sein'],
  ['needs a value', 'braucht einen Wert'],
  ['takes one value', 'nimmt einen Wert'],
  ['needs both from and to', 'braucht Anfang und Ende'],
  ['needs two numbers', 'braucht zwei Zahlen'],
  ['needs two dates', 'braucht zwei Daten'],
  ['is empty', 'ist leer'],
  ['Days are 1 (Monday) to 7 (Sunday)', 'Tage sind 1 (Montag) bis 7 (Sonntag)'],
  ['"{}" is compared with a number', '„{}“ wird mit einer Zahl verglichen'],
  [
    '"{}" is no date: write 2026-01-31, today or -7d',
    '„{}“ ist kein Datum: Schreiben Sie 2026-01-31, today oder -7d',
  ],
  ['"{}" has no word in it', 'In „{}“ steht kein Wort'],
  ['The pattern {}', 'Das Muster geht nicht: {}'],
  ['Nobody is "me" in a rule: name an agent', 'In einer Regel ist niemand „ich“: Nennen Sie einen Agenten'],
  ['It does not fire, so {} stays as it is', 'Sie löst nicht aus, also bleibt {}, wie es ist'],
  ['It does not fire', 'Sie löst nicht aus'],
  ['It fires', 'Sie löst aus'],
  ['The ticket refuses it: {}', 'Das Ticket lehnt es ab: {}'],
  ['A test cannot expect "{}"', 'Eine Prüfung kann „{}“ nicht erwarten'],
  ['A test cannot give "{}"', 'Eine Prüfung kann „{}“ nicht vorgeben'],
  [
    'No backtest of the last 7 days tried exactly this on enough tickets.',
    'Kein Probelauf der letzten 7 Tage hat genau das an genug Tickets erprobt.',
  ],
  ['The backtest found: {} ({} → {}).', 'Der Probelauf fand: {} ({} → {}).'],
  ['{} is {}, not {}', '{} ist {}, nicht {}'],
  ['"{}" is no {}: {}', '„{}“ gibt es bei {} nicht: {}'],
  ['The {} "{}" is archived', '{} „{}“ ist archiviert'],
  ['There is no {} "{}"', '{} „{}“ gibt es nicht'],
  ['There is no {}', '{} gibt es nicht'],
]

const rows = sentences.map(([english, german]) => ({
  english: new RegExp(
    `^${english.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll('{}', '(.*?)')}$`,
    's',
  ),
  german,
}))

function inGerman(message: string): string {
  for (const { english, german } of rows) {
    const said = english.exec(message)
    if (said === null) continue
    const parts = said.slice(1)
    return german.replaceAll('{}', () => parts.shift() ?? '')
  }
  return message
}
