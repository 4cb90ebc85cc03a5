// What was said in the chat of the company's shop: some conversations of the last weeks, with what their visitors thought of them, and
// two of this moment, of which one waits. Pure.
import { agents } from './company.ts'
import type { Step, Story } from './story.ts'

/** Who speaks, so many seconds after the word before, and what. */
type Line = readonly ['visitor' | 'desk', number, string]
type Chat = {
  /** Whole days before the end, and the hour; or, of one that goes on, the seconds before the end at which it began. */
  readonly began: { readonly days: number; readonly hour: number } | { readonly secondsAgo: number }
  /** Null: nobody has said who they are. */
  readonly who: { readonly name: string; readonly email: string } | null
  readonly category: string
  readonly product: string
  readonly order: string
  readonly page: string
  readonly lines: readonly Line[]
  readonly rating: { readonly score: 1 | 5; readonly comment: string } | null
}

const SHOP = 'https://shop.lumenandlark.example'

const chats: readonly Chat[] = [
  {
    began: { days: 26, hour: 10 },
    who: { name: 'Maeve Clarke', email: 'maeve.clarke@post.example' },
    category: 'order/availability',
    product: 'Noor table lamp',
    order: 'LL-40112',
    page: `${SHOP}/noor-table-lamp`,
    lines: [
      ['visitor', 0, 'Hi! Will the Noor in brass be back before Christmas?'],
      ['desk', 70, 'Hello Maeve. Yes, the next hundred arrive on the 12th. Shall I keep one for you?'],
      ['visitor', 45, 'Oh yes please, that would be great'],
      ['desk', 60, 'It is kept under your address until the 20th. You will get a mail when it is here.'],
    ],
    rating: { score: 5, comment: 'So quick, and so kind.' },
  },
  {
    began: { days: 19, hour: 14 },
    who: null,
    category: 'hub/pairing',
    product: 'Hub One',
    order: 'LL-51877',
    page: `${SHOP}/help/en/hub-one`,
    lines: [
      ['visitor', 0, 'my hub does not find the bulbs. tried three times'],
      ['desk', 120, 'Sorry to hear that. Does the light on the front blink white or blue?'],
      ['visitor', 40, 'blue'],
      ['desk', 50, 'Then it waits for the app: open Settings, Add device, and hold the phone close to it.'],
      ['visitor', 180, 'works!! thank you'],
      ['desk', 30, 'Wonderful. Enjoy the light!'],
    ],
    rating: { score: 5, comment: '' },
  },
  {
    began: { days: 15, hour: 11 },
    who: { name: 'Jürgen Vogel', email: 'jurgen.vogel@briefkasten.example' },
    category: 'delivery/late',
    product: 'Aria floor lamp',
    order: 'LL-48120',
    page: `${SHOP}/orders`,
    lines: [
      ['visitor', 0, 'Guten Tag, meine Lampe LL-48120 sollte gestern kommen.'],
      [
        'desk',
        200,
        'Guten Tag Herr Vogel, sie liegt seit heute früh im Zustellfahrzeug und kommt bis 18 Uhr.',
      ],
      ['visitor', 90, 'Ich habe dafür einen Tag frei genommen.'],
      [
        'desk',
        80,
        'Das tut uns leid. Die Versandkosten bekommen Sie zurück, sie sind morgen auf Ihrem Konto.',
      ],
    ],
    rating: { score: 1, comment: 'Warum sagt mir das vorher niemand?' },
  },
  {
    began: { days: 9, hour: 16 },
    who: { name: 'Arjun Singh', email: 'arjun.singh@harbour-hotel.example' },
    category: 'order/bulk',
    product: 'Glow E27 bulb',
    order: 'LL-60031',
    page: `${SHOP}/glow-e27`,
    lines: [
      ['visitor', 0, 'We need 240 Glow bulbs for our hotel. Is there a price for that?'],
      ['desk', 150, 'Hello Arjun, from 200 on it is 15 % less, with one invoice. Delivery takes four days.'],
      ['visitor', 100, 'Perfect. I order this afternoon.'],
      ['desk', 40, 'Use the code HARBOUR15, it is good until Friday.'],
    ],
    rating: { score: 5, comment: 'Better than any phone line.' },
  },
  {
    began: { days: 5, hour: 9 },
    who: { name: 'Camille Moreau', email: 'camille.moreau@courriel.example' },
    category: 'returns/label',
    product: 'Flow light strip',
    order: 'LL-57218',
    page: `${SHOP}/returns`,
    lines: [
      ['visitor', 0, 'Bonjour, je ne trouve pas l’étiquette de retour pour LL-57218.'],
      ['desk', 95, 'Bonjour Camille, je viens de vous l’envoyer par courriel. Elle est valable 14 jours.'],
      ['visitor', 60, 'Reçue, merci beaucoup !'],
      ['desk', 20, 'Avec plaisir.'],
    ],
    rating: null,
  },
  {
    began: { days: 2, hour: 13 },
    who: null,
    category: 'bulbs/flicker',
    product: 'Glow E27 bulb',
    order: 'LL-62290',
    page: `${SHOP}/glow-e27`,
    lines: [
      ['visitor', 0, 'do your bulbs flicker with an old dimmer?'],
      [
        'desk',
        110,
        'With most of them not. If yours says “for halogen”, take the Glow with its own dimming instead.',
      ],
    ],
    rating: null,
  },
  {
    began: { secondsAgo: 540 },
    who: { name: 'Hannah Reid', email: 'hannah.reid@inbox.example' },
    category: 'warranty/claim',
    product: 'Aria floor lamp',
    order: 'LL-33987',
    page: `${SHOP}/warranty`,
    lines: [
      ['visitor', 0, 'The switch of my Aria is loose after a year. Is that still under warranty?'],
      ['desk', 130, 'Hello Hannah, yes: three years. Could you send me a photo of the switch?'],
      ['visitor', 240, 'One moment, I take one …'],
    ],
    rating: null,
  },
  {
    began: { secondsAgo: 150 },
    who: null,
    category: 'app/sign-in',
    product: 'Hub One',
    order: 'LL-64005',
    page: `${SHOP}/help/en/app`,
    lines: [['visitor', 0, 'Hello? I cannot sign in to the app any more, it says “unknown device”.']],
    rating: null,
  },
]

const DAY = 86_400_000

/** The conversations of the company's chat up to `until` (ms), in order of their beginning. */
export function chatStories(until: number): Story[] {
  return chats.map((chat, index) => storyOf(chat, index, until)).toSorted((a, b) => a.at - b.at)
}

function storyOf(chat: Chat, index: number, until: number): Story {
  const { began, who, lines, page, product, order } = chat
  const goesOn = 'secondsAgo' in began
  const at = goesOn
    ? until - began.secondsAgo * 1000
    : Math.floor(until / DAY) * DAY - began.days * DAY + began.hour * 3_600_000 + index * 7 * 60_000
  return {
    at,
    channel: 'chat',
    chat: { page, isKnown: who !== null },
    requester: who ?? { name: '', email: '' },
    cc: null,
    subject: lines[0]?.[2] ?? '',
    text: lines[0]?.[2] ?? '',
    html: false,
    attachment: false,
    fields: { orderNumber: order, product },
    again: null,
    steps: lines.length === 1 ? [] : stepsOf(chat, index, at, goesOn),
  }
}

/** Who is at the front line that day takes it, and whoever has it stays with it. */
function stepsOf({ category, lines, rating }: Chat, index: number, at: number, goesOn: boolean): Step[] {
  const front = agents.flatMap(({ team, role }, place) =>
    team === 'Front line' && role !== 'viewer' ? [place] : [],
  )
  const agent = front[index % front.length] ?? 0
  const steps: Step[] = [
    {
      at: at + 12_000,
      does: 'triage',
      agent,
      category,
      priority: 'normal',
      tags: [],
      team: 'Front line',
      agrees: true,
    },
    { at: at + 15_000, does: 'assign', agent, to: agent },
  ]
  let now = at
  for (const [place, [who, after, text]] of lines.entries()) {
    now += after * 1000
    if (place === 0) continue
    const isLast = place === lines.length - 1 && !goesOn
    steps.push(
      who === 'desk'
        ? { at: now, does: 'reply', agent, text, status: isLast ? 'resolved' : 'pending' }
        : { at: now, does: 'customer', text, quoted: null, thanks: false },
    )
  }
  if (goesOn) return steps
  steps.push({ at: now + 5_000, does: 'ask' })
  if (rating !== null) steps.push({ at: now + 40_000, does: 'rate', ...rating })
  return steps
}
