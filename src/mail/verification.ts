// Mails by which a service lets somebody prove that an address is theirs: codes, magic links, resets of passwords. Whoever has an address
// of ours typed into such a service must never get to read what comes back (M2). Pure.
import { localPartOf } from '#mail/address.ts'
import type { Mail } from '#mail/mail.ts'

/** What shows that a mail proves an address, or null. It needs a machine as its sender: a customer may write about codes. */
export function provesAddress(mail: Mail): string | null {
  const machine = machineSign(mail)
  if (machine === null) return null
  const phrase = PHRASES.exec(`${mail.subject}\n${(mail.text ?? mail.html ?? '').slice(0, LOOKED_AT)}`)?.[0]
  return phrase === undefined ? null : `“${phrase.replace(/\s+/g, ' ')}”, by ${machine}`
}

const LOOKED_AT = 6_000

/** Not `info`, `hello` or `team`: from such addresses small firms write to us. */
const NOBODY =
  /^(?:no[-._]?reply|do[-._]?not[-._]?reply|donotreply|notifications?|accounts?|security|verify|verification|auth|login|signin|mailer|postmaster|bounces?|confirm(?:ation)?|password)(?:[-._+]|$)/i

/** What machines that send such mail write, and no mail program of a person does. */
const MACHINE_HEADERS = [
  'auto-submitted',
  'feedback-id',
  'list-unsubscribe',
  'precedence',
  'x-auto-response-suppress',
  'x-ses-outgoing',
  'x-sg-eid',
  'x-mailgun-sid',
  'x-mandrill-user',
  'x-pm-message-id',
  'x-mailer-hash',
  'x-entity-ref-id',
]

function machineSign({ from, headers }: Mail): string | null {
  const address = from?.address ?? null
  if (address !== null && NOBODY.test(localPartOf(address))) return address
  const isListed = headers.has('list-id')
  const name = MACHINE_HEADERS.find((header) => {
    // A list says so too of what people write through it.
    if (isListed && (header === 'list-unsubscribe' || header === 'precedence')) return false
    const value = headers.get(header)?.[0]
    return value !== undefined && !(header === 'auto-submitted' && /^\s*no\b/i.test(value))
  })
  return name === undefined ? null : `a machine (${name})`
}

const GAP = String.raw`(?:[^.!?\n]{0,30}?)`

/** By language; each is a few words, so that one needs no grammar. */
const PHRASES = new RegExp(
  [
    // English
    String.raw`\b(?:verify|confirm|validate|activate)\b${GAP}\b(?:e-?mail|address|account|registration|sign-?up|identity|subscription)`,
    String.raw`\b(?:verification|security|log-?in|sign-?in|access|one[- ]time|confirmation|authentication|temporary|2fa|activation|reset|passcode)\b[- ]?(?:code|pass(?:word|code)|pin|link|key)\b`,
    String.raw`\b(?:magic link|one[- ]time password|otp\b|passcode\b|reset your password|password reset|code is\b|finish (?:signing|setting) up|(?:sign|log) in to your)`,
    // German, Dutch, Scandinavian
    String.raw`(?:bestätig|verifizier|aktivier)\w*${GAP}(?:e-?mail|adresse|konto|anmeldung|registrierung)`,
    String.raw`(?:e-?mail|adresse|konto|anmeldung|registrierung)\w*${GAP}(?:bestätigen|verifizieren|aktivieren)`,
    String.raw`(?:bestätigungs|verifizierungs|sicherheits|anmelde|zugangs|einmal|aktivierungs)-?(?:code|kennwort|passwort|link|pin)`,
    String.raw`(?:passwort|kennwort) (?:zurücksetzen|zurückzusetzen)`,
    String.raw`(?:verificatie|bevestigings|beveiligings|inlog)code|bevestig (?:je|uw) (?:e-?mail|account)|wachtwoord (?:opnieuw instellen|resetten)`,
    String.raw`(?:verifierings|bekräftelse|engångs|verifikations|bekræftelses|engangs|bekreftelses|verifiserings)(?:kod|kode)|bekr(?:ä|æ|e)ft(?:a)? (?:din|e-?post)`,
    // Romance
    String.raw`code (?:de )?(?:vérification|confirmation|sécurité|connexion|d[’']accès)|(?:confirmez|vérifiez|activez|confirmer|vérifier) votre (?:adresse|e-?mail|compte|inscription)|réinitialis\w+${GAP}mot de passe`,
    String.raw`código (?:de )?(?:verificación|confirmación|seguridad|acceso|un solo uso|verificação|confirmação|segurança)|(?:verifica|confirma|activa|verifique|confirme|ative) (?:tu|su|seu|sua|o seu|a sua) (?:correo|e-?mail|cuenta|conta|dirección|endereço|registro)|(?:restablecer|redefinir)${GAP}(?:contraseña|senha)`,
    String.raw`codice (?:di )?(?:verifica|conferma|sicurezza|accesso)|(?:conferma|verifica|attiva) (?:il tuo|la tua|l[’']) ?(?:indirizzo|e-?mail|account|registrazione)|reimposta\w*${GAP}password`,
    // Slavic, Turkish, Finnish, Hungarian
    String.raw`kod (?:weryfikacyjny|potwierdzający|dostępu)|potwierdź (?:swój|adres)|ověřovací kód|potvrďte (?:svůj|svou)|код (?:подтверждения|проверки|доступа)|подтвердите (?:ваш|адрес|регистрацию)|код підтвердження|doğrulama kodu|e-?postanızı doğrula|vahvistuskoodi|megerősítő kód`,
    // East Asian, Arabic, Hindi
    `認証コード|確認コード|ワンタイムパスワード|メールアドレスの確認|验证码|驗證碼|验证您的|確認您的|인증 ?(?:코드|번호)|이메일 (?:인증|확인)|رمز التحقق|सत्यापन कोड`,
  ].join('|'),
  'iu',
)
