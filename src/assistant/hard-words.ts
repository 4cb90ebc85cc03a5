// What is never answered by a machine, by the words that people use for it, in English and German. Written as patterns over text
// without case and accents; a word may have an ending.
import type { HardKind } from '#assistant/words.ts'

/** A pattern for each way to say it. `~` stands for up to three words between. */
export const hardWords: Readonly<Record<HardKind, readonly string[]>> = {
  legal_threat: [
    '(?:will|shall|going to|gonna|to|ll|have to|must) sue',
    'suing (?:you|your)',
    'su(?:e|ed) you',
    '(?:take|taking|see) you ~ ?(?:to|in) court',
    '(?:legal|court) (?:action|proceedings?|steps|claim)',
    '(?:my|our|a|the|with) (?:lawyers?|attorneys?|solicitors?|legal (?:counsel|team|representatives?))',
    'legal department|(?:contact|call|consult|hire|see)\\w* (?:a|my|our) (?:lawyer|attorney|solicitor)\\w*|press charges|file (?:a )?(?:suit|charges|police report)|(?:go|going) to the police',
    'cease and desist|letter before action|small claims|lawsuit|class action|litigation',
    'verklag\\w*|klage (?:ein|gegen|erheb)\\w*|klage ~ (?:einreichen|erheben)',
    'zum anwalt|anwalt (?:ein|wird|meldet|schreibt|nehmen|einschalten)\\w*|(?:zur|bei der) polizei',
    'rechtsanw\\w*|anwaltlich\\w*|(?:mein|unser|einen?|den|meinem|unserem|meinen|unseren|dem)(?:en|em)? anwal\\w*|anwaltin',
    'rechtliche\\w* schritt\\w*|gerichtlich\\w*|vor gericht|rechtsweg|mahnbescheid|einstweilige\\w*|abmahn\\w*',
    'straf(?:anzeige|antrag)\\w*|anzeige (?:erstatten|gegen)|erstatte\\w* anzeige',
  ],
  danger: [
    '(?:kill|hurt|harm|cut) (?:myself|himself|herself|themselves)',
    'suicid\\w*|self ?harm|end (?:it all|my (?:own )?life|his life|her life)|want to die|better off dead',
    '(?:caught|catches|catching|on|started a) fire|burst into flames|smoke (?:came|comes|coming|from|out|and)|(?:is|was|started|starts|began|it s) (?:smoking|sparking|melting|burning)|on fire|sparks (?:came|coming|fly|flew|out|from)|explod\\w*|explosion',
    'electric(?:al)? shock|electrocut\\w*|got shocked|burn(?:ed|t) (?:my|his|her|our|the child|down)|injur\\w*|bleeding|poison\\w*|gas leak|carbon monoxide|life[- ]threatening|ambulance|in hospital',
    '(?:kill|hurt|shoot|bomb) (?:you|him|her|them|your|somebody|someone|people)|bomb threat',
    'selbstmord\\w*|suizid\\w*|umbringen|selbst verletz\\w*|nicht mehr leben|leben (?:nehmen|beenden)|sterben will|will sterben',
    'brand (?:geraten|gesetzt|ausgebrochen)|in brand|brennt|gebrannt|feuer gefangen|rauch\\w* (?:kam|kommt|aus|entwick)\\w*|(?:es|sie|er|lampe|netzteil|akku) raucht|funken (?:spruh|schlag|flieg)\\w*|geschmolzen|qualm\\w*|explodier\\w*|stromschlag\\w*|verletz(?:t|ung|ungen)|verbrannt|vergift\\w*|gasaustritt|notarzt|krankenhaus|lebensgefahr\\w*',
  ],
  security_report: [
    'vulnerabilit\\w*|security (?:issue|flaw|hole|bug|breach|incident|report|disclosure|researcher)|bug bounty|responsible disclosure|proof of concept|cve \\d{4}',
    'xss|sql injection|csrf|remote code execution|data (?:breach|leak)',
    '(?:see|saw|access|seeing|view) (?:other|another|somebody else|someone else|a different) (?:peoples?|persons?|customers?|users?|s)',
    '(?:account|email|profile) (?:was|is|has been|got|been) (?:hacked|compromised|taken over)|hacked (?:my|our|into)|phishing',
    'sicherheits(?:lucke|problem|vorfall|leck|forsch)\\w*|schwachstelle\\w*|datenleck\\w*|datenpanne\\w*|gehackt|hackerangriff|phishing|(?:daten|bestellungen?|konto|konten) (?:anderer|fremder|von anderen)',
  ],
  chargeback: [
    'charge ?backs?|dispute ~ (?:charge|charges|payment|transaction)|(?:charge|payment|transaction) ~ disputed?|(?:paypal|bank|card) (?:dispute|claim)',
    'fraudulent (?:charge|transaction|payment)|reverse the (?:charge|payment)',
    'ruckbuch\\w*|ruckbelast\\w*|ruckla(?:st|u)\\w*|lastschrift ~ zuruck\\w*|kreditkarten(?:einspruch|reklamation)|zahlung (?:anfechten|zuruckbuchen)|kauferschutz\\w*',
  ],
  press: [
    'journalist\\w*|reporter|newspaper|press (?:inquiry|enquiry|request|office|statement|release)|for comment|(?:news|magazine) (?:article|story|piece) (?:about|on)|broadcaster',
    'go(?:ing)? to the (?:press|media)|(?:write|writing) (?:an article|a story) (?:about|on)',
    'journalist\\w*|redakti(?:on|eur|onell)\\w*|presse(?:anfrage|stelle|sprecher|mitteilung)\\w*|stellungnahme|zeitung\\w*|an die (?:presse|medien|offentlichkeit)',
  ],
  regulator: [
    '(?:report|reporting|complain|complaining|complaint) ~ to (?:the )?(?:authorit\\w*|ftc|bbb|ico|ombuds\\w*|government)|regulator\\w*|ombuds\\w*|supervisory authority|data protection (?:authority|officer|commissioner)|trading standards|consumer protection|attorney general|(?:ftc|cfpb|bbb|ico) complaint|better business bureau|small business commissioner',
    '(?:gdpr|ccpa|dsgvo)|subject access request|right to (?:be forgotten|erasure|access)|(?:delete|erase) (?:all )?(?:my|our) (?:personal )?data',
    'aufsichtsbehorde\\w*|bundesnetzagentur|bafin|verbraucher(?:schutz|zentrale)\\w*|schlichtungsstelle\\w*|datenschutz(?:behorde|beauftragte|auskunft|anfrage|beschwerde|verstoss|grundverordnung)\\w*|auskunft nach (?:art|dsgvo)|(?:losch\\w*|auskunft) ~ (?:meine|meiner|meinen|personenbezogene\\w*) daten|(?:meine|personenbezogene\\w*) daten ~ (?:losch\\w*|vernichten)',
  ],
  asks_for_human: [
    '(?:speak|talk|chat) (?:to|with) ~ ?(?:human|person|someone|somebody|agent|representative|manager|supervisor|people|employee|staff)',
    '(?:real|actual|live) (?:human|person|agent|people|employee)|human being|not (?:a )?(?:bot|robot|machine|an ai)|no (?:more )?(?:bots?|robots?|ai|automated)|stop (?:the )?(?:bot|automated|ai)',
    '(?:want|need|get|like|give) (?:an?|me an?|your|a real|the) (?:agent|boss|colleague|manager|supervisor)|(?:talk|speak) to your boss',
    '(?:want|need|get|give|connect|transfer|escalate|put) ~ (?:a |an |the |to |through )?(?:human|manager|supervisor|representative|live agent)',
    '(?:call|phone|ring) me(?: back)?',
    '(?:mit|zu) (?:einem|einer|ihrem|ihrer|jemandem|echten|dem|der) ~ ?(?:mensch|menschen|mitarbeiter|mitarbeiterin|person|vorgesetzten|chef|berater|kollegen|sachbearbeiter)\\w* (?:sprechen|reden|verbinden|verbunden|telefonieren|schreiben)',
    '(?:echte|richtige|lebende)[nrs]? (?:mensch|person|mitarbeiter)\\w*|(?:kein|keinen|keine|nicht mit einem) (?:bot|roboter|automat|ki|maschine)\\w*|mit jemandem (?:sprechen|reden|telefonieren)',
    '(?:ruf|rufen sie) mich|(?:um|bitte) ~ ?ruckruf|zuruckrufen|(?:menschen?|mitarbeiter|vorgesetzten?) (?:sprechen|verlang\\w*|antwort\\w*)',
  ],
}
