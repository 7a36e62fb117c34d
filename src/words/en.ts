/** English: what the program says to its owner. One entry for each reason that a rule can give; no rule of its own. */
import type { LocalDay } from '../rules/time.ts';
import { dayParts, sharedParts, weekdayName } from './calendar.ts';
import type { Words } from './words.ts';

export const en: Words = {
  locale: 'en-GB',
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  monthsShort: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  weekdaysShort: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  times: {
    today: 'today',
    tomorrow: 'tomorrow',
    yesterday: 'yesterday',
    dayAt: (day, clock) => `${day} at ${clock}`,
    minutes: (amount) => `${amount} min`,
    hours: (amount) => `${amount} h`,
    days: (amount) => several(amount, 'day'),
    now: 'now',
    in: (span) => `in ${span}`,
    ago: (span) => `${span} ago`,
  },
  letters: {
    acknowledgement: 'acknowledgement',
    'acknowledgement-out-of-hours': 'acknowledgement, out of hours',
    'payment-reminder': 'payment reminder',
    'work-paused': 'work paused',
    'work-resumed': 'work resumes',
    'payment-received': 'payment received',
    'settled-otherwise': 'settled without payment',
    termination: 'notice of termination',
    'nudge-kind': 'kind nudge',
    'nudge-firm': 'firm nudge',
    'boundary-hours': 'letter about hours',
    'boundary-decisions': 'letter about decisions',
    'boundary-scope': 'letter about scope',
    'boundary-contract': 'letter about the contract',
    'final-report': 'final report',
  },
  letterStates: {
    held: 'waits',
    queued: 'to leave',
    sending: 'leaving',
    sent: 'sent',
    filed: 'sent',
    dropped: 'dropped',
    failed: 'refused by the server',
    unsure: 'may have left',
  },
  reasons: {
    'as-written': ({ text }) => text,
    'closed-weekday': ({ weekday }, words) => weekdayName(weekday, words),
    'on-holiday': ({ day, name }) => `${dayWords(day, 'month')}, ${name}`,
    'in-closure': ({ from, to, note }) => noted(closedWords(from, to), note),
    'before-opening': ({ at, opensAt }) => `${at}, before opening at ${opensAt}`,
    'between-hours': ({ at, closedAt, opensAt }) => `${at}, between ${closedAt} and ${opensAt}`,
    'after-closing': ({ at, closedAt }) => `${at}, after closing at ${closedAt}`,
  },
  page: {
    names: {
      today: 'Today',
      inbox: 'Mail',
      outbox: 'Letters',
      clients: 'Clients',
      money: 'Money',
      plan: 'Calendar',
      journal: 'Journal',
    },
    navigation: 'Pages',
    toContent: 'To the content',
    openUntil: (clock) => `Open until ${clock}`,
    openWithoutEnd: 'Open',
    closedUntil: (moment) => `Closed until ${moment}`,
    lastRead: (when) => `last read ${when}`,
    today: {
      heading: (state, things) => `${stateWords[state]} ${thingsWords(things)}`,
      nextLeaves: (letter, to, when) => `The rest goes by itself: ${when} ${article(letter)} leaves for ${to}.`,
      nothingLeaves: 'No letter waits to leave.',
      stoppedHint: 'No mail is read and no letter leaves until it runs again: paletti run, or paletti service install.',
      pausedBecause: (why) => `No letter leaves: ${why}`,
      toAnswer: 'To answer',
      noneToAnswer: 'Nobody waits for an answer.',
      answerHint: 'Answer from your mail as always.',
      late: 'late',
      left: (span) => `${span} left`,
      share: (passed, of) => `${passed} of ${of} hours have passed`,
      toApprove: (amount) => (amount === 1 ? 'A letter to approve' : 'Letters to approve'),
      noneToApprove: 'No letter waits for your yes.',
      sendAt: (when) => `Send ${when}`,
      endIsApprovedElsewhere: 'It ends the work: it is approved with the exit, after its checklist.',
      overdue: 'Late money',
      noneOverdue: 'Nothing is overdue.',
      nextLook: (when) => `next look ${when}`,
      whenSomethingHappens: 'waits for something to happen',
      leavesNext: 'Leaves next',
      stop: 'Stop',
      trouble: 'Did not leave, or may not have',
      notices: 'To know or decide',
      seen: 'Done',
      exits: 'Endings',
      pauseAll: 'Pause everything',
      pauseHint: 'No letter leaves until you resume. Mail is read and noted all the same.',
      pause: 'Pause',
      pauseUntilMonday: 'until Monday',
      resume: 'Let letters leave again',
    },
    letter: {
      to: 'To',
      from: 'From',
      subject: 'Subject',
      text: 'Text',
      approve: 'Approve',
      edit: 'Edit',
      drop: 'Do not send',
      restore: 'Take it back',
      retry: 'Try again',
      wasSent: 'It was sent',
      wasNotSent: 'It was not sent',
      save: 'Save',
      why: 'Why',
      notBefore: 'Not before',
      sent: 'Sent',
      history: 'History',
      asTheClientSeesIt: 'As the client sees it',
      waitsForYou: 'waits for you',
      wordCount: (amount) => several(amount, 'word'),
    },
    outbox: {
      empty: 'No letters here.',
      allStates: 'all',
      waiting: 'waiting or leaving',
      gone: 'sent',
      filter: 'State',
      show: 'Show',
    },
    inbox: {
      empty: 'No messages here.',
      search: 'Search',
      found: (amount, text) => `${several(amount, 'message')} with “${text}”`,
      outOfHours: 'out of hours',
      unanswered: 'unanswered',
      all: 'all',
      answered: 'answered',
      noAnswerNeeded: 'Needs no answer',
      answeredOtherwise: 'Answered otherwise',
      quotation: 'The whole text, with what it quotes',
      judged: 'Judged',
      thread: 'In the same conversation',
      received: 'Received',
      client: 'Client',
      due: (when) => `answer due ${when}`,
      noSubject: '(no subject)',
      stranger: 'not a client',
    },
    done: {
      approved: (name, when) => `Approved: ${article(name)}, leaves ${when}.`,
      dropped: 'It will not be sent.',
      restored: 'It waits for you again.',
      edited: 'Saved. It waits for your approval.',
      unchanged: 'Nothing was changed.',
      retried: 'It will be tried again.',
      settled: 'Noted.',
      noticeSeen: 'Done.',
      answered: 'Noted: no answer is waited for any more.',
      paused: 'Paused. No letter leaves.',
      resumed: 'Letters leave again.',
      undo: 'Undo',
    },
    faults: {
      heading: 'That did not work',
      next: 'What to do',
      notFound: 'There is no such page.',
      notSignedIn: 'You are not signed in here. Open the page with: paletti page',
      usedAddress: 'This address was used, or is old. Open the page anew with: paletti page',
      oldForm: 'This form is too old. Go back, load the page anew and try again.',
      internal: 'Something went wrong in the program itself. It is in the log of paletti page.',
    },
  },
};

const stateWords = { watching: 'Paletti is watching.', stopped: 'Paletti is not running.', paused: 'Paletti is paused.' };

function thingsWords(things: number): string {
  if (things === 0) return 'Nothing waits for you.';
  return things === 1 ? 'One thing for you.' : `${things} things for you.`;
}

/** 'acknowledgement' -> 'an acknowledgement' */
function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}

function several(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function closedWords(from: LocalDay, to: LocalDay): string {
  if (from === to) return `closed on ${dayWords(to, 'year')}`;
  return `closed from ${dayWords(from, sharedParts(from, to))} to ${dayWords(to, 'year')}`;
}

function noted(text: string, note: string): string {
  return note === '' ? text : `${text}: ${note}`;
}

/** '25', '25 April', '25 April 2026' */
function dayWords(day: LocalDay, upTo: 'day' | 'month' | 'year'): string {
  return dayParts(day, en, upTo).join(' ');
}
