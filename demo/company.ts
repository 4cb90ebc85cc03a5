// The company of the demo: Lumen & Lark, a web shop for lamps and smart-home devices with a subscription for its app.

export const company = {
  name: 'Lumen & Lark',
  address: 'support@lumenandlark.example',
  signature: 'Lumen & Lark · Light for every room',
} as const

export const teams = ['Front line', 'Billing', 'Technical', 'Logistics'] as const
export type TeamName = (typeof teams)[number]

export const agents: readonly {
  name: string
  role: 'admin' | 'lead' | 'agent' | 'viewer'
  team: TeamName
}[] = [
  { name: 'Ada Okafor', role: 'admin', team: 'Front line' },
  { name: 'Bo Lindqvist', role: 'lead', team: 'Front line' },
  { name: 'Carla Méndez', role: 'lead', team: 'Technical' },
  { name: 'Deniz Arslan', role: 'agent', team: 'Front line' },
  { name: 'Eva Novak', role: 'agent', team: 'Front line' },
  { name: 'Finn Becker', role: 'agent', team: 'Billing' },
  { name: 'Grace Adeyemi', role: 'agent', team: 'Billing' },
  { name: 'Hugo Laurent', role: 'agent', team: 'Technical' },
  { name: 'Ines Rossi', role: 'agent', team: 'Technical' },
  { name: 'Jonas Weber', role: 'agent', team: 'Logistics' },
  { name: 'Kim Tran', role: 'agent', team: 'Logistics' },
  { name: 'Lena Fischer', role: 'viewer', team: 'Front line' },
]

/** Ten branches of five, sixty categories with their parents; and one that somebody made a second time. */
export const categories: Readonly<Record<string, { team: TeamName; below: readonly string[] }>> = {
  billing: {
    team: 'Billing',
    below: ['refund', 'invoice', 'double charge', 'payment failed', 'voucher', 'refunds'],
  },
  subscription: { team: 'Billing', below: ['cancel', 'upgrade', 'renewal', 'trial', 'family plan'] },
  delivery: { team: 'Logistics', below: ['late', 'lost', 'wrong address', 'damaged', 'customs'] },
  returns: { team: 'Logistics', below: ['label', 'exchange', 'received', 'deadline', 'gift'] },
  bulbs: { team: 'Technical', below: ['flicker', 'dead on arrival', 'colour', 'dimmer', 'noise'] },
  hub: { team: 'Technical', below: ['offline', 'pairing', 'update', 'wifi', 'reset'] },
  app: { team: 'Technical', below: ['crash', 'sign-in', 'scenes', 'voice assistant', 'widgets'] },
  account: {
    team: 'Front line',
    below: ['password', 'e-mail change', 'delete data', 'newsletter', 'language'],
  },
  order: { team: 'Front line', below: ['change', 'cancel', 'availability', 'bulk', 'wrong item'] },
  warranty: { team: 'Front line', below: ['claim', 'spare part', 'duration', 'proof', 'repair'] },
}

/** What the branches are about, for whoever sorts. */
export const descriptions: Readonly<Record<string, string>> = {
  billing: 'Money: what was charged, invoices, refunds, payments that failed, vouchers',
  subscription: 'The app subscription: cancelling, renewing, trials, the family plan',
  delivery: 'Parcels on their way: late, lost, damaged, to the wrong house, held by customs',
  returns: 'Sending something back: labels, exchanges, gifts, what has arrived',
  bulbs: 'Light: bulbs that flicker, hum, have the wrong colour or stay dark; dimmers',
  hub: 'Hub One: offline, pairing, updates, wifi and routers, resets',
  app: 'The app on the phone: crashes, signing in, scenes, voice assistants, widgets',
  account: 'What is stored of a customer: password, address, newsletter, deletion',
  order: 'Orders that have not left: adding, changing, cancelling, large quantities',
  warranty: 'What is broken after a while: claims, spare parts, proof of purchase, repairs',
}

export const tags = [
  'vip',
  'first-order',
  'angry',
  'press',
  'reseller',
  'school',
  'hotel',
  'black-friday',
  'holiday',
  'bug',
  'feature-request',
  'needs-photo',
  'needs-order-number',
  'waiting-supplier',
  'goodwill',
  'chargeback',
  'customs',
  'express',
  'gift',
  'fragile',
  'firmware-3.2',
  'firmware-3.3',
  'ios',
  'android',
  'matter',
  'zigbee',
  'homekit',
  'alexa',
  'wifi-6',
  'lamp-aria',
  'lamp-noor',
  'hub-one',
  'strip-flow',
  'sensor-dot',
  'translated',
  'callback',
  'legal',
  'privacy',
  'accessibility',
  'thanks',
] as const

export const products = [
  'Aria floor lamp',
  'Noor table lamp',
  'Hub One',
  'Flow light strip',
  'Dot motion sensor',
  'Glow E27 bulb',
] as const

export const people: Readonly<
  Record<
    'en' | 'de' | 'fr' | 'es',
    { first: readonly string[]; last: readonly string[]; domains: readonly string[] }
  >
> = {
  en: {
    first: [
      'Olivia',
      'Noah',
      'Amelia',
      'Liam',
      'Priya',
      'Arjun',
      'Chidi',
      'Maeve',
      'Hannah',
      'Tom',
      'Grace',
      'Yusuf',
    ],
    last: [
      'Taylor',
      'Patel',
      'O’Connor',
      'Nguyen',
      'Walker',
      'Eze',
      'Khan',
      'Brown',
      'Singh',
      'Murphy',
      'Clarke',
      'Reid',
    ],
    domains: [
      'mail.example',
      'post.example',
      'inbox.example',
      'northside-school.example',
      'harbour-hotel.example',
    ],
  },
  de: {
    first: ['Sabine', 'Jürgen', 'Anna', 'Lukas', 'Katrin', 'Mehmet', 'Ute', 'Felix'],
    last: ['Müller', 'Schäfer', 'Krüger', 'Yılmaz', 'Vogel', 'Hoffmann', 'Brandt', 'Kaiser'],
    domains: ['post.example', 'briefkasten.example', 'haus-am-see.example'],
  },
  fr: {
    first: ['Camille', 'Léa', 'Mathieu', 'Amina', 'Julien', 'Chloé'],
    last: ['Dubois', 'Moreau', 'Lefèvre', 'Benali', 'Girard', 'Fontaine'],
    domains: ['courriel.example', 'boite.example'],
  },
  es: {
    first: ['Lucía', 'Javier', 'Marta', 'Andrés', 'Sofía', 'Iker'],
    last: ['García', 'Fernández', 'Ibáñez', 'Romero', 'Ortega', 'Serrano'],
    domains: ['correo.example', 'buzon.example'],
  },
}
