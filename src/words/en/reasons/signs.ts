/** English: what warning signs saw, and why one step is to be considered. */
import type { AdviceReason, CloseAndLate } from '../../../rules/advice.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { clockHour, joined, share } from '../../pieces.ts';
import { day, hours, several, sum, sums } from '../grammar.ts';
import { markNames, signNames } from '../names.ts';
import { exitStates } from './exits.ts';

const each = { hour: 'an hour', message: 'for each message' } as const;

export const signs: SentencesOf<AdviceReason | CloseAndLate> = {
  'too-few': ({ shown }, say) => `${say(shown)}: too few to tell`,
  'marked-by-you': ({ mark, note }) => `marked by you: ${markNames[mark]}${note === '' ? '' : ` (${note})`}`,
  'shows-no-contract': ({ invoices, since }) =>
    invoices === null
      ? `no contract, as you said, and work since ${day(since)}`
      : `no contract on record, with work and ${several(invoices, 'invoice')} since ${day(since)}`,
  'shows-refuses-contract': ({ messages }) => `${several(messages, 'message')} put a contract aside`,
  'shows-out-of-hours': ({ out, contacts, most }) =>
    `${out} of ${several(contacts, 'contact')} (${share(out, contacts)}) out of hours${most === null ? '' : `, most between ${clockHour(most)} and ${clockHour(most + 1)}`}`,
  'shows-pressure': ({ urgent, again, messages }) =>
    `${joined(', ', [
      urgent > 0 && `${several(urgent, 'message')} with urgent words or a deadline of the same day`,
      again > 0 && `${several(again, 'message')} sent again before an answer was due`,
    ])}, of ${messages}`,
  'shows-silence': ({ requests, open, medianDays, longestDays }) =>
    `${several(requests, 'request')}, ${open} open; a median of ${several(medianDays, 'day')} to an answer, the longest ${several(longestDays, 'day')}`,
  'shows-scope-creep': ({ requests, hasScope, changes }) =>
    joined('; ', [
      requests > 0 &&
        `${several(requests, 'request')} for more, ${hasScope ? 'that no line of the scope names' : 'and no scope on record'}`,
      changes !== null && `${several(changes.messages, 'message')} ask for changes, ${changes.included} included`,
    ]),
  'shows-indecision': ({ rounds, days }) => `${several(rounds, 'round')} of changes in ${days} days, and no decision`,
  'shows-wasted-time': ({ talkMinutes, minutes }) =>
    `${hours(talkMinutes)} of ${hours(minutes)} logged (${share(talkMinutes, minutes)}) are calls, meetings and chats`,
  'shows-control': ({ perPiece, pieces, messages }) =>
    joined('; ', [
      perPiece !== null && `${perPiece} messages for each of ${pieces} pieces delivered`,
      messages > 0 && `${several(messages, 'message')} asking to approve or to be asked first`,
    ]),
  'shows-low-pay': (shown) =>
    `${sum(shown.own)} ${each[shown.each]}, against a median of ${sum(shown.usual)} with ${several(shown.others, 'other client')}`,
  'shows-refuses-price': ({ messages, logged }) =>
    joined('; ', [
      messages > 0 && `${several(messages, 'message')} turn a price or a rise down`,
      logged > 0 && `refused ${several(logged, 'time')} by your log`,
    ]),
  'shows-late-pay': ({ medianDays, dueDates }) =>
    `a median of ${several(medianDays, 'day')} late over ${several(dueDates, 'due date')}`,
  'shows-pays-later': ({ messages, daysLate }) =>
    joined('; ', [
      messages > 0 && `${several(messages, 'message')} put payment off while the work goes on`,
      daysLate.length > 0 && `paid later each time (${daysLate.join(', ')} days late)`,
    ]),
  'shows-no-pay': ({ unpaid, longestDays, writtenOff }) =>
    joined('; ', [
      unpaid.length > 0 && `${sums(unpaid)} unpaid, the oldest for ${several(longestDays, 'day')}`,
      writtenOff > 0 && `${several(writtenOff, 'invoice')} written off`,
    ]),
  'shows-threat': ({ messages, logged }) =>
    joined('; ', [
      messages > 0 && `${several(messages, 'message')} with words of threat`,
      logged > 0 && `${several(logged, 'attack')} by your log`,
    ]),
  'shows-closeness': ({ messages, meals }) =>
    joined('; ', [
      messages > 0 && `${several(messages, 'message')} go beyond business`,
      meals > 0 && `${several(meals, 'meal')} together`,
    ]),
  'shows-untraceable-channel': ({ chats, via }) =>
    `${several(chats, 'chat')}${via.length === 0 ? '' : ` (${via.join(', ')})`} where mail is agreed`,
  'shows-own-hours': ({ late, done }) =>
    `${late} of ${several(done, 'mail and piece of work', 'mails and pieces of work')} of yours (${share(late, done)}) were out of hours`,

  'exit-under-way': ({ state }) => `an exit is under way: ${exitStates[state]}`,
  'threat-seen': ({ seen }, say) => `${say(seen)}: stay polite, and have the record at hand`,
  'work-has-ended': () => 'the work has ended',
  'would-suit-others': ({ seen }, say) => `${say(seen)}: name somebody whom it suits, with --referral`,
  'paused-and-seen': ({ seen }, say) => `the work is paused, and ${say(seen)}`,
  'advance-agreed-and-seen': ({ seen }, say) => `payment in advance is agreed, and ${say(seen)}`,
  'was-it-a-no': ({ seen }, say) => `${say(seen)}; if that was a no, log it`,
  'goes-on-in-spite': ({ seen }, say) => `you have said so in writing, and it goes on: ${say(seen)}`,
  'asked-and-still': ({ seen }, say) => `you have asked in writing, and still ${say(seen)}`,
  'signs-weigh-little': ({ weight }) =>
    weight === null ? 'no sign weighs anything' : `the signs weigh ${weight}, which is little`,
  'weighs-most': ({ sign, seen }, say) => `${signNames[sign]} weighs most: ${say(seen)}`,
  'wrote-and-quiet-since': ({ on }) => `you wrote about it on ${day(on)}, and nothing since shows that it goes on`,
  'no-step-would-help': () => 'nothing that a step would change',
  'close-and-late': ({ near, owing }, say) =>
    `close and late: ${say(near)}; ${say(owing)}. Money is harder to ask of a friend`,
};
