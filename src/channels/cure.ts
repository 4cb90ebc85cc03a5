// What to do about a mail server's refusal: its own words, matched to the few causes that explain nearly all of them.

const cures: readonly (readonly [RegExp, string])[] = [
  [
    /web login required|application-specific password|less secure|basic auth(?:entication)? is disabled|BadCredentials/i,
    'use_oauth_or_app_password',
  ],
  [
    /invalid_grant|token (?:has been )?(?:expired|revoked)|expired or revoked|AADSTS(?:70008|700082|50173)/i,
    'connect_again',
  ],
  [/invalid_client|unauthorized_client|AADSTS7000215/i, 'check_client'],
  [
    /authentication ?failed|auth(?:entication)? (?:error|unsuccessful)|invalid (?:login|credentials|user)|login failed|wrong password|535|AUTHENTICATIONFAILED|no refresh token/i,
    'check_password',
  ],
  [/certificate|self.signed|altname|CERT_|unable to verify/i, 'check_certificate'],
  [
    /wrong version number|ssl3_get_record|EPROTO|tls.*handshake|greeting never received|STARTTLS/i,
    'check_security',
  ],
  [/DOCKET_ALLOW_HOSTS/, 'allow_host'],
  [/ENOTFOUND|EAI_AGAIN|was not found/i, 'check_host'],
  [/ECONNREFUSED|connection refused/i, 'check_port'],
  [/ETIMEDOUT|timed? ?out|no answer/i, 'check_firewall'],
  [/too many (?:simultaneous )?connections|exceed|rate|try again later|temporar/i, 'wait'],
  [/mailbox doesn.t exist|nonexistent|unknown mailbox|no such (?:folder|mailbox)|TRYCREATE/i, 'check_folder'],
  [
    /relay(?:ing)? (?:access )?denied|not permitted to relay|sender address rejected|not owned by user|SendAs/i,
    'check_sender',
  ],
]

/** The name of the cure for a failure; the app has words for each. Null when the words say nothing known. */
export function cureOf(words: string): string | null {
  return cures.find(([pattern]) => pattern.test(words))?.[1] ?? null
}
