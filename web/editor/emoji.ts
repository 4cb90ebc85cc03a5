// The emoji that people send in support, by English and German names. Not the whole of Unicode: a keyboard has those.
import { language } from '../words/language.ts'
import type { Suggestion } from './SuggestList.tsx'

const list = `
😀 grinning grinsen|😄 smile lächeln|😅 sweat_smile geschafft|😂 joy tränen|🙂 slight_smile freundlich|😉 wink zwinkern|😊 blush erröten
😍 heart_eyes verliebt|🤔 thinking denken|😐 neutral neutral|😕 confused verwirrt
🙁 frown traurig|😢 cry weinen|😭 sob schluchzen|😮 surprised überrascht|😱 scream schreck|😳 flushed peinlich|😴 sleeping schlafen
🤗 hug umarmen|🤞 fingers_crossed daumen_drücken|🤝 handshake handschlag|🙏 thanks danke_bitte|👍 thumbs_up daumen_hoch|👎 thumbs_down daumen_runter
👏 clap klatschen|👋 wave winken|👌 ok_hand ok|✌️ victory sieg|💪 strong stark|🙌 hooray hurra|👀 eyes augen
❤️ heart herz|💙 blue_heart blaues_herz|💚 green_heart grünes_herz|💛 yellow_heart gelbes_herz|🎉 party feier_tada|🎁 gift geschenk
🌟 star stern|✨ sparkles funkeln|🔥 fire feuer|💡 idea_bulb idee_lampe|🚀 rocket rakete
✅ check erledigt_haken|☑️ ballot_check angekreuzt|❌ cross falsch|⚠️ warning warnung|❓ question frage|❗ exclamation ausrufezeichen|ℹ️ info information
🚫 forbidden verboten|🔒 lock schloss|🔑 key schlüssel|🔧 wrench schraubenschlüssel|🛠️ tools werkzeug|🐛 bug fehler_käfer|💻 laptop rechner|📱 phone handy
📞 call anruf|📧 email e-mail|✉️ envelope brief|📎 paperclip büroklammer|📄 document dokument|📷 camera kamera|🖼️ picture bild|🖨️ printer drucker
📦 package paket|🚚 truck lieferung|🛒 cart einkaufswagen|🏷️ tag etikett|💳 card karte|💶 euro geld|🧾 receipt beleg|📅 calendar kalender|⏰ alarm wecker
⏳ hourglass sanduhr|📍 pin ort|🏠 house haus|🏢 office büro|☕ coffee kaffee|👉 point_right rechts|👇 point_down unten`

/** All of them, as the list at the caret offers them. */
export const emoji: readonly Suggestion[] = list
  .trim()
  .split(/[|\n]/)
  .map((line) => {
    const [sign = '', name = '', german = ''] = line.trim().split(' ')
    return {
      id: name,
      label: (language === 'de' ? german : name).replaceAll('_', ' '),
      words: `${name} ${german}`.replaceAll('_', ' '),
      icon: sign,
      choose: async () => ({ html: `<p>${sign}</p>` }),
    }
  })
