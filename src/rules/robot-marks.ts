/**
 * The word lists of triage: sender names, header names, subjects and values by which programs can be told from people.
 * Lists only; what follows from a hit is decided in triage.
 */

/** Senders of delivery reports (RFC 5230, section 4.6, names the first). */
export const daemonSender =
  /^(mailer[-_.]?daemon|mail[-_.]?daemon|delivery[-_.]?daemon|mdaemon|mail[-_.]delivery[-_.](system|subsystem|service)|smtp[-_.]daemon)$/;

/** Display names that mail servers put on their delivery reports, whole. */
export const daemonName = /^(mail delivery (system|subsystem|service)|mailer-daemon|mail delivery subsystem.*)$/i;

/** List software and list control addresses (RFC 5230, section 4.6). `rfp-requests` is a person and must not match. */
export const listSender = /^(listserv|majordomo|mailman|sympa|owner-.+|.+-request|.+\+owner)$/;

/**
 * Addresses that nobody reads, in the languages of the owner's neighbours, alone or as a part: `noreply`,
 * `no-reply-42`, `orders.noreply`. A letter on either side makes another word of it (`noreplymann` is a name).
 */
export const noReplySender = new RegExp(
  '(^|[^a-z])(' +
    [
      '(no|not|dont|do[-_.]?not|never)[-_.]?(reply|replies|respond|response)',
      'non?[-_.]?rispond(ere|ete|i)',
      'nao[-_.]?respond(a|er)',
      'no[-_.]?respond(a|er)',
      '(ne[-_.]?)pas[-_.]?repondre',
      'keine?[-_.]?antwort(en)?',
      'nicht[-_.]?antworten',
      'auto[-_.]?(reply|respond|responder|response|confirm|mailer)',
      'autoresponder',
    ].join('|') +
    ')([^a-z]|$)',
);

/** Accounts of programs. `server`, `daemon` and `root` are Exim's own list ("personal"), `abuse` is a mailbox of many. */
export const systemSender =
  /^(root|daemon|server|abuse|nobody|cron|cron-daemon|anacron|www-data|apache|httpd|wwwrun|nagios|logcheck|logwatch)$/;

/**
 * Bulk or notice senders that small firms seldom answer from. `info`, `office`, `support`, `orders` and `accounts` are
 * not here: small clients write from them.
 */
export const noticeSender =
  /^((.+[-_.])?(notifications?|notifiche|newsletters?|autonotify)|notify|updates?|notices?|announce(ments?)?|bulletins?|headlines|subscriptions?|unsubscribe|news|alerts?|alerting|auto|automat(ed|ic|ion)|autobot|bounces?|(.+[-_.])?(bot|robot)|mailbot|mailrobot|chatbot|jira|jenkins|bugzilla|gitlab|confluence|zabbix|nagios|grafana|sentry|list|lists|mailer|mailing|mailings|mailinglist|promo|promos|promotions?|promozioni|offerte|offers|campaigns?|digest|rss|feeds?|rssfeeds|reminders?|system|sistema|monitor|monitoring|scanner)$/;

/** Domains that exist for one thing: From them come lists and newsletters. */
export const listDomain = /^(lists?|listserv|newsletters?|mailinglists?|mailings?)\./;

/** A mark by which a mailing program knows its recipient, in the sender's own address. */
export const tokenSender = /#|=[a-z0-9.-]+\.[a-z]{2,}$/;

/** Presence alone tells a mailing list or a bulk sender (RFC 2919, RFC 2369, RFC 8058, list managers). */
export const listHeaders = [
  'list-id',
  'list-help',
  'list-subscribe',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'list-post',
  'list-owner',
  'list-archive',
  'mailing-list',
  'x-mailing-list',
  'x-beenthere',
  'x-mailman-version',
  'x-listserver',
  'x-list-host',
] as const;

/** What the receiving filter calls bulk. */
export const bulkValues: readonly { name: string; value: RegExp }[] = [
  { name: 'x-antispameurope-detected-infomail', value: /^\s*(yes|true|1)\b/i },
  { name: 'x-microsoft-antispam', value: /\bBCL:[4-9]\b/i },
  { name: 'x-forefront-antispam-report', value: /\b(SFV|CAT):BULK\b/i },
];

/** Services through which programs send: on a person's mail only where she works with a help desk. */
export const relayHeaders = [
  'x-mandrill-user',
  'x-sg-eid',
  'x-sg-id',
  'x-smtpapi',
  'x-mailgun-sid',
  'x-mailgun-variables',
  'x-mj-mid',
  'x-mailjet-campaign',
  'x-pm-message-id',
  'x-mailin-eid',
  'x-msys-api',
  'x-elasticemail-messageid',
] as const;

/** Words of spam filters in headers of their own. */
export const spamValues: readonly [string, RegExp][] = [
  ['X-Spam-Flag', /^\s*(yes|true|1)\b/i],
  ['X-Spam-Status', /^\s*(yes|spam)\b/i],
  ['X-Spam', /^\s*(yes|spam|true)\b/i],
  ['X-Spam-Result', /^\s*(yes|spam)\b/i],
  ['X-Spam-Verdict', /^\s*(yes|spam)\b/i],
  ['X-Antispam', /^\s*spam\b/i],
  ['X-Bogosity', /^\s*(yes|spam)\b/i],
  ['X-DSPAM-Result', /^\s*spam\b/i],
  ['X-Barracuda-Spam-Flag', /^\s*yes\b/i],
  ['X-Barracuda-Spam-Status', /^\s*yes\b/i],
  ['X-MailScanner-SpamCheck', /^\s*spam\b/i],
  ['X-Rspamd-Action', /^\s*(add header|rewrite subject|reject|quarantine)/i],
  ['X-Proofpoint-Spam-Details', /\brule=\w*spam\b(?!_)/i],
  ['X-VR-Status', /^\s*spam\b/i],
  ['X-GND-Status', /^\s*spam\b/i],
  ['X-OVH-Spam-Status', /^\s*spam\b/i],
  ['X-OVH-SpamState', /^\s*spam\b/i],
  ['X-UI-Filterresults', /^\s*junk\b/i],
  ['X-Yandex-Spam', /^\s*4\b/],
  ['X-MS-Exchange-Organization-SCL', /^\s*[5-9]\b/],
  ['X-Microsoft-Antispam-Mailbox-Delivery', /\bdest:J\b/i],
  [
    'X-Forefront-Antispam-Report',
    /\bSFV:(SPM|SKB|SKS|PHSH)\b|\bSCL:[5-9]\b|\bCAT:(SPM|HSPM|PHSH|HPHSH|HPHISH|MALW)\b/i,
  ],
];

/** The same words in headers that filters name after themselves: X-Firm-MailScanner-SpamCheck, X-Isp-Spam-Flag. */
export const spamHeaderName = /^x-[\w-]*spam(?:experts|panel)?-?(flag|status|check|result|verdict|class)$/;
export const spamHeaderValue = /^\s*(yes|true|spam)\b/i;

/** What a spam filter writes before a subject: ***SPAM***, [SPAM?], {Spam}. */
export const spamSubject =
  /^\s*(\*{2,} ?((possible|suspected|probable|likely) )?spam\b|[[{<(]\s*(?:[*!]{1,5}\s*)?((possible|suspected|probable|likely|sospetto|possibile) )?(spam|junk ?mail|junk)\b[^\]})>]{0,40}[\]})>]|-{2,} ?spam ?-{2,}|_{1,3}spam_{1,3}|spam:)/i;

/** Marks of campaign software; a trailing `*` stands for any ending. */
export const campaignHeaders = ['x-msfbl', 'x-csa-complaints', 'x-campaign*', 'x-mailchimp-*', 'x-mc-user'] as const;

/** Headers of answering machines and of programs that write notices; a value of no, false, 0 or none takes it back. */
export const robotHeaders = [
  'x-autoreply',
  'x-auto-reply',
  'x-autorespond',
  'x-auto-respond',
  'x-autoresponder',
  'x-autoresponse',
  'x-auto-response',
  'x-autoreply-from',
  'x-mail-autoreply',
  'x-autogenerated',
  'x-auto-generated',
  'x-fc-machinegenerated',
  'x-ignorevacation',
  'x-vacation',
  'x-cron-env',
  'x-otrs-loop',
  'x-github-reason',
  'x-gitlab-project',
  'x-jira-fingerprint',
  'x-bugzilla-type',
  'x-facebook-notify',
  'x-linkedin-class',
] as const;

/** Headers that mean a robot only with a certain value. */
export const robotValues: readonly { name: string; value: RegExp }[] = [
  { name: 'x-post-messageclass', value: /autoresponder/i },
  { name: 'delivered-to', value: /^\s*<?autoresponder\b/i },
  { name: 'x-mailer', value: /\bvacation\b/i },
  { name: 'x-amazon-mail-relay-type', value: /\bnotification\b/i },
];

/** Words in Precedence and its misspelt cousins. */
export const bulkPrecedence = ['bulk', 'junk', 'list'];
export const replyPrecedence = ['auto_reply', 'auto-reply', 'autoreply'];

/** Values of X-Auto-Response-Suppress that speak to us (MS-OXCMAIL); DR, NDR, RN, NRN and None do not. */
export const suppressingValues = ['all', 'oof', 'autoreply'];

/** METHODs of iTIP that ask for or give a calendar's answer (RFC 5546). PUBLISH is a file like any other. */
export const schedulingMethods = ['REQUEST', 'REPLY', 'CANCEL', 'COUNTER', 'DECLINECOUNTER', 'ADD', 'REFRESH'];

/** Subjects that only mean a machine when the message is a reply. */
export const autoPrefix = /^\s*auto\s*:/i;

/** What a firm's server writes before the subject of all that comes from outside. */
export const outsideMark =
  /^\s*((\[(ext(ern(al|e|o|a)?)?|esterno|esterna|externo|externa)[^\]]{0,20}\]|ext(ern(al)?)? ?:|\{disarmed\})\s*){1,3}/;

/** A forwarded message by its subject, in the languages the owner meets. */
export const forwardedSubject = /^\s*(fw|fwd|i|wg|tr|rv|doorst)\s*:/i;

/** The part by which Gmail tells its own users that somebody put a sign to a message. */
export const reactionPart = 'text/vnd.google.email-reaction+json';

/** The line by which Gmail and Outlook say it to everybody else, in plain spelling. */
export const reactionText = new RegExp(
  `^\\P{L}{0,20}(?:.{0,80}\\s)?(?:${[
    'reacted (?:via gmail|to your message|to this message)',
    'ha reagito (?:con \\P{L}{1,12})?(?:tramite gmail|al tuo messaggio|a questo messaggio)',
    'hat (?:uber gmail|auf (?:deine|ihre|diese) nachricht) (?:eine reaktion gesendet|reagiert)',
    'a reagi (?:via gmail|a votre message|a ton message|a ce message)',
    'ha reaccionado (?:a traves de gmail|a tu mensaje|a este mensaje)',
    'reacciono (?:a traves de gmail|a tu mensaje)',
    'reagiu (?:pelo gmail|a sua mensagem|a tua mensagem|a esta mensagem)',
    'heeft (?:via gmail gereageerd|gereageerd op je bericht|op uw bericht gereageerd)',
  ].join('|')})\\P{L}*(?::.*)?$`,
  'iu',
);

/** In plain spelling each of these lines has 'rea'; to look for it first costs next to nothing. @param text as written */
export function mayBeReaction(text: string): boolean {
  return /[Rr][Ee][Aa]|[^\n\x20-\x7e]/.test(text);
}

/** The subject that Outlook gives to the wish to take a message back, in plain spelling. */
export const recallSubject =
  /^\s*(?:recall|richiamo|richiama|ruckruf|zuruckrufen|rappel|recuperar|recuperacion|retirar|intrekken|intrekking)\s?:/iu;

/** What Outlook says in it, in plain spelling. */
export const recallText =
  /(?:would like to recall the message|desidera richiamare il messaggio|vuole richiamare il messaggio|mochte die nachricht .{0,200}zuruckrufen|souhaite rappeler le message|(?:desea|quiere) (?:recuperar|retirar) el mensaje|(?:deseja|quer|pretende) (?:recuperar|retirar|anular) a mensagem|wil (?:het|dit) bericht .{0,200}intrekken)/iu;
