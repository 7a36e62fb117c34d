/** English: what the owner is told, and what she may do next. */
import type { ToldOf } from '../../rules/told.ts';
import type { StandstillMatter } from '../../rules/standstill.ts';
import type { Wording } from '../../rules/wording-changes.ts';
import type { Say } from '../parts/reasons.ts';
import type { Telling, ToldWords } from '../parts/told.ts';
import { auth } from './auth.ts';
import { day, moment, several, sum, sums } from './grammar.ts';
import { holdReasons, names } from './names.ts';
import { codes } from './terminal/codes.ts';
import { lessons } from './terminal/lessons.ts';
import { waysOn } from './ways.ts';

const tell = (text: string, next = ''): Telling => ({ text, next });

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const asks = (id: number) => `paletti outbox show ${id}; paletti outbox approve ${id}`;

/** `"IBAN: …" is now "IBAN: …"` */
function changesWords(changes: readonly Wording[], of: number): string {
  const words = changes.map(({ was, now }) => {
    if (was === '') return `new: "${now}"`;
    return now === '' ? `gone: "${was}"` : `"${was}" is now "${now}"`;
  });
  return [...words, ...(of > changes.length ? [`and ${of - changes.length} more`] : [])].join('; ');
}

const paused = (isPaused: boolean) => (isPaused ? ' The work counts as paused.' : '');

/** What overdue money waits for, as the end of a sentence, and the commands that decide. */
function standstill(matter: StandstillMatter, say: Say): { why: string; next: string } {
  if (matter.code === 'owner-owes') return forAnswer(matter.mails, matter.messageId);
  if ('letterId' in matter) return forLetter(matter);
  const note = matter.note === null ? '' : ` (${say(matter.note)})`;
  const asks = matter.code === 'asks' ? ', and nobody has decided' : '';
  return { why: `${holdReasons[matter.hold]}${asks}${note}`, next: waysOn(matter.hold, matter.about) };
}

function forAnswer(mails: number, messageId: number): { why: string; next: string } {
  return {
    why: mails === 1 ? 'the client waits for your answer' : `${mails} mails of the client wait for your answer`,
    next: `Answer by mail, or: paletti inbox show ${messageId}; when none is due: paletti inbox answered ${messageId}`,
  };
}

function forLetter(matter: Extract<StandstillMatter, { letterId: number }>): { why: string; next: string } {
  const { letterId: id, kind } = matter;
  const name = `letter "${names.letters[kind]}"`;
  switch (matter.code) {
    case 'approval':
      return {
        why: `the ${name} waits for your approval`,
        next: `Read it: paletti outbox show ${id}; ${kind === 'termination' ? `it leaves by its exit, or: paletti outbox drop ${id}` : `then approve ${id}, edit ${id} or drop ${id}`}`,
      };
    case 'unsure':
      return {
        why: `it is not known whether the ${name} left`,
        next: `Look in Sent, then: paletti outbox resolve ${id} --sent, or --not-sent`,
      };
    case 'failed':
      return {
        why: `the ${name} was refused by the mail server`,
        next: `Mend the cause, then: paletti outbox retry ${id}; or: paletti outbox drop ${id}`,
      };
    case 'dropped':
      return {
        why: `you dropped the ${name}, and the ladder stands still`,
        next: `To take it back: paletti outbox restore ${id}; to give the money up: paletti invoices write-off …`,
      };
  }
}

const due = { missed: 'overdue', '24h': 'due within 24 hours', '4h': 'due within 4 hours' } as const;

function endingNext(what: ToldOf<'ends'>['what'], mailbox: string): string {
  if (what === 'sign-in') return `paletti auth login ${mailbox}`;
  if (what === 'certificate') return 'Ask for the new one, and put it in the place of the file that "ca" names';
  return 'Make a new one at the provider, put it in the place of the old one, and write its last day into config.json: mailboxes[].passwordUntil; then: paletti doctor';
}

export const told: ToldWords = {
  'as-written': ({ text, next }) => tell(text, next),
  'sign-in-wanted': (need) => ({ text: auth.needed[need.why](need), next: `paletti auth login ${need.mailbox}` }),

  'letter-asks': ({ id, kind, client }) => tell(`A letter (${kind}) to ${client} waits for your approval.`, asks(id)),
  'report-asks': ({ id, client }) => tell(`The final report to ${client} waits for your approval.`, asks(id)),
  'closing-asks': ({ id, client, why, isPaused }, say) =>
    tell(`${client}: ${say(why)}.${paused(isPaused)} A letter that says so waits for your approval.`, asks(id)),
  'approval-lapsed': ({ id, subject, because }, say) =>
    tell(`The letter "${subject}" waits for a fresh approval: ${say(because)}.`, `paletti outbox approve ${id}`),
  'own-words-replaced': ({ id, to, subject, because, changes, of }, say) =>
    tell(
      `Your own words to ${to} ("${subject}") did not leave: ${say(because)}${changes.length === 0 ? '' : ` (${changesWords(changes, of)})`}. The letter was written anew and waits for you; your text is kept.`,
      `paletti outbox show ${id} shows both; then: paletti outbox edit ${id}, or approve ${id}`,
    ),
  'letter-unsure': ({ id, subject, to }) =>
    tell(
      `It is not known whether the letter "${subject}" to ${to} arrived; it is not sent again by itself.`,
      `Look in Sent or ask, then: paletti outbox resolve ${id} --sent, or --not-sent`,
    ),
  'letter-failed': ({ id, subject, to, fault }, say) =>
    tell(
      `The letter "${subject}" to ${to} was not sent: ${say(fault)}.`,
      `paletti outbox show ${id}; then paletti outbox retry ${id} or drop ${id}`,
    ),
  'letter-challenged': ({ subject, to, messageId }) =>
    tell(
      `The letter "${subject}" to ${to} waits in a filter that asks whether a person wrote it (message ${messageId}).`,
      `Read it: paletti inbox show ${messageId}; do what it says from your mail program, or write to ${to} yourself`,
    ),
  'letter-returned': ({ subject, to, client }) =>
    tell(
      `the letter "${subject}" to ${to} came back.`,
      `Mend the address: paletti clients edit ${client.id} --address …, then paletti clients release ${client.id}`,
    ),
  'letters-capped': ({ because }, say) => tell(`Letters wait: ${say(because)}.`, 'See: paletti outbox'),
  'no-address': ({ client, own }) =>
    tell(
      own === null
        ? `Letters to ${client.name} wait: the register has no mail address to write to.`
        : `Letters to ${client.name} wait: ${own} is your own address, and the one on record of ${client.name}.`,
      `Add one: paletti clients edit ${client.id} --address …`,
    ),
  'letter-asks-still': ({ id, kind, client, days }) =>
    tell(
      `The letter "${names.letters[kind]}" to ${client || 'a client'} has waited for your approval for ${several(days, 'day')}.`,
      `paletti outbox show ${id}; then approve ${id}, edit ${id} or drop ${id}`,
    ),
  'letter-unsure-still': ({ id, kind, client, days }) =>
    tell(
      `Whether the letter "${names.letters[kind]}" to ${client || 'a client'} left is not known for ${several(days, 'day')}.`,
      `Look in Sent, then: paletti outbox resolve ${id} --sent, or --not-sent`,
    ),
  gap: ({ how, since }) =>
    tell(
      `${how === 'away' ? 'Paletti was away' : 'Nothing could leave'} since ${moment(since)}: nothing above a reminder leaves without your fresh approval.`,
      'paletti outbox',
    ),
  'work-still-paused': ({ client }) =>
    tell(
      `You dropped the letter that says that the work for ${client.name} goes on: it still counts as paused.`,
      `If it goes on: paletti clients edit ${client.id} --work active`,
    ),

  'payments-unchecked': ({ withinHours }) =>
    tell(
      `Letters about money wait: no payment was recorded or confirmed within ${withinHours} ${withinHours === 1 ? 'hour' : 'hours'}.`,
      'Read a file of your bank: paletti payments import FILE; or record what came: paletti invoices paid NUMBER; when nothing came: paletti invoices checked',
    ),
  'case-settled': ({ client, why, isPaused }, say) =>
    tell(
      `${client.name}: ${say(why)}.${paused(isPaused)}`,
      isPaused
        ? `If it goes on: paletti clients edit ${client.id} --work active (add --letter to tell the client)`
        : '',
    ),
  'too-little-owed': ({ client, numbers, ...about }) =>
    tell(
      `${sum(about.sum)} of ${client.name} is overdue (${numbers.join(', ')}): too little for a letter.`,
      `To give it up: ${numbers.map((number) => `paletti invoices write-off ${number} --client ${client.id}`).join('; ')}`,
    ),
  surplus: ({ client, parts }) => {
    const on = `${parts[0]?.number ?? ''} --client ${client.id}`;
    return tell(
      `${client.name} paid more than was asked for (${parts.map((part) => `${sum(part.sum)} on ${part.number}`).join(', ')}): letters about other invoices wait.`,
      `Enter each part where it belongs: paletti invoices reverse ${on}, then paid NUMBER --amount SUM for each; what you gave back is entered nowhere`,
    );
  },
  'settled-is-open': ({ client }) =>
    tell(
      `${client.name} was told that the matter was settled, and money of it is open again: the ladder begins anew with the reminder, tomorrow at the earliest. The work goes on meanwhile.`,
      `To pause it: paletti clients edit ${client.id} --work paused; to wait: paletti clients hold ${client.id}`,
    ),
  'promise-kept': ({ client, on }) => tell(`${client.name} kept the promise to pay by ${day(on)}.`),
  'promise-broken': ({ client, on, open, numbers = [] }) => {
    const number = `${numbers[0] ?? 'NUMBER'} --client ${client.id}`;
    return tell(
      `${client.name} promised to pay by ${day(on)}, and ${sums(open)} is still open. The ladder goes on.`,
      `If it came: paletti invoices paid ${number}; if there is a new day: paletti invoices promise ${number} --by DAY`,
    );
  },
  'promise-lapsed': ({ client, on, disputed, came }) => {
    const rest = disputed.length === 0 ? 'nothing is asked for any more' : `${sums(disputed)} is disputed`;
    const what = `${came ? 'a payment' : 'no payment'} came, and ${rest}`;
    return tell(`The day by which ${client.name} promised to pay, ${day(on)}, has passed: ${what}.`);
  },
  'hold-ended': ({ client, on, reason, open, disputed = [] }) => {
    const nothing =
      disputed.length === 0 ? 'nothing is open' : `${sums(disputed)} is disputed, and nothing else is open`;
    const rest = open.length === 0 ? nothing : `${sums(open)} is open and the ladder goes on`;
    return tell(
      `The hold on ${client.name} (${holdReasons[reason]}) ended on ${day(on)}; ${rest}.`,
      open.length === 0 ? '' : 'set a new hold if it should wait longer',
    );
  },
  'hold-asks': ({ client, on, reason, open, about }) =>
    tell(
      `The hold on ${client.name} (${holdReasons[reason]}) ended on ${day(on)}; ${sums(open)} is open and the next letter about it asks you first.`,
      waysOn(reason, about),
    ),
  'reply-holds': ({ reason, note, scope, about }, say) =>
    tell(
      `${say(note)}: no further letter ${scope === 'case' ? 'about this money' : 'of this kind'} until you decide.`,
      waysOn(reason, about),
    ),
  'stands-still': ({ client, open, overdueDays, matter, days }, say) => {
    const { why, next } = standstill(matter, say);
    const since = days < 1 ? '' : `, for ${several(days, 'day')}`;
    return tell(
      `${sums(open)} of ${client || 'a client'}, overdue for ${several(overdueDays, 'day')}, waits for you: ${why}${since}.`,
      next,
    );
  },
  'money-waits': ({ client, open, because }, say) =>
    tell(
      `${sums(open)} of ${client.name} keep waiting: ${say(because)}.`,
      `See: paletti clients show ${client.id}; to let the letters go: paletti clients release ${client.id}`,
    ),
  'not-dunned': ({ client, fault }, say) =>
    tell(
      `The overdue money of ${client.name || 'a client'} could not be dealt with: ${say(fault)}.`,
      `paletti clients show ${client.id}`,
    ),
  'import-asks': ({ client, number, file, line, note }, say) =>
    tell(
      `Reminders about invoice ${number} of ${client} wait: ${say(note)}.`,
      `Answer it: paletti invoices import ${file} --yes --answer ${line}=same (already on record) or ${line}=second`,
    ),

  'mail-doubted': ({ client, because, times, subject, says, messageId }, say) => {
    const what = `"${subject}"${says === null ? '' : says === 'away' ? ', that she is away' : ', that it is paid'}`;
    return tell(
      `Mail in ${client.name}'s name ${say(because)}: ${times === 1 ? what : `${times} times, the last ${what}`}. No letter about money waits for it.`,
      `Read it: paletti inbox show ${messageId}; if it is hers, hold her letters: paletti clients hold ${client.id}`,
    );
  },
  'false-report': ({ client, subject, to, because, times, messageId }, say) => {
    const what = `perhaps a false report that "${subject}" to ${to} came back: it ${say(because)}`;
    return tell(
      `${times === 1 ? capital(what) : `${times} times ${what}`}. No letter waits for it.`,
      `Read it: paletti inbox show ${messageId}; if it is right: paletti clients edit ${client.id} --address …`,
    );
  },
  'client-writes': ({ client, text, isThreat, isEnded, times, messageId }) =>
    tell(
      `${client.name} writes "${text}"${isEnded ? ', though the work has ended; no acknowledgement is sent' : ''}${times > 1 ? ` (${times} times by now)` : ''}.`,
      `Read it: paletti inbox show ${messageId}. ${isThreat ? 'Stay polite, answer once and in writing; the' : 'The'} whole record: paletti dossier ${client.id} --out dossier-${client.id}; an attack elsewhere: paletti clients log ${client.id} attack …`,
    ),
  unjudged: ({ messageId, fault }, say) =>
    tell(`Message ${messageId} could not be judged: ${say(fault)}.`, `paletti inbox show ${messageId}`),
  'in-junk': ({ client, subject, folder, messageId }) =>
    tell(
      `A mail of ${client}, "${subject}", lies in "${folder}" and waits for your answer.`,
      `paletti inbox show ${messageId}; move it to INBOX in your mail program`,
    ),
  'answer-due': ({ key, who, subject, messageId }) =>
    tell(`The answer to ${who || 'somebody'} ("${subject}") is ${due[key]}`, `paletti inbox show ${messageId}`),
  'answers-due': ({ key, who, waiting, subject }) =>
    tell(
      `Answers to ${who ?? 'strangers'} are ${due[key]}: ${waiting} mails wait, the first "${subject}"`,
      'paletti inbox --unanswered',
    ),
  'question-unanswered': ({ client, days, question, requestId }) =>
    tell(
      `${client} has not answered your question for ${days} days: "${question}"`,
      `To have it counted: paletti requests accept ${requestId}; to leave it: paletti requests drop ${requestId}`,
    ),
  'question-open-still': ({ client, days, question, requestId }) =>
    tell(
      `A question to ${client || 'a client'} has had no answer for ${several(days, 'day')}, and waits to become a request: "${question}".`,
      `paletti requests accept ${requestId}, or drop ${requestId}`,
    ),
  'silence-goes-on': ({ client, requestId, text, dueOn, isLadderDone }) =>
    tell(
      `${client} has not answered "${text}", due on ${dueOn}, ${isLadderDone ? 'after every nudge' : 'and nudges are switched off'}.`,
      `paletti requests list; when it is answered: paletti requests answered ${requestId}`,
    ),
  'request-failed': ({ requestId, fault }, say) =>
    tell(`Request ${requestId} could not be dealt with: ${say(fault)}.`, 'paletti requests list'),

  'exit-proposed': ({ client, because, before }, say) => {
    const again =
      before.length === 0 ? '' : ` It was proposed before in the last year (${before.map(day).join(', ')}).`;
    return tell(
      `To end the work for ${client.name} is proposed: ${say(because)}.${again}`,
      `paletti exit ${client.id} status; to take it up: paletti exit ${client.id} propose; to leave it: paletti exit ${client.id} cancel`,
    );
  },
  'exit-cooling': ({ client, until, alone }) =>
    tell(
      `The exit of ${client.name} cools off until ${day(until)}; ${alone ? 'then the termination letter goes without a question' : 'then the checklist opens'}. It can be cancelled.`,
      `paletti exit ${client.id} cancel`,
    ),
  'exit-checklist': ({ client }) =>
    tell(
      `The cooling-off of the exit of ${client.name} is over; the checklist waits for you.`,
      `paletti exit ${client.id} status`,
    ),
  'exit-waits-still': ({ client, state, days }) =>
    tell(
      `The exit of ${client.name || 'a client'} was proposed ${several(days, 'day')} ago, and ${state === 'proposed' ? 'nobody has taken it up' : 'its checklist waits for you'}.`,
      `paletti exit ${client.id} status; to leave it: paletti exit ${client.id} cancel`,
    ),
  'exit-refused': ({ client, because }, say) =>
    tell(
      `The exit of ${client.name} cannot go by itself: ${because.map(say).join('; ')}.`,
      `paletti exit ${client.id} status`,
    ),
  'exit-woken': ({ client, because }, say) =>
    tell(
      `The exit of ${client.name} goes on: ${say(because)}. The cooling-off has begun.`,
      `paletti exit ${client.id} status; to leave it: paletti exit ${client.id} cancel`,
    ),
  'exit-left': ({ client }) =>
    tell(
      `The letter that ends the work for ${client.name} has left; the notice runs.`,
      `paletti exit ${client.id} status`,
    ),
  'exit-ended': ({ client }) => tell(`The work for ${client.name} has ended.`, `paletti exit ${client.id} handover`),
  'line-crossed': ({ client, lines, advice }, say) =>
    tell(
      `A line is crossed with ${client.name}: ${lines.map(({ sign, words }) => `${codes.sign(sign)} (${say(words)})`).join('; ')}.`,
      advice === null
        ? `See: paletti clients show ${client.id}`
        : `To consider (${say(advice.why)}): ${advice.command}`,
    ),
  'lines-crossed-already': ({ clients, heaviest }) =>
    tell(
      `With ${several(clients, 'client')} a line is crossed already, most of all with ${heaviest}.`,
      'See: paletti report',
    ),
  'lesson-again': ({ client, sign, lesson, taughtBy }) =>
    tell(
      `The first sign of ${client.name} is one you know from ${taughtBy}: ${codes.sign(sign)}. What you learned then: ${lessons.said(lesson)}.`,
      `paletti clients show ${client.id}`,
    ),
  'exit-cancelled': ({ client, because }, say) => tell(`The exit of ${client.name} is cancelled: ${say(because)}.`),
  'exit-failed': ({ exitId, fault }, say) => tell(`Exit ${exitId} could not be dealt with: ${say(fault)}.`),

  'file-asks': ({ name, because, next }, say) => tell(`${name} waits for a word of yours: ${say(because)}.`, next),
  'file-lines-asked': ({ name, payments }) =>
    tell(
      `${name}: ${several(payments, 'payment')} of it ${payments === 1 ? 'is' : 'are'} asked about.`,
      'paletti payments questions',
    ),
  'file-warns': ({ name, warning }, say) => tell(`${name}: ${say(warning)}.`),
  'folder-unread': ({ path, fault }, say) =>
    tell(`The watched folder ${path} is not read: ${say(fault)}.`, 'Mend "watch.folders" in config.json.'),

  ends: ({ mailbox, what, of, on, days }) => {
    const subject = {
      password: `The password of ${mailbox}`,
      'sign-in': `The sign-in of ${mailbox} at ${of}`,
      certificate: `The certificate ${of}, by which the server of ${mailbox} is known,`,
    }[what];
    const when = days < 0 ? `ended on ${day(on)}` : `ends on ${day(on)}`;
    return tell(
      `${subject} ${when}${days < 0 ? '' : `, ${days === 0 ? 'today' : `in ${several(days, 'day')}`}`}.`,
      endingNext(what, mailbox),
    );
  },
  'no-sent': ({ mailbox }) =>
    tell(
      `The mailbox ${mailbox} has no Sent folder: answers you give elsewhere cannot be seen.`,
      'Name the folder in config.json: mailboxes[].sent',
    ),
  'received-ahead': ({ messageId, at }) =>
    tell(
      `Message ${messageId} was received on ${moment(at)} by the server's account, which has not come yet; it counts as received now.`,
      `Look whether the clock of this computer is right; then: paletti inbox show ${messageId}`,
    ),
  'login-refused': ({ mailbox, how, fault }, say) =>
    tell(
      `The server refused the login for ${how === 'reading' ? 'reading' : 'sending from'} ${mailbox}: ${say(fault)}.`,
      'Check the password: paletti doctor',
    ),
  'own-mail-stays': ({ subject, because }, say) => {
    const next: Partial<Record<typeof because.code, string>> = {
      'own-mail-unsure': 'Did it arrive? Then delete it from the folder; if not, take it out and put it back in',
      'own-mail-partly': 'Write to them anew, once their addresses are right',
      'own-mail-stands-in-sent': 'Delete it from the folder, or send it anew from your mail program',
    };
    return tell(
      `Your own mail "${subject}": ${say(because)}.`,
      next[because.code] ?? 'Take it out of the folder, mend it, and put it back in. See: paletti outbox own',
    );
  },
  unmarked: ({ mailbox }) =>
    tell(
      `The mail server lets Paletti leave no note in the mailbox ${mailbox} (the folder "Paletti"): two copies of Paletti that send at the same moment would not see each other.`,
      'Run Paletti on one computer only, or make the folder "Paletti" in your mail program',
    ),
  'another-paletti': ({ because }, say) =>
    tell(
      `Nothing leaves from here: ${say(because)}.`,
      'Stop the other one. To send from this computer instead: paletti resume',
    ),
  'foreign-letter': ({ because }, say) =>
    tell(
      `${say(because)}. Nothing leaves until you decide.`,
      'Make sure that only one Paletti runs, read `paletti outbox`, then `paletti resume`',
    ),
  'older-database': ({ because }, say) =>
    tell(
      `Nothing leaves until you decide: ${say(because)}.`,
      'Enter what is missing, compare `paletti outbox` with your Sent folder, then: paletti resume',
    ),
};
