/** Triage: one row and more for each condition, with its near misses, and what must not change a verdict. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/mail/parse.ts';
import { acknowledgementHeaders } from '../../src/rules/acknowledgement.ts';
import type { ParsedMail } from '../../src/rules/message.ts';
import {
  bulkPrecedence,
  bulkValues,
  campaignHeaders,
  listHeaders,
  relayHeaders,
  replyPrecedence,
  robotHeaders,
  robotValues,
  suppressingValues,
} from '../../src/rules/robot-marks.ts';
import { challengeHeaders } from '../../src/rules/machine-words.ts';
import type { TriageFacts, Verdict } from '../../src/rules/triage.ts';
import { isOutOfOffice, isOwnAddress, triage, triageCodes } from '../../src/rules/triage.ts';
import { aMail, client, owner } from './a-mail.ts';
import { said } from '../support/in-words.ts';

const plainFacts: TriageFacts = { role: 'inbox', flags: [], ownAddresses: [owner, 'hello@studio.example'] };

function verdictOf(
  lines: readonly string[],
  facts: Partial<TriageFacts> = {},
  rest: Partial<ParsedMail> = {},
): Verdict {
  return triage(aMail(lines, rest), { ...plainFacts, ...facts });
}

const attached = (name: string): Partial<ParsedMail> => ({
  attachments: [{ name, type: 'application/gzip', sizeBytes: 20 }],
});

const report = (kind: string): Partial<ParsedMail> => ({
  contentType: 'multipart/report',
  contentTypeParameters: { 'report-type': kind },
});

type Row = [title: string, lines: string[], rest?: Partial<ParsedMail>, facts?: Partial<TriageFacts>];

/** By languages: what answering machines, and nobody else, write first. */
const answeringSubjects = [
  ...[
    'Automatic reply: Quote',
    'Automated response',
    'Vacation reply',
    'Risposta automatica: Preventivo',
    'Messaggio automatico: Preventivo',
  ],
  ...[
    'Autorisponditore: Preventivo',
    'Risponditore automatico',
    "Assenza dall'ufficio: Preventivo",
    'Avviso di assenza',
    'Automatische Antwort: Angebot',
  ],
  ...[
    'Abwesenheitsmeldung',
    'Réponse automatique : Devis',
    "Message d'absence : Devis",
    'Respuesta automática: Presupuesto',
  ],
  ...[
    'Resposta automática: Orçamento',
    'Automatisch antwoord: Offerte',
    'Autosvar: Offert',
    'Automatisk svar: Tilbud',
    'Automaattinen vastaus: Tarjous',
  ],
  ...[
    'Odpowiedź automatyczna: Oferta',
    'Automatická odpověď: Nabídka',
    'Automatická odpoveď: Ponuka',
    'Samodejni odgovor: Ponudba',
  ],
  ...[
    'Automatski odgovor: Ponuda',
    'Automatikus válasz: Ajánlat',
    'Răspuns automat: Oferta',
    'Автоматичен отговор: Оферта',
    'Автоответ: Смета',
  ],
  ...[
    'Автоматический ответ: Смета',
    'Автоматична відповідь: Кошторис',
    'Αυτόματη απάντηση: Προσφορά',
    'ΑΥΤΟΜΑΤΗ ΑΠΑΝΤΗΣΗ: Προσφορά',
  ],
  ...[
    'Otomatik Yanıt: Teklif',
    'OTOMATİK YANIT: Teklif',
    'Automātiska atbilde: Piedāvājums',
    'Automatinis atsakymas: Pasiūlymas',
    'Automaatvastus: Pakkumine',
  ],
  ...[
    'תשובה אוטומטית: הצעה',
    'رد تلقائي: عرض',
    '自動応答: 見積もり',
    '自動返信：見積もり',
    '自动回复: 报价',
    '자동 회신: 견적',
    'Trả lời tự động: Báo giá',
  ],
];

/** What a machine writes first, and perhaps a person: nothing is sent, and the window stays. */
const perhapsSubjects = [
  ...[
    'Abwesenheit: Angebot',
    'Annual leave: Quote',
    'We have received your message',
    'Ticket #4821 received: Quote',
    'Ausente: Presupuesto',
  ],
  ...[
    'Absence : Devis',
    'Assente per ferie: Preventivo',
    'In ferie',
    'IN FERIE',
    'Chiusura estiva',
    'Conferma ricezione: Preventivo',
  ],
  ...[
    'R: Preventivo (risposta automatica)',
    'Re: Quote (Automatic Response)',
    'Re: Automatic reply: Quote',
    'Im Urlaub',
    'En congés : Devis',
  ],
  ...[
    'De vacaciones: Presupuesto',
    'Op vakantie: Offerte',
    'Eingangsbestätigung: Angebot',
    'Accusé de réception : devis',
    'In ferie dal 3 al 20 agosto',
  ],
  ...['Nieobecność: Oferta', 'В отпуске: Смета', 'Richiesta n. 12 ricevuta: sito', '[Case 00412] created: site'],
];

/** Never answered, and no deadline: by the code of the condition. */
const robots: Record<string, Row[]> = {
  'own own-folder': [['in Sent', [], {}, { role: 'sent' }]],
  'bounce delivery-report': [
    ['a delivery report', ['From: postmaster@firm.example'], report('delivery-status')],
    ['a part of a delivery report', [], { partTypes: ['multipart/mixed', 'message/delivery-status'] }],
    ['an international one', [], { partTypes: ['message/global-delivery-status'] }],
    ['one marked auto-replied, as Exim does', ['Auto-Submitted: auto-replied'], report('delivery-status')],
    ['one in the name of the owner', [`From: ${owner}`], report('delivery-status')],
  ],
  'bounce failed-recipients': [
    ['X-Failed-Recipients', ['X-Failed-Recipients: c@firm.example', 'Auto-Submitted: auto-replied']],
  ],
  'bounce daemon-sender': [
    [
      'MDaemon',
      ['From: MDaemon@firm.example', 'X-Autogenerated: yes', 'Subject: Warning: a@b.example - User unknown!'],
    ],
    ['MAILER-DAEMON in From', ['From: Mail <MAILER-DAEMON@firm.example>']],
    ['mailer-daemon in the envelope', ['Return-Path: <mailer-daemon@firm.example>']],
    ['Mail Delivery System by name', ['From: Mail Delivery System <bounce-bot@firm.example>']],
    ['Mail Delivery Subsystem by name', ['From: "Mail Delivery Subsystem" <x@firm.example>']],
  ],
  'bounce rejection': [
    [
      'Pigeonhole refuses',
      ['Return-Path: <>', 'Auto-Submitted: auto-replied (rejected)'],
      report('disposition-notification'),
    ],
    ['by its sender', ['From: Mail Delivery Subsystem <postmaster@firm.example>'], report('disposition-notification')],
  ],
  'automatic server-report': [
    ['a DMARC report', ['Subject: Report Domain: studio.example Submitter: isp.example Report-ID: 2026.1']],
    ['in other letters', ['Subject: report domain: studio.example submitter: isp.example']],
    ['behind a mark', ['Subject: [Preview] Report Domain: studio.example Submitter: isp.example Report-ID: <a>']],
    ['by its file', ['Subject: x'], attached('isp.example!studio.example!1790000000!1790086399.xml.gz')],
    ['by its file, in a zip', ['Subject: x'], attached('isp.example!studio.example!1790000000!1790086399!u1.zip')],
    ['a TLS report', [], report('tlsrpt')],
  ],
  'bounce bounce-text': [
    ['postmaster with a code', ['From: postmaster@firm.example'], { newText: '<a@b.example>: 550 User not found' }],
    ['postmaster with an enhanced code', ['From: postmaster@firm.example'], { newText: 'smtp; 554 5.7.1 refused' }],
    ['in words', ['From: postmaster@firm.example'], { newText: 'Il messaggio non è stato consegnato: casella piena' }],
  ],
  'bounce report': [['a report of no known kind', [], { contentType: 'multipart/report' }]],
  'bounce bounce-subject': [
    ['Undeliverable:', ['Subject: Undeliverable: The brochure']],
    ['Undelivered Mail Returned to Sender', ['Subject: Undelivered Mail Returned to Sender']],
    ['Delivery Status Notification (Failure)', ['Subject: Delivery Status Notification (Failure)']],
    ['Mail delivery failed', ['Subject: Mail delivery failed: returning message to sender']],
    ['failure notice', ['Subject: failure notice']],
    ['Italian', ['Subject: Non recapitabile: preventivo']],
    ['German', ['Subject: Unzustellbar: Angebot']],
    ['another word behind', ['Subject: Delivery failure notification']],
    ['a dash', ['Subject: Returned Mail - Error During Delivery']],
    ['Chinese', ['Subject: 系统退信']],
    ['Russian', ['Subject: Недоставленное сообщение']],
    ['French', ['Subject: Échec de la remise : devis']],
    ['an unknown user', ['Subject: Warning: a@b.example - User unknown!']],
  ],
  'bounce null-sender': [
    ['Return-Path: <>', ['Return-Path: <>']],
    ['the null envelope sender', [], {}, { envelopeFrom: '' }],
    ['written as <>', [], {}, { envelopeFrom: '<>' }],
  ],
  'receipt read-receipt': [
    ['a disposition notification', ['Return-Path: <>'], report('disposition-notification')],
    ['a part of one', [], { partTypes: ['message/disposition-notification'] }],
    ["Outlook's own form", ['Return-Path: <>', 'Subject: Letto: preventivo']],
    [
      'with nothing but winmail.dat',
      ['Subject: Read: Invito'],
      { newText: '', attachments: [{ name: 'winmail.dat', type: 'application/ms-tnef', sizeBytes: 44 }] },
    ],
    ['in another language, without a word', ['Subject: Leído: presupuesto'], { newText: '' }],
  ],
  'receipt certified-mail-receipt': [['a PEC receipt', ['X-Ricevuta: avvenuta-consegna']]],
  'receipt certified-mail-envelope': [['a PEC envelope that was not opened', ['X-Trasporto: errore']]],
  'automatic complaint-report': [
    ['an abuse report', [], report('feedback-report')],
    ['a part of one', [], { partTypes: ['message/feedback-report'] }],
    ["Hotmail's own", ['From: staff@hotmail.example', 'Subject: complaint about message from 192.0.2.7']],
    [
      'with the mail complained about',
      ['From: fbl-7@isp.example', 'Subject: Email Feedback Report for IP 192.0.2.7'],
      { partTypes: ['multipart/mixed', 'message/rfc822'] },
    ],
  ],
  'own own-address': [
    ['the own address', [`From: Anna <${owner}>`]],
    ['in another case', ['From: Anna <ANNA@Studio.Example>']],
    ['an alias', ['From: hello@studio.example']],
    ['with a detail', ['From: anna+shop@studio.example']],
  ],
  'own own-loop-mark': [
    ['X-Loop with the own alias', ['X-Loop: hello@studio.example']],
    ['in another case', ['X-Loop: <Anna@STUDIO.example>']],
  ],
  'spam spam-folder': [['a stranger’s', [], {}, { junk: 'stranger' }]],
  'own own-side': [
    ['a colleague’s answer in the inbox', ['From: marco@elsewhere.example'], {}, { role: 'sent', folder: 'inbox' }],
  ],
  'automatic reaction': [
    ['Gmail’s part', [], { partTypes: ['multipart/alternative', 'text/vnd.google.email-reaction+json'] }],
    ['Gmail’s words', [], { newText: '👍\n\nBruno Neri reacted via Gmail' }],
    ['in Italian', [], { newText: 'Bruno Neri ha reagito tramite Gmail' }],
    ['Outlook’s words', [], { newText: '👍 Bruno Neri reacted to your message:' }],
    ['in German', [], { newText: 'Bruno Neri hat auf Ihre Nachricht reagiert: 👍' }],
    ['in French', [], { newText: 'Bruno a réagi à votre message :' }],
    ['in French, the accent apart', [], { newText: 'Bruno a re\u0301agi à votre message :' }],
    ['in Spanish', [], { newText: 'Bruno ha reaccionado a tu mensaje:' }],
    ['in Portuguese', [], { newText: 'Bruno REAGIU à sua mensagem' }],
    ['in Dutch', [], { newText: 'Bruno heeft op uw bericht gereageerd' }],
    ['in German, at length', [], { newText: 'Bruno hat über Gmail eine Reaktion gesendet' }],
  ],
  'automatic recall': [
    [
      'Outlook’s',
      ['Subject: Recall: The brochure'],
      { newText: 'Bruno would like to recall the message, "The brochure".' },
    ],
    [
      'in Italian',
      ['Subject: Richiamo: Il preventivo'],
      { newText: 'Neri Bruno desidera richiamare il messaggio "Il preventivo".' },
    ],
  ],
  'own own-message-id': [['a letter of ours', ['Message-ID: <paletti.7f3a@studio.example>']]],
  'automatic other-paletti': [['a letter of another Paletti', ['Message-ID: <paletti.7f3a@firm.example>']]],
  'spam spam-keyword': [
    ['$Junk', [], {}, { flags: ['\\Seen', '$Junk'] }],
    ['Junk', [], {}, { flags: ['junk'] }],
  ],
  'spam spam-header': [
    ['X-Spam-Flag', ['X-Spam-Flag: YES']],
    ['X-Spam-Status', ['X-Spam-Status: Yes, score=9.1 required=5.0']],
    ['X-Spam: spam', ['X-Spam: spam']],
    ["a filter's own header", ['X-Isp-MailScanner-SpamCheck: spam, SpamAssassin (score=9)']],
    ['SCL 6', ['X-MS-Exchange-Organization-SCL: 6']],
    ['put into Junk', ['X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:J;OFR:SpamFilterAuthJ']],
    ['bogofilter', ['X-Bogosity: Spam, tests=bogofilter']],
    ["Microsoft's verdict", ['X-Forefront-Antispam-Report: CIP:1.2.3.4;SFV:SPM;SCL:5']],
  ],
  'spam spam-subject': [
    ['***SPAM***', ['Subject: ***SPAM*** Gutschein']],
    ['[SPAM]', ['Subject: [SPAM] Gutschein']],
    ['[SPAM?]', ['Subject: [SPAM?] Gutschein']],
    ['{Spam}', ['Subject: {Spam} Gutschein']],
    ['with its score', ['Subject: [***SPAM*** Score/Req: 12.3/5.0] Gutschein']],
    ['*****SPAM*****', ['Subject: *****SPAM***** Gutschein']],
  ],
  'automatic automatic-text': [
    ['English', [], { newText: 'This is an automated response to your message.\n\nI am away.' }],
    ['Italian', [], { newText: "Questa e' una risposta automatica: sono fuori." }],
    ['German', [], { newText: 'Dies ist eine automatisch generierte Nachricht.' }],
    ['French', [], { newText: 'Ceci est une réponse automatique.' }],
    ['Spanish', [], { newText: 'Este es un mensaje automático, no responda.' }],
    ['Dutch', [], { newText: 'Dit is een automatisch bericht.' }],
  ],
  'automatic challenge': [
    ['by its header', ['X-Bluebottle-Request: 7f']],
    [
      'by its words',
      ['Subject: Please confirm your message'],
      { newText: 'I use a spam filter that asks unknown senders to confirm. Please reply.' },
    ],
    [
      'that asks for a human',
      ['Subject: Your message to Anna awaits verification'],
      { newText: 'Please verify that you are human by clicking the link.' },
    ],
  ],
  'calendar calendar': [
    [
      "somebody else's invitation sent on without a word",
      ['Subject: Fwd: Riunione'],
      { calendarMethod: 'REQUEST', calendarOrganizer: 'third@x.example', newText: '' },
    ],
    [
      'the sender’s own invitation, with a file',
      [],
      {
        calendarMethod: 'REQUEST',
        calendarOrganizer: client,
        attachments: [{ name: 'invite.ics', type: 'text/calendar', sizeBytes: 1 }],
      },
    ],
    [
      "the sender's own invitation with a word",
      ['Subject: Fwd: Riunione'],
      { calendarMethod: 'REQUEST', calendarOrganizer: client },
    ],
    ['an invitation', [], { calendarMethod: 'REQUEST' }],
    ['an answer to one', [], { calendarMethod: 'REPLY' }],
    ['a cancellation', [], { calendarMethod: 'CANCEL' }],
  ],
  'automatic auto-submitted': [
    ['auto-replied', ['Auto-Submitted: auto-replied']],
    ['auto-generated', ['Auto-Submitted: auto-generated']],
    ['auto-notified', ['Auto-Submitted: auto-notified; owner-email="me@x.example"']],
    ['in capitals', ['AUTO-SUBMITTED: Auto-Replied']],
    ['with a parameter', ['Auto-Submitted: auto-replied (vacation)']],
    ['after a comment', ['Auto-Submitted: (a (nested) one) auto-replied']],
    ['the second of two', ['Auto-Submitted: no', 'Auto-Submitted: auto-generated']],
    ['without a value', ['Auto-Submitted:']],
    ['no-such-word', ['Auto-Submitted: nothing']],
  ],
  'automatic robot-header': [
    ['X-Autoreply', ['X-Autoreply: yes']],
    ['X-Autorespond', ['X-Autorespond: vacation']],
    ['X-Autoresponder', ['X-Autoresponder: 1']],
    ['X-Autoresponse', ['X-Autoresponse: true']],
    ['X-AutoReply-From', ['X-AutoReply-From: x@firm.example']],
    ['X-Mail-Autoreply', ['X-Mail-Autoreply: autoreply']],
    ['X-Autogenerated', ['X-Autogenerated: Reply']],
    ['X-FC-MachineGenerated', ['X-FC-MachineGenerated: true']],
    ['X-IgnoreVacation', ['X-IgnoreVacation: yes']],
    ['X-POST-MessageClass', ['X-POST-MessageClass: 9; Autoresponder']],
    ['Delivered-To: Autoresponder', ['Delivered-To: Autoresponder']],
    ['X-Mailer: vacation', ['X-Mailer: vacation 1.2.6.1']],
    ["Amazon's notices", ['X-AMAZON-MAIL-RELAY-TYPE: notification']],
    ['cron', ['X-Cron-Env: <SHELL=/bin/sh>']],
    ['the second of two', ['X-Autoreply: no', 'X-Autoreply: yes']],
  ],
  'automatic exchange-rules-loop': [
    ['an Exchange out-of-office', [`X-MS-Exchange-Inbox-Rules-Loop: ${client}`]],
    ['a rule without other marks', ['X-MS-Exchange-Inbox-Rules-Loop: other@firm.example']],
  ],
  'automatic precedence-auto-reply': [
    ['Precedence: auto_reply', ['Precedence: auto_reply']],
    ['X-Precedence: auto-reply', ['X-Precedence: Auto-Reply']],
    ['Preference: auto_reply', ['Preference: auto_reply']],
  ],
  'automatic loop-mark': [
    ['X-Loop: yes', ['X-Loop: yes']],
    ['X-Loop: TRUE', ['X-Loop: TRUE']],
    ["the sender's own address", [`X-Loop: ${client}`]],
  ],
  'automatic auto-reply-subject': [
    ['Automatic reply:', ['Subject: Automatic reply: The brochure']],
    ['AutoReply:', ['Subject: AutoReply: The brochure']],
    ['Out of Office', ['Subject: Out of Office']],
    ['Out of the office:', ['Subject: Out of the office: back soon']],
    ['Out of Office AutoReply:', ['Subject: Out of Office AutoReply: The brochure']],
    ['Out of office until …', ['Subject: Out of office until 3 March']],
    ['OOO:', ['Subject: OOO: brochure']],
    ['Risposta automatica:', ['Subject: Risposta automatica: preventivo']],
    ['Fuori ufficio', ['Subject: Fuori ufficio']],
    ['Automatische Antwort:', ['Subject: Automatische Antwort: Angebot']],
    ['Réponse automatique :', ['Subject: Réponse automatique : devis']],
    ['Abwesenheitsnotiz', ['Subject: Abwesenheitsnotiz']],
    ...answeringSubjects.map((subject): Row => [subject, [`Subject: ${subject}`]]),
    ['behind the mark of a server', ['Subject: [EXTERNAL] Automatic reply: Quote']],
    ['a name that was taken out', ['Subject: is out of the office.']],
    ['Notes puts the name in front', ['Subject: Anna Client/Milan/Client is out of the office.']],
    ['a reply without "Re:"', ['Subject: Assente per ferie: Preventivo', 'In-Reply-To: <a@studio.example>']],
    ['Auto: in a reply', ['Subject: Auto: The brochure', 'In-Reply-To: <a@studio.example>']],
  ],
  'list list-header': [
    ['List-Id', ['List-Id: <news.firm.example>']],
    ['List-Help', ['List-Help: <mailto:h@x.example>']],
    ['List-Subscribe', ['List-Subscribe: <https://x.example>']],
    ['List-Unsubscribe without a value', ['List-Unsubscribe:']],
    ['List-Post: NO', ['List-Post: NO']],
    ['List-Owner', ['List-Owner: <mailto:o@x.example>']],
    ['List-Archive', ['List-Archive: <https://x.example>']],
    ['List-Unsubscribe-Post', ['List-Unsubscribe-Post: List-Unsubscribe=One-Click']],
    ['Mailing-List', ['Mailing-List: contact x@x.example; run by ezmlm']],
    ['X-Mailing-List', ['X-Mailing-List: x@x.example']],
    ['X-BeenThere', ['X-BeenThere: x@x.example']],
    ['X-Mailman-Version', ['X-Mailman-Version: 2.1.39']],
  ],
  'list list-envelope': [
    ['an owner before', [], {}, { envelopeFrom: 'owner-news@firm.example' }],
    ['Mailman', ['Return-Path: <gear-bounces@lists.example.org>']],
    ['Mailman with VERP', ['Return-Path: <gear-bounces+anna=studio.example@lists.example.org>']],
    ['ezmlm', ['Return-Path: <gear-return-317-anna=studio.example@lists.example.org>']],
    ['mlmmj', ['Return-Path: <gear+bounces-help@lists.example.org>']],
    ['a group', ['Return-Path: <StudioGroup-bounce@groups.example.com>']],
    ['an owner behind', ['Return-Path: <box-owner@perl.example.org>']],
    ['an old Mailman', ['Return-Path: <announce-admin@ietf.example>', 'From: drafts@ietf.example']],
    ['Google Groups', ['Return-Path: <team+bncBCX3@googlegroups.example>']],
    ['sent on by a forwarder', ['Return-Path: <SRS0=h=t=lists.example.org=gear-bounces@forward.example>']],
    ['a member who answers', ['Return-Path: <gear-bounces@lists.example.org>', 'In-Reply-To: <a@x.example>']],
  ],
  'list bulk-mark': [
    ['the filter calls it an infomail', ['X-antispameurope-detected-infomail: yes']],
    ['a domain for lists', ['From: Music Weekly <editor@lists.music.example>']],
    ['a domain for newsletters', ['From: Music Weekly <weekly@newsletter.music.example>']],
    ['a token for a sender', ['From: Music Weekly <weekly#3.19578.4e-u7Ab@music.example>']],
    ['its recipient in the sender', ['From: x-anna=studio.example@music.example']],
    ['errors go to a program', ['From: editor@music.example', 'Errors-To: bounce@music.example']],
  ],
  'automatic program-envelope': [
    ['bounce@', ['Return-Path: <bounce@mail.shop.example>', 'From: orders@shop.example']],
    ['VERP of a program', ['Return-Path: <bounce+42-anna=studio.example@crm.example>']],
    ['bounces+', ['Return-Path: <bounces+1453977-062b-anna=studio.example@em.shop.example>']],
    ['Mandrill', ['Return-Path: <bounce-md_30001.5a.v1-00aa@mandrill.logs.example>']],
  ],
  'automatic relay-header': relayHeaders.map((name): Row => [name, [`${name}: abc`]]),
  'list precedence-bulk': [
    ['bulk', ['Precedence: bulk']],
    ['junk', ['Precedence: junk']],
    ['list, in capitals', ['PRECEDENCE: LIST']],
    ['before a later "normal"', ['Precedence: bulk', 'Precedence: normal']],
    ['after an earlier "normal"', ['Precedence: normal', 'Precedence: bulk']],
    ['X-Precedence', ['X-Precedence: bulk']],
    ['with a comment', ['Precedence: (so to say) bulk']],
  ],
  'list campaign-header': [
    ['Feedback-ID', ['Feedback-ID: 12:campaign:mailer']],
    ['X-MSFBL', ['X-MSFBL: abc']],
    ['X-CSA-Complaints', ['X-CSA-Complaints: whitelist@eco.example']],
    ['X-Campaign', ['X-Campaign: spring']],
    ['X-CampaignID', ['X-CampaignID: 12']],
  ],
  'list list-sender': [
    ['listserv', ['From: LISTSERV@firm.example']],
    ['majordomo', ['From: majordomo@firm.example']],
    ['-request at the end', ['From: dev-request@firm.example']],
    ['-REQUEST in capitals', ['From: DEV-REQUEST@firm.example']],
    ['owner- at the beginning', ['From: Owner-News@firm.example']],
  ],
  'automatic no-reply-sender': [
    ['noreply', ['From: noreply@firm.example']],
    ['no-reply', ['From: No-Reply@firm.example']],
    ['no_reply', ['From: no_reply@firm.example']],
    ['do-not-reply', ['From: do-not-reply@firm.example']],
    ['donotreply', ['From: donotreply@firm.example']],
    ['with a detail', ['From: noreply+42@firm.example']],
    ['with something before', ['From: orders-noreply@firm.example']],
    ['with something after', ['From: noreply.billing@firm.example']],
    ['Italian', ['From: non-rispondere@firm.example']],
    ['behind SRS', ['Return-Path: <SRS0=a1=b2=firm.example=noreply@forward.example>', 'From: noreply@firm.example']],
  ],
  'automatic system-sender': [
    ['root', ['From: root@firm.example']],
    ['daemon', ['From: daemon@firm.example']],
    ['server', ['From: server@firm.example']],
    ['abuse', ['From: abuse@firm.example']],
    ['www-data', ['From: www-data@firm.example']],
  ],
  'automatic notice-sender': [
    ['notifications', ['From: notifications@firm.example']],
    ['newsletter', ['From: newsletter@firm.example']],
    ['updates', ['From: updates@firm.example']],
    ...'alert alerts automated bounce jira list mailer mailing news promo robot rss rssfeeds system service-notification order-notifications'
      .split(' ')
      .map((name): Row => [name, [`From: ${name}@firm.example`]]),
  ],
};

/** A person wrote, the deadline runs, but no program may answer. */
const peopleLeftInPeace: Record<string, Row[]> = {
  'in-spam-folder': [['a client’s', [], {}, { junk: 'client' }]],
  'own-form': [
    [
      'a form of the owner’s site, whatever its program says of itself',
      [`From: Site <${owner}>`, `Reply-To: ${client}`, 'Auto-Submitted: auto-generated', 'X-Loop: yes'],
      {},
      { behindOwn: true },
    ],
  ],
  'own-group': [
    [
      'a group that puts its own address into From',
      ['From: Bruno via Studio <hello@studio.example>', `X-Original-From: ${client}`, 'Precedence: list'],
      {},
      { behindOwn: true },
    ],
    ['a group named like an address of hers', ['List-Id: Studio <hello.studio.example>', 'Precedence: list']],
    ['the same by List-Post', ['List-Post: <mailto:hello@studio.example>']],
    ['the same by Mailing-List', ['Mailing-list: list hello@studio.example; contact owner@studio.example']],
    ['the same, with its mark against loops', ['List-Id: <hello.studio.example>', 'X-Loop: hello@studio.example']],
  ],
  'no-sender': [['no From', ['From:']]],
  'header-cut': [['a header too long to be read whole', [], { headerCut: true }]],
  'forwarded-by-rule': [
    [
      "redirected by a colleague's rule",
      ['Auto-Submitted: auto-generated', 'X-MS-Exchange-Inbox-Rules-Loop: carla@firm.example'],
    ],
    [
      'forwarded by her own rule',
      ['Auto-Submitted: auto-generated', `X-MS-Exchange-Inbox-Rules-Loop: ${client}`, 'Subject: FW: The brochure'],
    ],
  ],
  'certified-mail': [['the inner message of a PEC envelope', ['X-Trasporto: posta-certificata'], { unwrapped: true }]],
  'response-suppressed': [
    ['All', ['X-Auto-Response-Suppress: All']],
    ['AutoReply alone', ['X-Auto-Response-Suppress: AutoReply']],
    ['OOF among others', ['X-Auto-Response-Suppress: DR,RN,\tOOF']],
    ['in small letters, blanks around', ['x-auto-response-suppress:  dr , autoreply ']],
    ['the second of two', ['X-Auto-Response-Suppress: DR', 'X-Auto-Response-Suppress: All']],
  ],
  'dmarc-failed': [
    [
      'dmarc=fail',
      ['Authentication-Results: mx.studio.example; spf=pass; dmarc=fail (p=none) header.from=firm.example'],
    ],
    ['in capitals', ['Authentication-Results: mx.studio.example; DMARC = FAIL']],
    [
      'without the name of a server',
      ['Authentication-Results: spf=none smtp.mailfrom=x.example; dmarc=fail action=none'],
    ],
    [
      'in a second line of the same server',
      [
        'Authentication-Results: mx.studio.example; dkim=pass',
        'Authentication-Results: mx.studio.example; dmarc=fail',
        'Received: from evil.example by mx.studio.example',
      ],
    ],
    [
      'by a server the owner named, below another',
      ['Authentication-Results: relay.example; dmarc=pass', 'Authentication-Results: MX.studio.example 1; dmarc=fail'],
      {},
      { policies: { authServers: ['mx.studio.example'] } },
    ],
  ],
  'authentication-failed': [
    ['neither sent nor signed', ['Authentication-Results: mx.studio.example; spf=fail; dkim=fail; dmarc=none']],
    ['a policy that cannot be read', ['Authentication-Results: mx.studio.example; dmarc=permerror']],
  ],
  'relayed-feedback-id': [['the mark of a relay on all its mail', ['Feedback-ID: 1.eu-west-1.abc=:AmazonSES']]],
  'forwarded-bounce': [['a person sends a bounce on', ['Subject: Fwd: Undelivered Mail Returned to Sender']]],
  'maybe-auto-reply': [
    ['Out of office chairs', ['Subject: Out of office chairs, we need six']],
    ['Automatic response', ['Subject: Automatic response system for our shop']],
    ...perhapsSubjects.map((subject): Row => [subject, [`Subject: ${subject}`]]),
    [
      'begins with an absence and its end',
      ['Subject: Re: Preventivo'],
      { newText: 'Sono in ferie fino al 19 ottobre.\n\nA presto' },
    ],
    ['the same in English', ['Subject: Re: Quote'], { newText: 'I am out of the office and back on Monday.' }],
    ['says so at its end', [], { newText: 'Your order has left.\n\nPlease do not reply to this message.' }],
  ],
  'bounce-envelope': [
    [
      'a help desk answers',
      ['Return-Path: <bounce+42-anna=studio.example@desk.example>', 'In-Reply-To: <a@studio.example>'],
    ],
    ['through a relay', ['X-Mailgun-Sid: abc', 'In-Reply-To: <a@studio.example>']],
  ],
  'robot-envelope': [
    ['a web form', [], {}, { envelopeFrom: 'www-data@host.example' }],
    ['noreply in the envelope', ['Return-Path: <noreply@host.example>']],
    ["the owner's own web form", [], {}, { envelopeFrom: 'hello@studio.example' }],
  ],
  postmaster: [['postmaster', ['From: Postmaster@firm.example']]],
  'no-envelope-recipient': [['an envelope without recipient', [], {}, { envelopeTo: null }]],
  'not-addressed': [
    ['to somebody else', ['To: carla@other.example']],
    ['to nobody', ['To:']],
    ['undisclosed recipients', ['To: undisclosed-recipients:;']],
    ['the address only as a name', [`To: "${owner}" <carla@other.example>`]],
    ['a longer address', ['To: xanna@studio.example']],
    ['Delivered-To is somebody else', ['To: carla@other.example', 'Delivered-To: list@studio.example']],
  ],
  'only-in-cc': [['in Cc', ['To: carla@other.example', `Cc: ${owner}`]]],
  'many-recipients': [
    [
      'to nine',
      [
        `To: ${owner}, a@x.example, b@x.example, c@x.example, d@x.example`,
        'Cc: e@x.example, f@x.example, g@x.example, h@x.example',
      ],
    ],
  ],
};

/** Answered: the near misses. */
const answered: Row[] = [
  ['a person who speaks of a reaction', [], { newText: 'Marco reacted to your message badly, what do we do?' }],
  ['a person who wants a call', ['Subject: Recall: the brochure'], { newText: 'Please recall me tomorrow.' }],
  ['a plain mail', []],
  ['rfp-requests@ is a person', ['From: rfp-requests@firm.example']],
  ['request@ is a person', ['From: request@firm.example']],
  ['owner@ is a person', ['From: owner@firm.example']],
  ['listserver-sales@ is a person', ['From: listserver-sales@firm.example']],
  ['info@ is a person', ['From: info@firm.example']],
  ['bruno.reply@ is a person', ['From: bruno.reply@firm.example']],
  ['casinoreply@ is a person', ['From: casinoreply@firm.example']],
  ['noreplymann@ is a person', ['From: noreplymann@firm.example']],
  ['rooter@ is a person', ['From: rooter@firm.example']],
  ['updates-team@ is a person', ['From: updates-team@firm.example']],
  ['mailerdaemons@ is a person', ['From: mailer-daemonic@firm.example']],
  ['Auto-Submitted: no', ['Auto-Submitted: no']],
  ['Auto-Submitted: no (comment)', ['Auto-Submitted: no (comment)']],
  ['Auto-Submitted: NO with blanks', ['Auto-Submitted:   NO   ']],
  ['Auto-Submitted: no; parameter', ['Auto-Submitted: no; x=y']],
  ['Precedence: normal', ['Precedence: normal']],
  ['Precedence: first-class', ['Precedence: first-class']],
  ['Precedence: (bulk) normal', ['Precedence: (bulk) normal']],
  ['X-List-Price is no list header', ['X-List-Price: 100']],
  ['X-Auto-Response-Suppress: None', ['X-Auto-Response-Suppress: None']],
  ['X-Auto-Response-Suppress: DR', ['X-Auto-Response-Suppress: DR']],
  ['X-Auto-Response-Suppress: DR, NDR, RN, NRN', ['X-Auto-Response-Suppress: DR, NDR, RN, NRN']],
  ['X-Auto-Response-Suppress: Allowed', ['X-Auto-Response-Suppress: Allowed']],
  [
    'a person on Exchange',
    [
      'X-MS-Has-Attach: yes',
      'X-MS-TNEF-Correlator:',
      'x-ms-exchange-transport-crosstenantheadersstamped: DB9',
      'X-MS-PublicTrafficType: Email',
    ],
  ],
  ['X-Autoreply: no', ['X-Autoreply: no']],
  ['X-IgnoreVacation: no', ['X-IgnoreVacation: no']],
  ['X-Mailer: VacationMaker', ['X-Mailer: VacationMaker']],
  ['X-AMAZON-MAIL-RELAY-TYPE: letter', ['X-AMAZON-MAIL-RELAY-TYPE: letter']],
  ['X-POST-MessageClass: 1', ['X-POST-MessageClass: 1; Note']],
  ['X-Loop: no', ['X-Loop: no']],
  ["X-Loop of somebody else's filter", ['X-Loop: carla@other.example']],
  ['a Message-ID that only ends like ours', ['Message-ID: <x.paletti.1@firm.example>']],
  ['a read request', ['Disposition-Notification-To: bruno@firm.example']],
  ['an ordinary calendar file', [], { calendarMethod: 'PUBLISH', partTypes: ['multipart/mixed', 'text/calendar'] }],
  ['a calendar part without METHOD', [], { partTypes: ['multipart/alternative', 'text/plain', 'text/calendar'] }],
  [
    'alternative without a calendar',
    [],
    { contentType: 'multipart/alternative', partTypes: ['multipart/alternative', 'text/html'] },
  ],
  ['a mail attached', [], { partTypes: ['multipart/mixed', 'text/plain', 'message/rfc822'] }],
  ['X-Spam-Flag: NO', ['X-Spam-Flag: NO']],
  ['X-Spam-Status: No', ['X-Spam-Status: No, score=-1.0 (yes, really)']],
  ['spam that a person took back', ['X-Spam-Flag: YES'], {}, { flags: ['$NotJunk'] }],
  ['the flag Junkyard', [], {}, { flags: ['Junkyard'] }],
  ['dmarc=pass', ['Authentication-Results: mx.studio.example; dmarc=pass']],
  ['dmarc=none', ['Authentication-Results: mx.studio.example; dmarc=none']],
  ['dmarc=fail in a comment', ['Authentication-Results: mx.studio.example; dmarc=pass (not dmarc=fail; really)']],
  [
    'dmarc=fail further down',
    ['Authentication-Results: mx.studio.example; dmarc=pass', 'Authentication-Results: evil.example; dmarc=fail'],
  ],
  [
    'dmarc=fail in the name of the server, below the next hop',
    [
      'Authentication-Results: mx.studio.example; dmarc=pass',
      'Received: from relay.example by mx.studio.example',
      'Authentication-Results: mx.studio.example; dmarc=fail',
    ],
  ],
  [
    'dmarc=fail by a server the owner did not name',
    ['Authentication-Results: evil.example; dmarc=fail'],
    {},
    { policies: { authServers: ['mx.studio.example'] } },
  ],
  ['x-dmarc=fail', ['Authentication-Results: mx.studio.example; x-dmarc=fail']],
  ['SRS envelope, a person in From', ['Return-Path: <SRS0=a1=b2=firm.example=bruno@forward.example>']],
  ['SRS1 envelope', ['Return-Path: <SRS1=h=first.example==h=t=firm.example=bruno@second.example>']],
  ["Microsoft's envelope of a forward", ['Return-Path: <carla+SRS=h=t=firm.example=bruno@fwd.example>']],
  ["Microsoft's envelope that names nobody", ['Return-Path: <bounces+SRS=h=t@fwd.example>']],
  ["Gmail's envelope of a forward", ['Return-Path: <bruno+caf_=anna=studio.example@gmail.example>']],
  ['TMDA on her own mail', ['X-Delivery-Agent: TMDA/1.1.12 (Macallan)']],
  ['an office called -request answers', ['From: cve-request@firm.example', 'In-Reply-To: <a@studio.example>']],
  [
    'a question with somebody else’s invitation put beside it as a file',
    [],
    {
      calendarMethod: 'REQUEST',
      calendarOrganizer: 'third@x.example',
      attachments: [{ name: 'invito.ics', type: 'text/calendar', sizeBytes: 1 }],
    },
  ],
  [
    'an invitation sent on with a question',
    ['Subject: Fwd: Riunione'],
    { calendarMethod: 'REQUEST', calendarOrganizer: 'third@x.example' },
  ],
  ['an office called -admin answers', ['Return-Path: <office-admin@firm.example>', 'In-Reply-To: <a@studio.example>']],
  ['bounce@ in both', ['Return-Path: <return@firm.example>', 'From: return@firm.example']],
  ['Errors-To of the sender', [`Errors-To: ${client}`]],
  ['SCL 1', ['X-MS-Exchange-Organization-SCL: 1']],
  ['put into the inbox', ['X-Microsoft-Antispam-Mailbox-Delivery: ucf:0;jmr:0;auth:0;dest:I;']],
  ['a mark of the server and a question', ['Subject: [EXTERNAL] The brochure']],
  ['X-Isp-Spam-Flag: NO', ['X-Isp-Spam-Flag: NO']],
  ['abbot is a person', ['From: abbot@firm.example']],
  ['an answer about spam', ['Subject: Re: [SPAM] Preventivo']],
  ['a word about spam', ['Subject: Spam on our contact form']],
  ['Delivery failures in our shop', ['Subject: Delivery failures in our shop, can you help?']],
  ['Delivery failed yesterday', ['Subject: Delivery failed yesterday, please send it again']],
  ['Returned mailing', ['Subject: Returned mailings: what now']],
  ['Read: with words', ['Subject: Read: my notes on the brochure']],
  ['holidays without an end', [], { newText: 'Before the holidays I need the brochure.' }],
  ['Vacation photos', ['Subject: Vacation photos for the site']],
  ['Ferie in the middle', ['Subject: Preventivo prima delle ferie']],
  ['Absence of cookies', ['Subject: Absence of a cookie banner']],
  ['Ticket office', ['Subject: Ticket office: new leaflet']],
  ['Domain report', ['Subject: Report on the domain: what it costs']],
  ['news-desk is people', ['From: news-desk@firm.example']],
  ['alessandro.system is a person', ['From: a.systemi@firm.example']],
  ['a complaint of a client', ['Subject: complaint about the message on the site']],
  ['a confirmation asked of us', ['Subject: Please confirm your message about Monday']],
  ['BATV envelope', ['Return-Path: <prvs=0123456789=bruno@firm.example>']],
  ["a colleague's envelope", ['Return-Path: <carla@firm.example>']],
  ['Re: Undelivered Mail', ['Subject: Re: Undelivered Mail Returned to Sender']],
  ['Undeliverable goods', ['Subject: Undeliverable goods in our shop']],
  ['failure notice of a person', ['Subject: failure notice for the landlord, please translate']],
  ['the word in the middle', ['Subject: Your automatic reply: a question']],
  ['Re: Out of office', ['Subject: Re: Out of office: The brochure']],
  ['Auto: without a reply', ['Subject: Auto: leasing offer']],
  ['Automation of replies', ['Subject: Automation of replies']],
  ['OOOh', ['Subject: OOOh what a brochure']],
  ['the own address in another case', ['To: ANNA@STUDIO.EXAMPLE']],
  ['the own address with a detail', ['To: anna+shop@studio.example']],
  ['an alias in To', ['To: hello@studio.example']],
  ['an own address second in To', [`To: carla@other.example, ${owner}`]],
  ['in To and Cc', [`To: ${owner}`, `Cc: ${owner}`]],
  ['in Bcc', ['To: carla@other.example', `Bcc: Anna <${owner}>`]],
  ['in Resent-To', ['To: carla@other.example', `Resent-To: (me) ${owner}`]],
  ['in Resent-Cc', ['To: carla@other.example', `Resent-Cc: ${owner}`]],
  ['in Resent-Bcc', ['To: carla@other.example', `Resent-Bcc: ${owner}`]],
  ['an alias only the envelope knows', ['To: press@studio.example'], {}, { envelopeTo: 'press@studio.example' }],
  ['an alias only Delivered-To knows', ['To: press@studio.example', 'Delivered-To: press@studio.example']],
  ['an alias only X-Original-To knows', ['To: press@studio.example', 'X-Original-To: Press@Studio.Example']],
  [
    'eight recipients',
    [`To: ${owner}, a@x.example, b@x.example, c@x.example`, 'Cc: d@x.example, e@x.example, f@x.example, g@x.example'],
  ],
  ['one recipient named nine times', [`To: ${Array(9).fill(owner).join(', ')}`]],
  ['an empty subject', ['Subject:']],
  ['no Message-ID', ['Message-ID:']],
];

/** Answered, though a mark stands on it that silences others. */
const excused: Row[] = [
  [
    'Precedence: bulk of a forwarder on an answer',
    [
      'Precedence: bulk',
      'In-Reply-To: <a@studio.example>',
      'Return-Path: <SRS0=a1=b2=firm.example=bruno@forward.example>',
    ],
  ],
];

/** What is off unless the owner turns it on. */
const byPolicy: Row[] = [
  ['postmaster', ['From: postmaster@firm.example'], {}, { policies: { answerPostmaster: true } }],
  ['notifications', ['From: updates@firm.example'], {}, { policies: { answerNoticeSenders: true } }],
  ['only in Cc', ['To: carla@other.example', `Cc: ${owner}`], {}, { policies: { answerWhenOnlyInCc: true } }],
  [
    'twelve recipients',
    [`To: ${owner}, ${Array.from({ length: 11 }, (_, i) => `p${i}@x.example`).join(', ')}`],
    {},
    { policies: { maxRecipients: 12 } },
  ],
];

function rowsOf(table: Record<string, Row[]>): [string, string, Row][] {
  return Object.entries(table).flatMap(([name, rows]) => rows.map((row): [string, string, Row] => [name, row[0], row]));
}

describe('triage', () => {
  it.each(rowsOf(robots))('%s: %s', (name, _title, [, lines, rest, facts]) => {
    const [kind, code] = name.split(' ');
    expect(verdictOf(lines, facts, rest)).toMatchObject({ kind, code, answerable: false });
  });

  it.each(rowsOf(peopleLeftInPeace))('a person left in peace, %s: %s', (code, _title, [, lines, rest, facts]) => {
    expect(verdictOf(lines, facts, rest)).toMatchObject({ kind: 'human', code, answerable: false });
  });

  it.each([...answered, ...excused])('answers: %s', (_title, lines, rest = {}, facts = {}) => {
    expect(verdictOf(lines, facts, rest)).toMatchObject({ kind: 'human', code: 'person', answerable: true });
  });

  it.each(byPolicy)('answers when the owner wishes it: %s', (_title, lines, rest = {}, facts = {}) => {
    expect(verdictOf(lines, facts, rest).answerable).toBe(true);
    expect(verdictOf(lines, { ...facts, policies: {} }, rest).answerable).toBe(false);
  });

  it('has a row for every condition', () => {
    const tested = [
      ...Object.keys(robots).map((name) => name.split(' ')[1]),
      ...Object.keys(peopleLeftInPeace),
      'person',
    ];
    expect(new Set(tested)).toEqual(new Set(triageCodes()));
  });

  it('names the header it saw, cut to a readable length', () => {
    const why = said(verdictOf([`List-Id: ${'x'.repeat(500)}`]).why);
    expect(why).toContain('list-id');
    expect(why.length).toBeLessThan(150);
  });

  it('reads a header of nested, unclosed parentheses in one walk', () => {
    const value = `${'('.repeat(40_000)} no ${')'.repeat(39_999)}`;
    expect(verdictOf([`Auto-Submitted: ${value}`]).code).toBe('auto-submitted');
  });

  it('knows own addresses in any case and with a detail, and no others', () => {
    expect(isOwnAddress('Anna+X@studio.EXAMPLE', [owner])).toBe(true);
    expect(isOwnAddress('anna@studio.example.evil', [owner])).toBe(false);
    expect(isOwnAddress('', [owner])).toBe(false);
  });
});

/** A value that each header of the list is found with. */
const tellingValues: Record<string, string> = {
  'x-post-messageclass': '9; Autoresponder',
  'delivered-to': 'autoresponder@studio.example',
  'x-mailer': 'vacation 1.2.7',
  'x-amazon-mail-relay-type': 'notification',
  'x-antispameurope-detected-infomail': 'yes',
  'x-microsoft-antispam': 'BCL:7;PCL:0',
  'x-forefront-antispam-report': 'SFV:BULK',
};

const named = (names: readonly string[], value: string) =>
  names.map((name) => [name.replace('*', 'id'), value] as const);
const valued = (name: string, values: readonly string[]) => values.map((value) => [name, value] as const);

/** Lines that silence any mail, from the lists of the rule itself; written in many ways below. */
const silencers: (readonly [name: string, value: string])[] = [
  ['Auto-Submitted', 'auto-generated'],
  ['Auto-Submitted', 'auto-replied'],
  ['Auto-Submitted', 'auto-notified'],
  ['Auto-Submitted', 'auto-generated; owner-email="x@y.example"'],
  ...['Precedence', 'X-Precedence', 'Preference'].flatMap((name) =>
    valued(name, [...bulkPrecedence, ...replyPrecedence]),
  ),
  ...valued('X-Auto-Response-Suppress', suppressingValues),
  ['X-Auto-Response-Suppress', 'DR, OOF, AutoReply'],
  ...named(robotHeaders, 'yes'),
  ...robotValues.map(({ name }) => [name, tellingValues[name] ?? `no value is known for ${name}`] as const),
  ...bulkValues.map(({ name }) => [name, tellingValues[name] ?? `no value is known for ${name}`] as const),
  ...named(relayHeaders, 'abc'),
  ...named(challengeHeaders, '7f'),
  ...named(listHeaders, '<mailto:x@y.example>'),
  ...named(campaignHeaders, '42'),
  ['Feedback-ID', 'a:b:c'],
  ['Feedback-ID', '1.eu-west-1.x=:AmazonSES'],
  ['X-MS-Exchange-Inbox-Rules-Loop', 'carla@other.example'],
  ['X-Loop', 'true'],
  ['X-Loop', owner],
  ['X-Spam-Flag', 'YES'],
  ['X-Failed-Recipients', 'c@firm.example'],
  ['X-Ricevuta', 'accettazione'],
  ['X-Trasporto', 'errore'],
  ['Return-Path', '<>'],
  ['Return-Path', '<MAILER-DAEMON@firm.example>'],
];

const harmless = [
  'MIME-Version: 1.0',
  'X-Mailer: Thunderbird',
  'Auto-Submitted: no (by hand)',
  'X-Auto-Response-Suppress: DR',
  'Precedence: normal',
  'X-Spam-Flag: NO',
  'X-Priority: 1',
  'Importance: high',
];

/** As bytes: names in any case, a fold before the value, comments where the field allows them. */
function written(lines: readonly string[]): Uint8Array {
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\nCould you send me the brochure?\r\n`);
}

const usualLines = [
  `From: Bruno <${client}>`,
  `To: ${owner}`,
  'Subject: The brochure',
  'Message-ID: <m1@firm.example>',
];
const letterCase = fc.array(fc.boolean(), { minLength: 40, maxLength: 40 });
const recased = (text: string, upper: boolean[]) =>
  [...text]
    .map((letter, index) => (upper[index % upper.length] ? letter.toUpperCase() : letter.toLowerCase()))
    .join('');

async function triageBytes(lines: readonly string[], facts: Partial<TriageFacts> = {}): Promise<Verdict> {
  return triage(await parse(written(lines)), { ...plainFacts, ...facts });
}

const nameOf = (line: string) => line.slice(0, line.indexOf(':'));

/** A line with its name and value in any case, and a fold before the value. */
function rewritten(line: string, upper: boolean[], folded: boolean): string {
  const value = line.slice(line.indexOf(':') + 1).trim();
  return `${recased(nameOf(line), upper)}:${folded ? '\r\n\t' : ' '}${recased(value, upper)}`;
}

/** The usual lines, where none of these has the same name. */
function completed(lines: readonly string[]): string[] {
  const names = lines.map((line) => nameOf(line).toLowerCase());
  return [...lines, ...usualLines.filter((line) => !names.includes(nameOf(line).toLowerCase()))];
}

/** A person who says that it is no spam is believed. */
const takesBack = ([name]: readonly [string, string], { flags = [] }: Partial<TriageFacts>) =>
  name === 'X-Spam-Flag' && flags.includes('$NotJunk');

describe('triage of real bytes', () => {
  it('is silenced by any silencing header, whatever its case, folding, place and company', async () => {
    const arbitrary = fc.record({
      base: fc.constantFrom(...answered.filter(([, , rest]) => rest === undefined || Object.keys(rest).length === 0)),
      silencer: fc.constantFrom(...silencers),
      company: fc.subarray(harmless),
      upper: letterCase,
      folded: fc.boolean(),
      times: fc.integer({ min: 1, max: 3 }),
      place: fc.nat(20),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ base, silencer, company, upper, folded, times, place }) => {
        const [, own, , facts = {}] = base;
        if (takesBack(silencer, facts)) return;
        const [name, value] = silencer;
        const write = (line: string) => rewritten(line, upper, folded);
        const lines = [...completed(own), ...company.map(write)];
        expect(await triageBytes(lines, facts)).toMatchObject({ answerable: true });
        // The server that delivers puts its Return-Path on top of all others.
        const at = name === 'Return-Path' ? 0 : place % (lines.length + 1);
        lines.splice(at, 0, ...Array<string>(times).fill(write(`${name}: ${value}`)));
        expect(await triageBytes(lines, facts)).toMatchObject({ answerable: false });
      }),
      { numRuns: 300 },
    );
  });

  it('any silencing header silences any mail that is answered', () => {
    const heard = silencers.flatMap((silencer) =>
      answered
        .filter(([, , , facts = {}]) => !takesBack(silencer, facts))
        .filter(([, lines, rest, facts]) => verdictOf([silencer.join(': '), ...lines], facts, rest).answerable)
        .map(([title]) => `${silencer.join(': ')} on ${title}`),
    );
    expect(heard).toEqual([]);
    expect(silencers.length).toBeGreaterThan(70);
  });

  it('gives the same verdict whatever the order of the headers', async () => {
    const arbitrary = fc.record({
      extra: fc.subarray([...harmless, ...silencers.map(([name, value]) => `${name}: ${value}`)], { maxLength: 4 }),
      seed: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(arbitrary, async ({ extra, seed }) => {
        const lines = [...usualLines, ...extra];
        const shuffled = lines
          .map((line, index) => ({ line, key: seed[index] ?? 0 }))
          .toSorted((a, b) => a.key - b.key);
        const [one, other] = await Promise.all([triageBytes(lines), triageBytes(shuffled.map(({ line }) => line))]);
        expect([other.kind, other.code]).toEqual([one.kind, one.code]);
      }),
      { numRuns: 100 },
    );
  });

  it('takes the empty one of two envelope senders, whichever stands first', async () => {
    const both = ['Return-Path: <>', 'Return-Path: <MAILER-DAEMON@firm.example>'];
    for (const lines of [both, both.toReversed()])
      expect(await triageBytes([...usualLines, ...lines])).toMatchObject({ kind: 'bounce', code: 'null-sender' });
  });

  it('does not look at the header of an attached message', async () => {
    const attached = silencers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
    const source = [
      ...usualLines,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'See below.',
      '--b',
      'Content-Type: message/rfc822',
      '',
      `From: noreply@x.example\r\nSubject: Undeliverable: x\r\n${attached}\r\n\r\nhello`,
      '--b--',
      '',
    ].join('\r\n');
    expect(triage(await parse(Buffer.from(source)), plainFacts)).toMatchObject({ code: 'person', answerable: true });
  });

  it('is silent to its own acknowledgement, wherever it comes back from', async () => {
    const original = aMail(['From: Bruno Neri <bruno@firm.example>']);
    const { headers, inReplyTo, references } = acknowledgementHeaders(original, { alias: 'hello@studio.example' });
    const letter = [
      'From: Anna <hello@studio.example>',
      'To: bruno@firm.example',
      'Subject: Auto: The brochure',
      'Message-ID: <paletti.01@studio.example>',
      `In-Reply-To: ${inReplyTo}`,
      `References: ${references.join(' ')}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    const mail = await parse(written(letter));
    expect(triage(mail, plainFacts).kind).toBe('own');
    // Another studio with its own Paletti, to whom none of these addresses is its own.
    expect(triage(mail, { ...plainFacts, ownAddresses: ['bruno@firm.example'] })).toMatchObject({
      kind: 'automatic',
      answerable: false,
    });
    // Any single one of its marks is enough.
    for (const [name, value] of Object.entries(headers)) {
      expect(await triageBytes([...usualLines, `${name}: ${value}`])).toMatchObject({ answerable: false });
    }
  });
});

describe('isOutOfOffice', () => {
  const away = { newText: 'Sono in ferie, rientro il 7 gennaio.' };
  it.each<[string, string[], Partial<ParsedMail>, boolean]>([
    ['a marked answer that speaks of absence', ['Auto-Submitted: auto-replied'], away, true],
    ['by its subject alone', ['Subject: Out of Office: The brochure'], {}, true],
    ['with a null sender and words', ['Return-Path: <>', 'Subject: Assente'], {}, true],
    ["an old vacation program's", ['Precedence: bulk', 'In-Reply-To: <a@studio.example>'], away, true],
    ['a help desk that confirms', ['Auto-Submitted: auto-replied'], { newText: 'Your ticket was opened.' }, false],
    [
      'a day of return and no other word',
      ['Auto-Submitted: auto-replied'],
      { newText: 'Volveré el 19/10/2026.' },
      true,
    ],
    ['a reopening', ['Auto-Submitted: auto-replied'], { newText: 'Lo studio riapre lunedì 19 ottobre.' }, true],
    ['a length of time', ['Auto-Submitted: auto-replied'], { newText: 'Back in two weeks.' }, true],
    ['an answer perhaps automatic, by its subject', ['Subject: In ferie'], { newText: 'Torno il 19.' }, true],
    [
      'a confirmation that promises an answer',
      ['Auto-Submitted: auto-replied'],
      { newText: 'We will get back to you within 2 days.' },
      false,
    ],
    ['a newsletter about holidays', ['Precedence: bulk'], away, false],
    ['a person who writes that she will be away', [], away, false],
    ['a bounce', ['Auto-Submitted: auto-replied', 'X-Failed-Recipients: a@x.example'], away, false],
  ])('%s', (_title, lines, rest, expected) => {
    expect(isOutOfOffice(aMail(lines, rest))).toBe(expected);
  });
});
