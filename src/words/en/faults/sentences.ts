/**
 * English: what went wrong, and what to do next. What stands here the other languages must bring as well; the facts of
 * each are those that a fault of its code carries.
 */
import type { ExitState } from '../../../rules/exit.ts';
import type { JournalProblem } from '../../../rules/journal-problem.ts';
import type { Sum } from '../../../rules/money.ts';
import type { Reason } from '../../../rules/reason.ts';
import type { Say } from '../../parts/reasons.ts';
import type { InvoiceState } from '../../../rules/invoice.ts';
import type { LetterState } from '../../../rules/letter.ts';
import { type Said, said } from '../../said.ts';
import { servers } from './servers.ts';
import { several } from '../grammar.ts';
import { sumIn as money } from '../grammar.ts';

export type Numbered =
  | 'choice'
  | 'credit note'
  | 'hold'
  | 'letter'
  | 'log entry'
  | 'message'
  | 'notice'
  | 'payment'
  | 'request';
export type Word =
  | 'act'
  | 'action'
  | 'kind of entry'
  | 'kind of message'
  | 'ladder'
  | 'language'
  | 'law'
  | 'letter'
  | 'mark'
  | 'order of dates'
  | 'program'
  | 'project action'
  | 'reason'
  | 'role of a contact'
  | 'state of a project'
  | 'state'
  | 'tone'
  | 'unit of a rate'
  | 'work'
  | 'workState'
  | 'kind';
export type Count =
  | 'choice'
  | 'number of revisions'
  | 'number of an item'
  | 'number of days'
  | 'number of lines'
  | 'number of minutes'
  | 'year';
export type WriteFault = 'full' | 'share' | 'not-yours' | 'read-only' | 'no-folder' | 'no-path' | 'long-name' | 'disk';

const written: Readonly<Record<WriteFault, { what: string; next: string }>> = {
  full: { what: 'the disk is full', next: 'Free some space on that disk, or name a file on another one.' },
  share: { what: 'your share of the disk is used up', next: 'Free some space, or name a file on another disk.' },
  'not-yours': { what: 'you may not write there', next: 'Name a file in a folder of your own.' },
  'read-only': { what: 'that disk can only be read', next: 'Name a file on another disk.' },
  'no-folder': { what: 'there is no such folder', next: 'Make the folder first, or name another one.' },
  'no-path': { what: 'a part of the path is no folder', next: 'Check the path.' },
  'long-name': { what: 'the name is too long', next: 'Name a shorter one.' },
  disk: { what: 'the disk failed', next: 'Check the disk, or name a file on another one.' },
};

export const sentences = {
  ...servers,
  'address-refused': ({ address }: { address: string }) =>
    said(
      `'${address}' is not an address Paletti writes to`,
      'Give one plain address, such as anna@example.com, without name, brackets or comments.',
    ),
  'all-disputed': () => said('all that is open is disputed', 'Say how much came: --amount SUM'),
  'all-given-up': () => said('what was open of it is given up', 'Say how much came all the same: --amount SUM'),
  'all-not-taken': () => said('"all" is not taken here', 'Name the letters, or a range as 1-20.'),
  'already-running': () =>
    said(
      'Paletti is already running on this data folder',
      'Use the one that runs (`paletti status` works beside it), or stop it first.',
    ),
  'answer-time': () => said('the answer lies before the question or in the future', 'Check --on.'),
  'backup-folder-missing': () =>
    said('there is no such folder', 'Make it first, or name another file: a typing error must not hide a backup.'),
  'belongs-to-other': ({ value, name }: { value: string; name: string }) =>
    said(
      `${value} belongs to ${name}`,
      `Take it away from ${name} first (\`paletti clients edit\`), or leave it out here.`,
    ),
  'by-without-milestone': () => said('--by is the latest day of a milestone', 'Give --milestone too.'),
  'client-name-taken': ({ name }: { name: string }) =>
    said(`there is a client named ${name} already`, 'Choose another name, or edit that client.'),
  'client-or-hold': () => said('name a client, or --hold ID', 'See: paletti clients show CLIENT'),
  'client-without-address': ({ client, id }: { client: string; id: number }) =>
    said(`the register has no mail address of ${client}`, `Add one: paletti clients edit ${id} --address …`),
  'client-without-name': () => said('a client needs a name', 'Give the name on letters.'),
  'config-no-file': () => said('the configuration is not a plain file'),
  'config-not-yours': () =>
    said(
      'the configuration may not be read by you',
      'It is somebody else’s, or its mode is wrong: as its owner, chmod 600; otherwise name your own with --config.',
    ),
  'config-there': () => said('there is a configuration already', 'Edit it, or name another file with --output.'),
  'config-too-large': () => said('the configuration is larger than 1 MB'),
  'config-unreadable': () => said('the configuration cannot be read', 'Check the path.'),
  'day-past': ({ day }: { day: string }) => said(`${day} is past`, 'Give a day to come.'),
  'delivery-before-due': ({ delivery, due }: { delivery: string; due: string }) =>
    said(`the delivery of ${delivery} is before the answer is due, ${due}`, 'Give a later --delivery.'),
  'disputed-too-much': () => said('more is disputed than the invoice asks for', 'Check the amount.'),
  'domain-refused': ({ domain }: { domain: string }) =>
    said(`'${domain}' is not a mail domain`, 'Give what stands behind the @, such as example.com.'),
  'dossier-where': () => said('where to?', 'Add --out DIR, a folder for it alone.'),
  'due-before-asked': ({ due, asked }: { due: string; asked: string }) =>
    said(`${due} is before the day it was asked, ${asked}`, 'Give a later --due.'),
  'due-before-issue': () => said('the due date is before the invoice', 'Check the dates.'),
  'edited-without-subject': () =>
    said(
      'the edited letter does not begin with "Subject: …" and an empty line',
      'Edit it again; the letter was left as it was.',
    ),
  'editor-failed': () => said('the editor ended with a fault', 'The letter was left as it was.'),
  'editor-not-started': () => said('the editor could not be started', 'Set $EDITOR, or use --text FILE.'),
  'entry-in-future': () => said('the entry lies in the future', 'Log it when it has happened.'),
  'entry-without-text': () => said('the entry has no text', 'Say in a few words what it was about.'),
  'exit-not-to-change': ({
    client,
    id,
    state,
    hasLeft,
  }: {
    client: string;
    id: number;
    state: ExitState;
    hasLeft: boolean;
  }) =>
    said(
      `the exit of ${client} is ${state} and cannot be changed`,
      hasLeft ? `See: paletti exit ${id} status` : `First: paletti exit ${id} approve --undo`,
    ),
  'exit-reason-refused': ({ because, known }: { because: readonly Reason[]; known: string }, say: Say) =>
    said(because.map(say).join('; '), `Known words: ${known}; or one sentence of your own.`),
  'exit-reason-not-so': ({ because }: { because: readonly Reason[] }, say: Say) =>
    said(because.map(say).join('; '), 'Give the reason that is so, or one sentence of your own: --reason "…"'),
  'exit-notice-refused': ({ because }: { because: readonly Reason[] }, say: Say) =>
    said(because.map(say).join('; '), 'Give a longer --notice-days, or a later --by.'),
  'exit-not-talked': ({ id, item, because }: { id: number; item: string; because: Reason }, say: Say) =>
    said(
      `"${item}" cannot be checked: ${say(because)}`,
      `Talk first, then: paletti clients log ${id} call "what was said"`,
    ),
  'exit-not-approved-now': (
    { client, id, because }: { client: string; id: number; because: readonly Reason[] },
    say: Say,
  ) => said(`the exit of ${client} is not approved: ${because.map(say).join('; ')}`, `See: paletti exit ${id} status`),
  'final-report-there': ({ id, state, edited }: { id: number; state: LetterState; edited: boolean }) =>
    said(
      `the final report is letter ${id} (${state}${edited ? ', edited by you' : ''})`,
      `See: paletti outbox show ${id}`,
    ),
  'handover-on-payment': (
    { item, client, id, because }: { item: number; client: string; id: number; because: Reason },
    say: Say,
  ) =>
    said(
      `item ${item} of the handover to ${client} passes on payment: ${say(because)}`,
      `Wait for the money, or: paletti exit ${id} handover --release`,
    ),
  'end-without-approval': ({
    letter,
    client,
    who,
    hasExit,
  }: {
    letter: number;
    client: string;
    who: string;
    hasExit: boolean;
  }) =>
    said(
      `letter ${letter} ends the work for ${client}, and ${hasExit ? 'its exit is not approved' : 'it has no exit'}`,
      hasExit
        ? `See: paletti exit ${who} status; then: paletti exit ${who} approve --name "…"`
        : `Drop it: paletti outbox drop ${letter}; to end the work: paletti exit ${who} propose --reason …`,
    ),
  'no-open-exit': ({ client, id, last }: { client: string; id: number; last: Reason | null }, say: Say) =>
    said(
      `${client} has no open exit: ${last === null ? 'nobody has proposed one' : `the last one is ${say(last)}`}`,
      `To propose one: paletti exit ${id} propose --reason …`,
    ),
  'exit-not-now': ({ id, because }: { id: number; because: readonly Reason[] }, say: Say) =>
    said(because.map(say).join('; '), `See: paletti exit ${id} status`),
  'exit-checks-closed': ({ client, id, state }: { client: string; id: number; state: ExitState }) =>
    said(`the exit of ${client} is ${state}; its checklist is closed`, `See: paletti exit ${id} status`),
  'no-law-on-lateness': ({ client, laws, because }: { client: string; laws: string; because: Reason }, say: Say) =>
    said(
      say(because),
      `Say which law: --law ${laws}; or give the client his VAT number: paletti clients edit '${client}' --vat NUMBER`,
    ),
  'not-forgotten-yet': (
    { client, because, isSending }: { client: string; because: readonly Reason[]; isSending: boolean },
    say: Say,
  ) =>
    said(
      `${client} cannot be forgotten yet: ${because.map(say).join('; ')}`,
      isSending
        ? 'A letter is on the wire at this moment: try again in a minute.'
        : 'Settle it first. With --even-so what waits is dropped unsent, an exit ends without its letter, and what is owed stays in the books while nobody is reminded of it.',
    ),
  'exit-gone': ({ id }: { id: number }) =>
    said(`the exit of letter ${id} was cancelled with it`, 'Begin again: paletti exit CLIENT propose --reason …'),
  'exit-name-not-typed': () => said("the client's name is not typed", 'Give --name "…", as the register writes it.'),
  'exit-one-reason': ({ known }: { known: string }) =>
    said('an exit takes one reason', `Give --reason: ${known}, or one sentence of your own.`),
  'file-empty': () => said('the file is empty', 'Check that it is the right file.'),
  'file-there': () => said('the file is there already', 'Name another one, or add --force.'),
  'file-too-large': () => said('the file is larger than 50 MB', 'Split it.'),
  'handover-item-long': () => said('an item of the handover is one short line', 'Name one thing.'),
  'in-or-out': () => said('--in and --out exclude each other', 'Say who began it.'),
  'instalment-not-positive': () => said('an instalment must be more than zero', 'Check the amounts.'),
  'instalments-differ': ({ sum, total }: { sum: Sum; total: Sum }) =>
    said(`the instalments come to ${money(sum)}, not to ${money(total)}`, 'Check the amounts.'),
  'invoice-without-number': () => said('the invoice has no number', 'Write it as it stands on the document.'),
  'journal-changed': ({ problem }: { problem: JournalProblem }, say: Say) =>
    said(
      `the journal was changed by another hand: ${say(problem)}`,
      'Compare with a backup. Keep this file as it is: it is evidence.',
    ),
  'letter-empty': () => said('the letter would be empty', 'Drop it instead: paletti outbox drop ID'),
  'letter-with-active': () => said('--letter goes with --work active', 'See: paletti clients edit --help'),
  'letters-wait': ({ amount }: { amount: number }) =>
    said(`${several(amount, 'letter')} ${amount === 1 ? 'waits' : 'wait'} for your approval`, 'See: paletti outbox'),
  'line-asks-nothing': ({ line }: { line: number }) =>
    said(`line ${line} of the file asks nothing`, 'Without --answer the import tells which lines ask, and what.'),
  'may-have-left': ({ id }: { id: number }) =>
    said(
      `letter ${id} may have left already`,
      `Look for it in Sent, then: paletti outbox resolve ${id} --sent, or --not-sent`,
    ),
  'message-not-to': ({ id, client }: { id: number; client: string }) =>
    said(`message ${id} did not go to ${client}`, 'See: paletti inbox list'),
  'message-not-yours': ({ id }: { id: number }) =>
    said(`message ${id} is the client's, not yours`, 'Name the mail in which you asked, or give --text.'),
  'name-not-typed': ({ name }: { name: string }) =>
    said('the name is not typed', `It cannot be undone. If you mean it, add: --confirm "${name}"`),
  'no-address': ({ address }: { address: string }) =>
    said(`"${address}" is not a mail address`, 'Write it as name@example.com'),
  'no-address-of-client': ({ address }: { address: string }) =>
    said(`${address} is no address of this client`, 'Give the address to the client first (--address), then its role.'),
  'no-answer-form': ({ text }: { text: string }) =>
    said(`"${text}" is not an answer`, 'Write it as LINE=WORD, as in 3=same.'),
  'no-check-item': ({ item, known }: { item: string; known: string }) =>
    said(`"${item}" is no item of the checklist`, `Known are: ${known}.`),
  'no-config-yet': () =>
    said(
      'there is no configuration yet',
      'Run "paletti init", or: cp config.example.json config.json, edit it, then run "paletti doctor".',
    ),
  'no-contact-hours': ({ client }: { client: string }) =>
    said(
      `there are no contact hours for ${client}`,
      'Set them in the configuration or for the client, or say them: --hours "…"',
    ),
  'no-month': ({ text }: { text: string }) => said(`"${text}" is not a month`, 'Write it as YYYY-MM: 2026-11.'),
  'xero-wants': () =>
    said(
      'Xero wants to know the account and the tax of your sales',
      'As they are called there: --account-code 200 --tax-type "20% (VAT on Income)"',
    ),
  'accountant-alone': () =>
    said('--month and --output belong to --accountant', 'Type: paletti report --accountant --month 2026-11'),
  'no-currency': ({ text }: { text: string }) =>
    said(`"${text}" is not a currency`, 'Write its ISO 4217 code, as in EUR.'),
  'no-day': ({ text }: { text: string }) =>
    said(`"${text}" is not a day of the calendar`, 'Write it as YYYY-MM-DD, as in 2026-11-24.'),
  'no-due-date': ({ client }: { client: string }) =>
    said(
      `the invoice has no due date, and no terms of payment are agreed with ${client}`,
      'Give --due YYYY-MM-DD, or set the terms: paletti clients edit CLIENT --payment-days 30',
    ),
  'no-editor': () =>
    said(
      'no editor is set',
      'Name yours, as in: EDITOR=nano paletti outbox edit ID. Or give --subject "…" or --text FILE.',
    ),
  'no-handover-item': ({ item, id }: { item: number; id: number }) =>
    said(`there is no item ${item}`, `See: paletti exit ${id} handover`),
  'desktop-silent': ({ why }: { why: string }) =>
    said(
      `the desktop showed nothing: ${why}`,
      'On Linux this needs notify-send (package libnotify-bin) and a desktop that is logged in.',
    ),
  'no-shell': ({ name, known }: { name: string; known: string }) =>
    said(`"${name}" is no shell that is known`, `Known are: ${known}`),
  'no-logs-here': () =>
    said('there is no service on this system, and so no log of it', 'See: paletti run --log-level debug'),
  'logs-unread': ({ line }: { line: string }) =>
    said(`the log of the service could not be read by: ${line}`, 'See whether it is installed: paletti service'),
  'no-mail-read': () =>
    said(
      'no mail was read yet, so there is nobody to propose',
      'Read it once: paletti run --once. Then: paletti clients learn',
    ),
  'not-proposed': ({ key, known }: { key: string; known: string }) =>
    said(`"${key}" is none of those that are proposed`, `Proposed are: ${known}`),
  'no-hold': ({ id }: { id: number }) => said(`there is no hold ${id}`, 'See: paletti clients show CLIENT'),
  'no-instalment': ({ text }: { text: string }) =>
    said(`"${text}" is not an instalment`, 'Write it as 2026-01-31:610.00'),
  'no-invoice': ({ number }: { number: string }) =>
    said(`there is no invoice ${number}`, 'See `paletti invoices list`.'),
  'no-language': ({ text, known }: { text: string; known: string }) =>
    said(`"${text}" is not a language that Paletti speaks`, `Known are: ${known}.`),
  'no-length': ({ text }: { text: string }) =>
    said(`"${text}" is not a length of time`, 'Write it as 45m, 2h or 1h30; at most a day.'),
  'no-letter': ({ id }: { id: number }) => said(`there is no letter ${id}`, 'See: paletti outbox list --all'),
  'no-letter-state': ({ text, known }: { text: string; known: string }) =>
    said(`"${text}" is not a state of a letter`, `Known are: ${known}.`),
  'no-log-level': ({ text, known }: { text: string; known: string }) =>
    said(`"${text}" is not a log level`, `Known are: ${known}.`),
  'no-message': ({ id }: { id: number }) => said(`there is no message ${id}`, 'See: paletti inbox list'),
  'no-moment': ({ text }: { text: string }) =>
    said(`"${text}" is not a moment`, 'Write it as "2026-11-24 09:30", by the clock of your time zone.'),
  'no-notice': ({ id }: { id: number }) => said(`there is no unseen notice ${id}`, 'See: paletti notices'),
  'evidence-unfit': ({ file, most }: { file: string; most: number }) =>
    said(`${file} is empty, or larger than ${most} MB`, 'Keep a smaller one: a screenshot, a text, a PDF.'),
  'payment-day-or-days': () => said('--payment-day and --payment-days say the same thing twice', 'Give one of them.'),
  'look-back-early': ({ client, id }: { client: string; id: number }) =>
    said(`the work for ${client} goes on: a look back is for the end`, `See: paletti exit ${id} status`),
  'lesson-rule-or-rate': () => said('a rule and a rate are two lessons', 'Give --rule, or --rate.'),
  'lesson-without-rate': ({ id }: { id: number }) =>
    said('no price is known that could be proposed', `Give one: paletti exit ${id} look-back --rate 60`),
  'lesson-sentence': ({ known }: { known: string }) =>
    said('give the rule in one short sentence', `Known words: ${known}`),
  'no-notice-given': ({ id }: { id: number }) =>
    said('no notice was given; there is nothing to report', `See: paletti exit ${id} status`),
  'no-password-in-variable': ({ name }: { name: string }) =>
    said(
      `the environment variable ${name} holds no password`,
      `Set ${name} before starting Paletti, or keep the password in a file of mode 0600.`,
    ),
  'no-payment': ({ id }: { id: number }) => said(`there is no payment ${id}`, 'See: paletti payments'),
  'no-range': ({ word }: { word: string }) =>
    said(`"${word}" is not a range of numbers`, 'The lower one first, as in 1-20.'),
  'no-request': ({ id }: { id: number }) => said(`there is no request ${id}`, 'See: paletti requests list --all'),
  'no-sentences': () => said('the file holds no sentences', 'Give JSON such as {"pressing": ["Mi serve subito."]}.'),
  'no-service-here': ({ node, program, config }: { node: string; program: string; config: string }) =>
    said(
      'a service file can be written for Linux (systemd) and macOS (launchd) only',
      `Start it at login by the means of your system: "${node}" "${program}" run --config "${config}"`,
    ),
  'no-terminal': ({ flag }: { flag: string }) =>
    said(`there is no terminal to ask on, and ${flag} is missing`, 'See: paletti init --help'),
  'no-terminal-for-editor': () => said('there is no terminal for an editor', 'Give --subject or --text FILE.'),
  'nobody-asks-more': ({ client }: { client: string }) =>
    said(
      `no message of ${client} in 90 days asks for more, as far as can be told`,
      'Name the message: --quote MESSAGE_ID (see: paletti inbox list)',
    ),
  'node-too-old': ({ version }: { version: string }) =>
    said(`${version} is too old`, 'Install Node.js 20.19 or newer.'),
  'not-in-future': ({ text }: { text: string }) =>
    said(`"${text}" is not in the future`, 'Name a later day or moment.'),
  'not-said': ({ id }: { id: number }) =>
    said(`message ${id} does not say that`, 'Quote its own words, or leave --text out.'),
  'not-written-by': ({ id, client }: { id: number; client: string }) =>
    said(`message ${id} was not written by ${client}`, 'See: paletti inbox list'),
  'nothing-to-quote': ({ id }: { id: number }) => said(`message ${id} has no text to quote`, 'Name another message.'),
  'nothing-written': () => said('nothing was written', 'Start again when you like.'),
  'notice-days-or-milestone': () =>
    said('the notice is either days or a milestone', 'Give --notice-days, or --milestone with --by.'),
  'notice-in-days': () => said('this notice is counted in days', 'Leave --reached out.'),
  'option-no-address': ({ option }: { option: string }) =>
    said(`${option} is no mail address`, "Write one bare address, as in a@example.com, or '<>'."),
  'own-address': ({ address }: { address: string }) =>
    said(`${address} is your own address`, 'Give the address the client writes from.'),
  'pause-without-letter': () =>
    said(
      'only the end of a pause has a letter here',
      'A pause about money is written by the ladder; leave --letter out to pause in silence.',
    ),
  'payment-matched': ({ id }: { id: number }) => said(`payment ${id} is matched`, `First: paletti payments undo ${id}`),
  'payment-not-positive': () => said('the payment must be more than zero', 'Check the amount.'),
  'project-ends-early': ({ name, started }: { name: string; started: string }) =>
    said(`"${name}" would end before it began`, `It began on ${started}.`),
  'project-without-name': () => said('a project needs a name', 'Name it as you would in a letter.'),
  'promise-past': () => said('the promised day has passed', 'Name today or a later day.'),
  'provider-domain': ({ domain }: { domain: string }) =>
    said(`"${domain}" belongs to a mail provider, not to one client`, 'Give the client its full addresses instead.'),
  'reached-in-future': ({ day }: { day: string }) => said(`${day} lies in the future`, 'Say it when it is reached.'),
  'reason-names-person': () =>
    said(
      'the reason names the person, and it stays in the journal',
      'Say it without a name or an address, as in "asked by letter of 20 November".',
    ),
  'request-no-words': () => said('there are no words for what was asked', 'Give them: --text "…".'),
  'request-too-long': ({ most }: { most: number }) =>
    said(`the text is longer than ${most} characters`, 'Say it in one sentence.'),
  'request-without-text': () => said('nothing says what was asked', 'Give --message ID, or --text "…".'),
  'same-client': ({ who, into, name }: { who: string; into: string; name: string }) =>
    said(
      `"${who}" and "${into}" are the same client: ${name}`,
      'Name two clients: first the one that goes, then the one that stays. See: paletti clients list',
    ),
  'sent-or-not': () =>
    said('say either --sent or --not-sent', 'Look for the letter in the Sent folder, or ask the client.'),
  'stopped-early': () => said('stopped before the end of the pass', 'What was not done is done in the next pass.'),
  'subject-broken': () => said('the subject has a line break or a control character', 'Write it on one line.'),
  'subject-empty': () => said('the subject is empty', 'Write one.'),
  'sum-too-large': ({ text }: { text: string }) => said(`"${text}" is too large a sum`, 'Check it.'),
  'template-faults': ({ amount }: { amount: number }) =>
    said(`${several(amount, 'fault')} in the templates`, 'Mend them, then run: paletti templates check'),
  'total-not-positive': () =>
    said(
      'the total must be more than zero',
      'A credit note is no invoice: enter it on the one it belongs to, with: paletti invoices credit NUMBER --amount SUM',
    ),
  'two-passwords': ({ one, other }: { one: string; other: string }) =>
    said(`${one} and ${other} name two places for one password`, 'Leave one of them out.'),
  'which-item': ({ items }: { items: string }) => said('which item?', `One of: ${items}`),
  'whose-invoices': () =>
    said(
      'the configuration does not say which invoices are yours',
      'Write your VAT number into it: "owner": { "vat": "IT01234567890" }; or your tax code: "taxCode".',
    ),
  'work-ended': ({ client, id }: { client: string; id: number }) =>
    said(`the work for ${client} has ended`, `See: paletti exit ${id} status`),
  'work-ended-already': ({ client, id }: { client: string; id: number }) =>
    said(`the work for ${client} has ended already`, `See: paletti exit ${id} status`),
  'wrong-name': ({ name }: { name: string }) =>
    said("the name that was typed is not the client's", `Type it as it stands in the register: ${name}`),
  'wrong-name-merge': ({ name }: { name: string }) =>
    said(
      'the name that was typed is not that of the client that goes',
      `Type it as it stands in the register: ${name}`,
    ),
  'checks-failed': ({ amount, next }: { amount: number; next: string | null }) =>
    said(`${several(amount, 'check')} failed`, next ?? 'Mend the first one, then run: paletti doctor'),
  'never-open': ({ why }: { why: string }) => said(why, 'Look at contactHours.closures.'),
  'database-problem': ({ problem }: { problem: string }) =>
    said(problem, 'Put back the newest backup, with Paletti stopped.'),
  'journal-entry': ({ id, problem }: { id: number; problem: JournalProblem }, say: Say) =>
    said(`entry ${id}: ${say(problem)}`, 'Compare with a backup: paletti journal verify'),
  'no-number-of': ({ text, what }: { text: string; what: Numbered }) =>
    said(`"${text}" is not the number of a ${what}`, 'The numbers stand in the first column of its list.'),
  'no-word': ({ text, what, known }: { text: string; what: Word; known: string }) =>
    said(`"${text}" is not ${/^[aeio]/.test(what) ? 'an' : 'a'} ${what}`, `Known are: ${known}.`),
  'no-whole': ({ text, what, min, max }: { text: string; what: Count; min: number; max: number }) =>
    said(`"${text}" is not a ${what}`, `Write a whole number from ${min} to ${max}.`),
  'no-file': () => said('there is no such file', 'Check the path and its permissions.'),
  'file-unreadable': () => said('the file cannot be read', 'Check the path and its permissions.'),
  'file-not-written': ({ why }: { why: WriteFault }) =>
    said(`the file was not written: ${written[why].what}`, written[why].next),
  'sum-in-two-ways': ({ text, example }: { text: string; example: string }) =>
    said(`"${text}" can be read in two ways`, `Write it without a separator for thousands, as in ${example}.`),
  'no-sum': ({ text, currency, places }: { text: string; currency: string; places: number }) =>
    said(
      `"${text}" is not a sum in ${currency}`,
      places === 0 ? 'Write it as 1220.' : 'Write it as 1220.50 or 1220,50.',
    ),
  'letter-wrong-state': ({ id, state, wish }: { id: number; state: LetterState; wish: string }) =>
    said(`letter ${id} is ${state} and cannot ${wish}`, `See: paletti outbox show ${id}`),
  'no-client': ({ text, near }: { text: string; near: string }) =>
    said(`there is no client '${text}'`, near === '' ? 'See `paletti clients list`.' : `Did you mean ${near}?`),
  'several-clients': ({ text, known }: { text: string; known: string }) =>
    said(`several clients begin with '${text}'`, `Write more of the name: ${known}.`),
  'two-clients': ({ name, known }: { name: string; known: string }) =>
    said(`two clients are named '${name}'`, `Give the number, or an address: ${known}.`),
  'no-config-file': () =>
    said(
      'there is no such configuration file',
      'Run "paletti init", or: cp config.example.json config.json, edit it, then run "paletti doctor".',
    ),
  'recorded-twice': ({ number, sum, day, reference }: { number: string; sum: Sum; day: string; reference: string }) =>
    said(
      `this payment may be recorded already, on invoice ${number}`,
      `There it is ${money(sum)} of ${day}${reference}. If it really came twice, say so: --again, or on the page with its tick.`,
    ),
  'invoice-state': ({ number, state }: { number: string; state: InvoiceState }) =>
    said(`invoice ${number} is ${state} already`, `See: paletti invoices show ${number}`),
  'takes-no-payment': ({ number, state }: { number: string; state: InvoiceState }) =>
    said(
      `invoice ${number} is ${state} and takes no payment`,
      state === 'void'
        ? `See: paletti invoices show ${number}`
        : `If money came all the same, --again records it as the client’s surplus. See: paletti invoices show ${number}`,
    ),
  'not-come-yet': ({ day, next }: { day: string; next: 'issue' | 'promise' }) =>
    said(
      `${day} has not come yet`,
      next === 'issue'
        ? 'Enter it on the day it is issued.'
        : 'A promise is noted with: paletti invoices promise NUMBER --by DAY',
    ),
} satisfies Record<string, (facts: never, say: Say) => Said>;
