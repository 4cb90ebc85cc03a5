// What customers and agents of the demo say: by branch and language, with slots for products, orders, amounts and dates.

export type Language = 'en' | 'de' | 'fr' | 'es'
type Say = Readonly<Record<Language, readonly string[]>>

/** {c} category, {p} product, {o} order number, {a} amount, {d} a day, {d:de} the same in German. */
export const subjects: Say = {
  en: [
    '{p}: {c}',
    'Order {o} – {c}',
    'Question about {c} ({p})',
    'Problem: {c}',
    '{c}?',
    'Urgent: {p} {c}',
    'Help with {c} please',
  ],
  de: ['{p}: {c}', 'Bestellung {o} – {c}', 'Frage zu {c} ({p})', 'Problem mit {p}', 'Bitte um Hilfe: {c}'],
  fr: ['{p} : {c}', 'Commande {o} – {c}', 'Question sur {c}', 'Problème avec {p}'],
  es: ['{p}: {c}', 'Pedido {o}: {c}', 'Duda sobre {c}', 'Problema con {p}'],
}

export const openings: Say = {
  en: ['Hi,', 'Hello team,', 'Good morning,', 'Hey there,', 'Dear Lumen & Lark,', ''],
  de: ['Hallo,', 'Guten Tag,', 'Sehr geehrte Damen und Herren,', 'Moin,'],
  fr: ['Bonjour,', 'Madame, Monsieur,', 'Bonjour à l’équipe,'],
  es: ['Hola,', 'Buenos días,', 'Estimados señores:'],
}

/** By branch of categories; other languages speak more generally. */
export const complaints: Readonly<Record<string, readonly string[]>> = {
  billing: [
    'I was charged {a} for order {o}, but the amount on the invoice is different. Could you check what happened?',
    'The {a} for the {p} I sent back on {d} are still not on my account. Your page says five working days.',
    'My card was charged twice for order {o}. Please send the second {a} back.',
  ],
  subscription: [
    'I would like to cancel the app subscription before it renews on {d}. I cannot find the button anywhere.',
    'We are four people at home now. Can I move to the family plan without losing my scenes?',
    'The trial ended early: the app says expired, but I started it only on {d}.',
  ],
  delivery: [
    'Order {o} was to arrive on {d}. The tracking has not moved since, and the depot does not pick up the phone.',
    'The parcel came today and the {p} inside is cracked. The box looks as if somebody stood on it.',
    'I typed the wrong house number for order {o}. It is 14, not 41. Is it too late?',
  ],
  returns: [
    'I want to send the {p} back: it is lovely, but far too bright for the bedroom. Where do I get a label?',
    'I returned order {o} on {d} and have heard nothing since. Did it arrive?',
    'Can I swap the {p} for the smaller one? It was a gift and I have no invoice.',
  ],
  bulbs: [
    'The {p} flickers whenever the washing machine runs. Other lamps in the room are fine.',
    'Two of the six bulbs from order {o} never came on. I tried other sockets.',
    'Below 20 % the light hums. It is the {p} on a dimmer from your compatibility list.',
  ],
  hub: [
    'The {p} has been offline since the update on {d}. The light on the front blinks red three times.',
    'Pairing stops at 80 % with the message E-114. I have reset it twice already.',
    'We changed our router and now the {p} does not find the new network.',
  ],
  app: [
    'The app closes as soon as I open Scenes. Phone: Pixel 9, app 5.4.1.',
    'I cannot sign in: the code from the mail is always "expired", even after ten seconds.',
    'Our voice assistant says that the {p} does not respond, while the app works.',
  ],
  account: [
    'Please change my address to the one I write from. The old mailbox closes at the end of the month.',
    'Delete everything you have stored about me, please, and confirm it in writing.',
    'I did not ask for the newsletter and the link at the bottom leads nowhere.',
  ],
  order: [
    'Can I add one more {p} to order {o}? It has not left yet according to my account.',
    'We need forty {p} for a hotel. What would the price and the delivery time be?',
    'I ordered the {p} in brass and got the black one.',
  ],
  warranty: [
    'The {p} is fourteen months old and the switch is broken. Is that covered?',
    'Where can I buy the small glass ring for the {p}? Ours broke while cleaning.',
    'You asked for a proof of purchase; here is the confirmation of order {o} from {d}.',
  ],
}

export const elsewhere: Readonly<Record<'de' | 'fr' | 'es', readonly string[]>> = {
  de: [
    'meine Bestellung {o} sollte am {d:de} ankommen, ist aber nicht da. Können Sie bitte nachsehen?',
    'die {p} funktioniert seit {d:de} nicht mehr. Ich habe schon alles aus- und wieder eingeschaltet.',
    'mir wurden {a} abgebucht, obwohl ich die Ware zurückgeschickt habe. Bitte um Klärung.',
    'ich möchte das Abo zum nächsten Termin kündigen. Reicht diese Mail?',
  ],
  fr: [
    'ma commande {o} devait arriver le {d:fr}, mais je n’ai rien reçu. Pouvez-vous vérifier ?',
    'le produit {p} ne s’allume plus depuis le {d:fr}. Que puis-je faire ?',
    'j’ai été débité de {a} deux fois. Merci de me rembourser.',
  ],
  es: [
    'mi pedido {o} tenía que llegar el {d:es} y todavía no está aquí. ¿Pueden mirarlo?',
    'el producto {p} dejó de funcionar el {d:es}. ¿Está en garantía?',
    'me han cobrado {a} dos veces. ¿Me lo pueden devolver?',
  ],
}

/** The article that answers a complaint, by its place above; agents send its link. */
export const articleFor: Readonly<Record<string, readonly (string | null)[]>> = {
  billing: [null, 'When your refund arrives', 'You were charged twice'],
  subscription: ['Cancel the app subscription', 'The family plan', null],
  delivery: ['Where is my parcel?', null, 'Change or cancel an order'],
  returns: ['How to return something', 'When your refund arrives', null],
  bulbs: ['Your lamp flickers', 'A bulb is dead on arrival', 'Which dimmers work with our bulbs'],
  hub: ['Hub One is offline', 'Pairing stops or fails with E-114', 'Move Hub One to a new wifi or router'],
  app: ['The app closes or crashes', 'You cannot sign in to the app', 'The voice assistant does not respond'],
  order: ['Change or cancel an order', null, null],
  warranty: ['Warranty and spare parts', 'Warranty and spare parts', null],
}

export const closings: Say = {
  en: ['Thanks,', 'Best,', 'Kind regards,', 'Cheers,', 'Thank you in advance,'],
  de: ['Viele Grüße', 'Mit freundlichen Grüßen', 'Danke und Gruß'],
  fr: ['Cordialement,', 'Merci d’avance,', 'Bien à vous,'],
  es: ['Gracias,', 'Un saludo,', 'Saludos cordiales,'],
}

export const questions: Say = {
  en: [
    'Thanks for writing. Could you send the order number and a photo, so that we can find out what happened?',
    'Sorry about that. Which version does the app show under Settings → About, and what does the light on the front do?',
    'I have looked at order {o}. May I send a replacement to the same address, or would you rather have the {a} back?',
  ],
  de: [
    'vielen Dank für Ihre Nachricht. Können Sie uns bitte die Bestellnummer und ein Foto schicken?',
    'das tut uns leid. Sollen wir Ersatz schicken, oder möchten Sie den Betrag zurück?',
  ],
  fr: ['merci pour votre message. Pouvez-vous nous envoyer le numéro de commande et une photo ?'],
  es: ['gracias por escribirnos. ¿Puede enviarnos el número de pedido y una foto?'],
}

export const answers: Say = {
  en: [
    'Done: {a} are on their way back to your card. Banks take two to five working days.',
    'A new {p} leaves our warehouse today; the tracking number follows in the evening. Keep the old one.',
    'We have found it: hold the button for twelve seconds until the light turns blue, then pair again. That clears E-114.',
    'Your change is made, and you will get a confirmation in a minute. Is there anything else?',
    'The carrier has confirmed delivery for {d}. If it is not there by noon, write back and we send a new one at once.',
  ],
  de: [
    'erledigt: Die {a} sind unterwegs. Die Bank braucht zwei bis fünf Werktage.',
    'ein neues Gerät geht heute in den Versand, die Sendungsnummer kommt am Abend.',
  ],
  fr: ['c’est fait : le remboursement de {a} est en route. Comptez deux à cinq jours ouvrables.'],
  es: ['hecho: la devolución de {a} está en camino. El banco tarda de dos a cinco días.'],
}

export const followUps: Say = {
  en: [
    'The order number is {o}. Photo attached.',
    'It still does not work, I am afraid. Same message as before.',
    'A replacement would be fine.',
    'Any news? It has been a week now.',
    'It says version 5.4.1 and the light blinks red.',
  ],
  de: ['Die Bestellnummer ist {o}. Foto im Anhang.', 'Leider geht es immer noch nicht.', 'Ersatz wäre gut.'],
  fr: ['Le numéro est {o}.', 'Cela ne marche toujours pas.'],
  es: ['El número es {o}.', 'Sigue sin funcionar.'],
}

/** Asked again in a new mail, before anybody answered. */
export const reminders: Say = {
  en: [
    'Did my first mail reach you? It is about order {o}. I would like an answer today.',
    'Writing again because nobody called back: the {p}, order {o}.',
  ],
  de: ['Ist meine erste Mail angekommen? Es geht um {o}. Ich warte auf Antwort.'],
  fr: ['Avez-vous reçu mon premier message ? Il s’agit de la commande {o}.'],
  es: ['¿Les llegó mi primer correo? Es sobre el pedido {o}.'],
}

/** Said by whoever was copied. */
export const bystanders: Say = {
  en: [
    'Adding to this: the same happened to the lamp in our hallway.',
    'I was at home that day, nobody rang.',
    'Please answer both of us, I pay for the subscription.',
  ],
  de: ['Bei mir im Flur ist es genauso.', 'Ich war an dem Tag zu Hause, es hat niemand geklingelt.'],
  fr: ['J’étais à la maison ce jour-là, personne n’a sonné.'],
  es: ['Yo estaba en casa ese día y nadie llamó.'],
}

export const thanks: Say = {
  en: ['Thank you so much!', 'Perfect, thanks.', 'Great, thank you all.'],
  de: ['Vielen Dank!', 'Super, danke.'],
  fr: ['Merci beaucoup !'],
  es: ['¡Muchas gracias!'],
}

export const notes: readonly string[] = [
  'Checked with the warehouse: the batch from {d} had this fault. Replace without questions.',
  'Third mail this month from this household. Please be quick.',
  'Refund approved by Bo. Customer has been with us since 2021.',
  'Firmware 3.3 fixes it; rollout is at 40 %.',
  'Carrier says the driver left it with a neighbour. Asked for the signature.',
  'Could be the dimmer. Ask for the model before sending anything.',
]

export const phones: readonly string[] = [
  'Sent from my iPhone',
  'Von meinem Samsung Galaxy gesendet',
  'Get Outlook for Android',
  '-- \nsent while walking',
]

/** What customers say of the help. */
export const ratings: Readonly<
  Record<Language, { readonly good: readonly string[]; readonly bad: readonly string[] }>
> = {
  en: {
    good: [
      'Quick and friendly, thank you!',
      'Solved with one mail.',
      'The photo guide helped a lot.',
      'Very kind.',
    ],
    bad: ['It took four days.', 'I had to explain it twice.', 'The lamp still flickers.'],
  },
  de: {
    good: ['Schnell und freundlich, danke!', 'Mit einer Mail gelöst.', 'Sehr hilfreich.'],
    bad: ['Es hat zu lange gedauert.', 'Ich musste alles zweimal erklären.'],
  },
  fr: { good: ['Rapide et aimable, merci !'], bad: ['C’était trop long.'] },
  es: { good: ['Rápido y amable, ¡gracias!'], bad: ['Tardó demasiado.'] },
}
