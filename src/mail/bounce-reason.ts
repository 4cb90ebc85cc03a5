// The words of mail servers → our few reasons. Phrases of the servers themselves come first, for their codes are
// often wrong; then the code of RFC 3463; then the reply code of RFC 5321.
import { mailboxFull, nobodyThere } from '#mail/bounce-languages.ts'
import { anyOf } from '#mail/phrases.ts'
import type { BounceReason } from '#mail/mail.ts'

type Phrases = readonly (readonly [BounceReason, RegExp])[]

// The order matters: what is more telling comes first. Each expression is a plain alternation, so linear.
const phrases: Phrases = [
  [
    'loop',
    anyOf(String.raw`
      too many hops | mail loop | loops back to myself | loop detected | routing loop | loop count exceeded
      mail is looping | hop count exceeded | forwarding loop | too many received
    `),
  ],
  [
    'address_moved',
    anyOf(String.raw`
      user has moved | has moved to | no longer (?:using|uses) this (?:address|mailbox)
      address (?:has )?changed | recipient moved | has been replaced by
    `),
  ],
  [
    'sender_refused',
    anyOf(String.raw`
      sender address (?:rejected|denied|verification) | sender (?:verify|verification) failed
      sender (?:rejected|denied|domain) | domain of sender address
      sender not (?:authorized|allowed|permitted) | unable to verify (?:the )?sender
      sender is (?:denied|blocked|rejected) | invalid sender | bad sender | from address | backscatter
      envelope sender | refused mail from | mailfrom
    `),
  ],
  [
    'address_unknown',
    // Microsoft's edge for whom its directory lacks; RFC 5321's own words for 550; who bounced before.
    anyOf(String.raw`
      5\.4\.1 recipient address rejected: access denied | 550.{0,30} requested action not taken: mailbox unavailable
      previously bounced address
    `),
  ],
  [
    'relay_denied',
    anyOf(String.raw`
      relay access denied | relay(?:ing)? (?:is )?(?:denied|not (?:allowed|permitted|authori[sz]ed)|prohibited)
      (?:denied|refus\p{L}{1,3}|not permitted|not allowed|unable) (?:to|for) relay | no relaying allowed
    `),
  ],
  ['address_unknown', anyOf(String.raw`(?:^|[^\d.])55\d[ -][^\n]{0,60}unrouteable (?:mail )?address`)],
  [
    'policy_refused',
    anyOf(String.raw`
      \bspf\b | \bdkim\b | \bdmarc\b | unauthenticated | authentication (?:check|fail|required|is required)
      not authenticated | reverse dns | \bptr\b | rdns | cannot find your (?:reverse )?host
      does not resolve | dns ?bl | \brbl\b | spamhaus | spamcop | barracuda | sorbs | block ?list
      black ?list | blocklisted | blacklisted | poor reputation | reputation | banned (?:ip|sending)
      your (?:ip|host|server|network|country) | client host | client was blocked
      connection (?:rejected by|refused by (?:policy|our|the|your|this|administrat)) | access denied | access to this mail system | dynamic ip | helo
      ehlo | starttls | encryption | tls is required | must issue a starttls | no ssl
      not rfc (?:2822|5322) | rfc ?(?:2822|5322|821) | multiple (?:from|sender) | policy
    `),
  ],
  [
    'rate_limited',
    anyOf(String.raw`
      too many (?:connections|sessions|concurrent|messages|recipients|emails|errors) | rate limit | throttl
      try(?:ing)? too (?:fast|often) | quota of messages | daily (?:limit|quota)
      exceeded the (?:rate|maximum number) | receiving mail (?:at a rate|too quickly)
      sending (?:limit|quota) | greylist | gr[ea]y-?listed | deferred due to | unusual rate
    `),
  ],
  [
    'message_too_big',
    anyOf(String.raw`
      message file too (?:big|large) | message (?:size|is) (?:exceed|too (?:big|large|long)) | message too (?:big|large)
      exceeds? (?:the )?(?:fixed |maximum )?(?:message )?size | size limit | too large | message length
      exceeded maximum (?:message )?size | larger than the current system limit
    `),
  ],
  ['mailbox_full', mailboxFull],
  [
    'mailbox_full',
    anyOf(String.raw`
      mailbox (?:is )?(?:full|size limit|quota) | (?:mailbox|mailfolder|folder|inbox|maildrop) .{0,80}is full
      over (?:the )?(?:disk )?quota | quota (?:exceeded|limit|full|violation) | exceeds? .{0,20}quota
      exceeded .{0,30}(?:quota|storage) | overquota | user is over | out of (?:disk )?(?:storage|space)
      insufficient (?:system )?(?:storage|space|quota) | not enough (?:storage|disk|space)
      disk (?:full|quota) | maildir.{0,40}(?:full|quota) | storage (?:exceeded|allocation|quota)
      inbox is full | account is full | no space left
    `),
  ],
  [
    'mailbox_disabled',
    anyOf(String.raw`
      (?:account|mailbox|user|address|recipient) (?:has been |is |was |currently |temporarily )*(?:disabled|suspended|deactivated|inactive|locked|blocked|on hold|restricted|frozen|expired|closed|not active|unavailable)
      temporar(?:y|ily) (?:locked|disabled|suspended|blocked|inactive) | disabled (?:account|mailbox|user|recipient) | (?:inactive|suspended) (?:account|user|mailbox)
      account expired | disabled due to inactivity
    `),
  ],
  [
    'relay_denied',
    anyOf(String.raw`
      relay(?:ing)? (?:access )?(?:denied|not (?:allowed|permitted)|prohibited|attempt blocked|is not allowed)
      not (?:permitted|allowed) to relay | unable to relay | cannot relay | (?:do not|don't|not) relay
      no relaying | insecure mail relay | we do not relay | not a(?:n)? (?:open )?relay | not local
      authentication required for relay | relay operation
    `),
  ],
  [
    'domain_unknown',
    anyOf(String.raw`
      host (?:or domain name )?not found | name or service not known | unknown (?:host|domain)
      domain (?:name )?(?:does not exist|not found|is not valid|unknown|is invalid|has been suspended)
      no such (?:domain|host) | host unknown | nxdomain | unrouteable (?:mail )?(?:address|domain)
      unresolvable | could ?n[o']t find any host | cannot resolve
      does not accept (?:any )?(?:e?-?mail|messages) | null ?mx | no mx (?:found|record|for|host) | mx .{0,40}(?:illegal|0\.0\.0\.0)
      address lookup for | name server: .{0,60}not found | domain must | invalid domain | bad destination
      all relevant mx records point to non-existent | cannot exist | illegal host | no smtp service | couldn't find a mail exchanger | domain is not reachable | domain may not exist
      domain .{0,60}does not exist
      couldn't find any host named | nullmx
    `),
  ],
  [
    'address_unknown',
    anyOf(String.raw`
      user (?:is )?(?:unknown|not (?:found|known|exist)|doesn'?t exist|does not exist|invalid)
      unknown (?:user|recipient|address|account|local|mailbox|to address)
      no such (?:user|recipient|address|mailbox|account|person|local user|email|member|addressee|list|id)
      (?:mailbox|account|address|recipient|user|addressee|email account|name|alias|person|list)(?:e?s)? .{0,120}(?:not found|does ?n[o']t exist|doesn't exist|not exist|unknown|is invalid|not listed|not known|cannot be found|could not be found|wasn'?t found)
      invalid (?:recipient|mailbox|address|user)
      (?:recipient|address|mailbox) (?:unknown|not found|invalid)
      recipient address rejected: (?:user|undeliverable|unknown|access|unverified|invalid|no such)
      no (?:mailbox|account) (?:here )?(?:by|with) that name
      (?:no|not a) (?:valid|known) (?:recipient|mailbox|user|address|account)
      not a valid (?:mailbox|recipient) | unknown or illegal (?:alias|user) | not our customer
      no longer (?:active|available|exists|valid|employed|on server|in use|with)
      account (?:is )?(?:not|un)available | doesn'?t have an? .{1,40} account | no mailbox
      mailbox unavailable | bad address | undeliverable address | badly formatted address
      delivery (?:to this|not allowed to this) address | addressee unknown | user .{0,80}does not exist
      not listed in | this address (?:does not|doesn't|no longer)
      recipnotfound | recipient not found | nosuchuser | user suspended | is not a valid
      email address could not be found | does not like recipient | name is not recogni[sz]ed | invalid final delivery userid | unknown recipient | \bno such id\b
    `),
  ],
  ['address_unknown', nobodyThere],
  [
    'content_refused',
    anyOf(String.raw`
      spam | virus | malware | malicious | content (?:rejected|denied|restriction|filter|blocked)
      message (?:content )?(?:rejected|refused|blocked|contains|content) | unsolicited | bulk mail | junk
      phish | banned (?:file|content|attachment) | attachment | prohibited | suspicious | high probability
      blocked by (?:content|filter|our) | header (?:error|contains) | forbidden | infected | bad header
      looks like | filtered
    `),
  ],
  [
    'expired',
    anyOf(String.raw`
      (?:delivery|retry) time(?:out)? (?:exceeded|expired) | retry timeout | expired | delivery timed? ?out
      too (?:long|old) | could not be delivered for | cannot send message for | has been in the queue
      unable to deliver .{0,60}(?:for|within) .{0,20}(?:hours|days) | giv(?:e|ing) up | gave up
      maximum (?:retries|queue) | delayed .{0,40}(?:hours|days) | been tried | not delivered .{0,30}after
      message is \d+ (?:hours|days) old | after .{1,30}(?:hours|days|attempts)
    `),
  ],
  [
    'network',
    anyOf(String.raw`
      connection (?:timed? ?out|refused|reset|dropped|lost|was closed|closed)
      network (?:is )?(?:unreachable|error|problem) | no route to host | host (?:is )?(?:unreachable|down)
      timed? ?out | lost connection | could ?n[o']t connect | couldn't connect | unable to connect
      cannot connect | remote host (?:said )?closed | wasn't able to establish an smtp connection
      connection attempts | not responding | temporary (?:lookup|dns)
      i couldn't find any host by that name | dns (?:error|failure|query|lookup) | host lookup
      mail exchanger | sorry, i | no mx could be reached | destination seems? to reject all | could not resolve hostname
    `),
  ],
  [
    'server_trouble',
    anyOf(String.raw`
      (?:local|server|system|internal|temporary|transient|configuration|resources?|mailer|process) .{0,30}(?:error|failure|unavailable|problem|temporarily)
      service (?:not |un)available | try again later | can't create | cannot (?:open|create|append|write)
      permission denied | pipe to | mailer terminated | command (?:failed|died|output)
      exit(?:ed)? (?:status|code) | unable to (?:deliver to|open|write) | config | out of memory
      interrupted system call | too many open files | system not accepting | please try | relay unavailable
    `),
  ],
  [
    'policy_refused',
    anyOf(String.raw`
      not (?:allowed|permitted|authorized|accepted|authorised) | denied | rejected | refused | blocked
      restricted | disallow | unacceptable | permission
    `),
  ],
]

// RFC 3463 §3; the second and third number, whatever the class.
const codes: Readonly<Record<string, BounceReason>> = {
  '1.0': 'address_unknown',
  '1.1': 'address_unknown',
  '1.2': 'domain_unknown',
  '1.3': 'address_unknown',
  '1.4': 'address_unknown',
  '1.6': 'address_moved',
  '1.7': 'sender_refused',
  '1.8': 'sender_refused',
  '2.1': 'mailbox_disabled',
  '2.2': 'mailbox_full',
  '2.3': 'message_too_big',
  '3.1': 'mailbox_full',
  '3.2': 'server_trouble',
  '3.4': 'message_too_big',
  '3.5': 'server_trouble',
  '4.1': 'network',
  '4.2': 'network',
  '4.3': 'network',
  '4.4': 'domain_unknown',
  '4.5': 'rate_limited',
  '4.6': 'loop',
  '4.7': 'expired',
  '5.3': 'rate_limited',
  '7.1': 'policy_refused',
}

const classes: Readonly<Record<string, BounceReason>> = {
  '3': 'server_trouble',
  '4': 'network',
  '6': 'content_refused',
  '7': 'policy_refused',
}

const replies: Readonly<Record<string, BounceReason>> = {
  '552': 'mailbox_full',
  '452': 'mailbox_full',
  '551': 'address_moved',
  '450': 'server_trouble',
  '451': 'server_trouble',
  '421': 'network',
}

/** Our word for why the mail did not arrive, from the server's words and the RFC 3463 status, if any. */
export function reasonOf(words: string, status: string | null): BounceReason {
  const code = status?.slice(2) ?? ''
  const text = words.slice(0, 4000).toLowerCase()
  // These are never given lightly, whatever prose surrounds them.
  if (['1.1', '1.10', '1.351', '2.2'].includes(code)) return codes[code] ?? 'address_unknown'
  const byWords = phrases.find(([, phrase]) => phrase.test(text))?.[0]
  if (byWords !== undefined) return byWords
  const reply = /(?:^|[^\d.])([45]\d\d)[ -]/.exec(text)?.[1] ?? ''
  return codes[code] ?? replies[reply] ?? classes[code.split('.', 1)[0] ?? ''] ?? 'unknown'
}

/** True when writing to the address again is pointless; a mere 5.x.x is not enough, for servers give it to spam too. */
export function isDeadAddress(reason: BounceReason): boolean {
  return reason === 'address_unknown' || reason === 'address_moved' || reason === 'domain_unknown'
}
