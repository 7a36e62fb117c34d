/**
 * Which notices still fit: a notice is about a matter, and when the matter is over nothing need be known or decided any
 * more, whoever settled it. The one home of that for all kinds, by the key of the notice. Writes only what is over.
 */
import { overdueDebts, wasSent } from '../rules/dunning.ts';
import { type Hold, rowOfHolds } from '../rules/hold.ts';
import { debtsOf } from '../rules/invoice.ts';
import { needsApproval } from '../rules/letter.ts';
import { dayMs, dayOf, fromIso, type Instant, type LocalDay, type TimeZone, toIso } from '../rules/time.ts';
import { sumInWords } from '../rules/words.ts';
import { type Case, caseById } from './cases.ts';
import { clientById } from './clients.ts';
import type { Reader, Writer } from './database.ts';
import { exitById } from './exits.ts';
import { debtsOfHold } from './held-money.ts';
import { holdById, listHolds } from './holds.ts';
import { debtsOfClient, listInvoices, surplusOf } from './invoices.ts';
import { type Notice, unseenNotices } from './notices.ts';
import { letterById, outlinesOfCase } from './outbox.ts';
import { ownMailById } from './own-mails.ts';
import { pausedNow } from './pause.ts';
import { requestById } from './requests.ts';
import { standstillOfCase } from './standstill.ts';
import { windowById } from './windows.ts';

interface Matter {
  /** the parts of the key after the first: numbers, days, words */
  parts: readonly string[];
  notice: Notice;
  now: Instant;
  today: LocalDay;
}

type Fits = (r: Reader, matter: Matter) => boolean;

/** What a warning about the long gap says holds for some days. */
const gapMs = 4 * dayMs;

/** What is said of a moment, and what only the owner can judge. */
const untilSeen: Fits = () => true;

const ofToday: Fits = (_, { parts, today }) => parts.at(-1) === today;

/** What was told before it was a value has only its words to go by. */
function isOfOwnAddress({ told }: Notice): boolean {
  if (told.code === 'as-written') return told.text.includes('your own address');
  return told.code === 'no-address' && told.own !== null;
}

/** Nothing is open, or the work goes on: there is nothing to do. */
function hasNoNextStep({ told }: Notice): boolean {
  if (told.code === 'as-written') return told.next === '';
  if (told.code === 'case-settled') return !told.isPaused;
  const isPromise = told.code === 'promise-kept' || told.code === 'promise-lapsed';
  return isPromise || (told.code === 'hold-ended' && told.open.length === 0);
}

/** It lies in her folder and does not leave by itself. */
function isOwnMailHers(r: Reader, id: number): boolean {
  const state = ownMailById(r, id)?.state;
  return state === 'asks' || state === 'unsure' || state === 'failed';
}

function isStillClient(r: Reader, { parts }: Matter): boolean {
  const state = clientById(r, idIn(parts))?.workState;
  return state !== undefined && state !== 'ended';
}

/** By the first part of the key. Every kind of notice has its place here. */
const fitting: Record<string, Fits> = {
  threat: untilSeen,
  'after-end': untilSeen,
  'signs-first': untilSeen,
  sign: isStillClient,
  lesson: isStillClient,
  standstill: (r, { parts, now, today }) => {
    const dunned = caseById(r, idIn(parts));
    return dunned !== undefined && standstillOfCase(r, dunned, { now, today })?.matter.code === parts[1];
  },
  unjudged: untilSeen,
  junk: untilSeen,
  challenge: untilSeen,
  unbelieved: untilSeen,
  'false-report': untilSeen,
  'work-state': (r, { parts }) => {
    const clientId = letterById(r, idIn(parts))?.clientId ?? null;
    return clientId !== null && clientById(r, clientId)?.workState === 'paused';
  },
  login: untilSeen,
  'sign-in': untilSeen,
  'no-sent': untilSeen,
  // settled by the look that finds it renewed
  ends: untilSeen,
  unmarked: untilSeen,
  windows: untilSeen,
  approve: (r, { parts }) => {
    const letter = letterById(r, idIn(parts));
    return letter !== undefined && needsApproval(letter);
  },
  unsure: (r, { parts }) => letterById(r, idIn(parts))?.state === 'unsure',
  failed: (r, { parts }) => letterById(r, idIn(parts))?.state === 'failed',
  'own-mail': (r, { parts }) => parts[1] === 'own-mail-partly' || isOwnMailHers(r, idIn(parts)),
  window: (r, { parts, now }) => {
    const window = windowById(r, idIn(parts));
    return window?.state === 'open' && (parts[1] === 'missed' || now < window.dueAt);
  },
  request: (r, { parts }) => {
    const state = requestById(r, idIn(parts))?.state;
    return parts[1] === undefined ? state === 'proposed' : state === 'proposed' || state === 'open';
  },
  exit: (r, { parts }) => {
    const exit = exitById(r, idIn(parts));
    const [, state] = parts;
    if (exit === undefined) return false;
    if (state === 'proposed') return exit.notedState === 'proposed' && exit.coolingFrom === null;
    return state === 'cooling' || state === 'checklist' || state === 'approved' ? exit.notedState === state : true;
  },
  'exit-cooling': (r, { parts, today }) => exitById(r, idIn(parts))?.notedState === 'cooling' && parts[1] === today,
  'no-address': (r, { parts, notice }) => clientById(r, idIn(parts))?.addresses.length === 0 || isOfOwnAddress(notice),
  cap: ofToday,
  'payments-stale': ofToday,
  'received-ahead': ofToday,
  undunned: ofToday,
  hold: (r, { parts }) => {
    const [scope, id, message] = parts.length === 3 ? parts : ['case', ...parts];
    const clientId = scope === 'client' ? Number(id) : caseById(r, Number(id))?.clientId;
    return isHeld(r, clientId, ({ messageId }) => messageId === Number(message));
  },
  bounce: (r, { parts }) => isHeld(r, letterById(r, idIn(parts))?.clientId, ({ reason }) => reason === 'bounce'),
  'hold-ended': (r, { parts, notice }) => {
    const hold = holdById(r, idIn(parts));
    if (hold === undefined || (hold.askedAt !== null && hold.endedAt !== null)) return false;
    // without a next step it said that nothing is open, or that a promise was kept
    return hasNoNextStep(notice) || debtsOfHold(r, hold).length > 0;
  },
  waiting: (r, { parts, now }) => {
    const clientId = idIn(parts);
    if (rowOfHolds(listHolds(r, clientId), now) === null) return false;
    return listInvoices(r, { clientId, state: 'open' }).some((invoice) => debtsOf(invoice).length > 0);
  },
  closing: (r, { parts: [id, cycle, question], notice }) => {
    const dunned = caseById(r, Number(id));
    if (dunned === undefined || dunned.cycle < Number(cycle)) return false;
    if (question === 'end-announced' || hasNoNextStep(notice)) return true;
    if (clientById(r, dunned.clientId)?.workState !== 'paused') return false;
    return dunned.cycle > Number(cycle) || dunned.state === 'open' || dunned.closedHow !== 'paid';
  },
  back: (r, { parts }) => {
    const dunned = openCycle(r, parts);
    if (dunned === undefined || clientById(r, dunned.clientId)?.workState !== 'active') return false;
    const prefix = `dunning/${dunned.id}/${dunned.cycle}/`;
    return !outlinesOfCase(r, dunned.id).some(({ key, state }) => key.startsWith(prefix) && wasSent(state));
  },
  surplus: (r, { parts: [id, ...rest] }) => {
    const dunned = caseById(r, Number(id));
    if (dunned?.state !== 'open') return false;
    const { clientId, currency } = dunned;
    const said = surplusOf(r, clientId, currency).map(
      ({ number, cents }) => `${sumInWords(cents, currency)} on ${number}`,
    );
    return said.join('+') === rest.join('/');
  },
  'too-little': (r, { parts, today }) => {
    const dunned = openCycle(r, parts);
    if (dunned === undefined) return false;
    const little = new Set((parts[3] ?? '').split('+'));
    const overdue = overdueDebts(debtsOfClient(r, dunned.clientId, dunned.currency), today);
    const about = overdue.filter(({ instalmentId }) => little.has(String(instalmentId)));
    return about.reduce((sum, debt) => sum + debt.openCents, 0) === Number(parts[2]);
  },
  gap: (_, { parts, now }) => now - fromIso(parts[0] ?? toIso(now)) < gapMs,
  'foreign-letter': isPaused,
  'older-database': isPaused,
  'another-paletti': isPaused,
};

/** The kinds of notices that are known here. @internal for the test that finds those written elsewhere */
export const noticeKinds: readonly string[] = Object.keys(fitting);

/** What may come up anew as the very same: it is told again then. */
const comingBack: readonly string[] = ['closing', 'surplus', 'too-little', 'waiting'];

/** Such a hold of the client's stands: nobody has decided yet. */
function isHeld(r: Reader, clientId: number | null | undefined, isMeant: (hold: Hold) => boolean): boolean {
  if (clientId === null || clientId === undefined) return false;
  return listHolds(r, clientId).some((hold) => isMeant(hold) && hold.endedAt === null);
}

/** The case, while it is open in the cycle that the key names. */
function openCycle(r: Reader, [id, cycle]: readonly string[]): Case | undefined {
  const found = caseById(r, Number(id));
  return found?.state === 'open' && found.cycle === Number(cycle) ? found : undefined;
}

function isPaused(r: Reader, { now }: Matter): boolean {
  return pausedNow(r, now) !== null;
}

function idIn(parts: readonly string[]): number {
  return Number(parts[0]);
}

/** Not yet seen, and still so at `now`; oldest first. @param zone the owner's: a day of hers ends at its midnight */
export function standingNotices(r: Reader, now: Instant, zone: TimeZone): Notice[] {
  const today = dayOf(now, zone);
  return unseenNotices(r).filter((notice) => {
    const [kind = '', ...parts] = notice.key.split('/');
    return fitting[kind]?.(r, { parts, notice, now, today }) ?? true;
  });
}

/** Marks as seen, or takes away, what nobody need look at any more. @returns how many */
export function closeOvertaken(w: Writer, zone: TimeZone): number {
  const standing = new Set(standingNotices(w, w.now, zone).map(({ id }) => id));
  const over = unseenNotices(w).filter(({ id }) => !standing.has(id));
  for (const { id, key } of over)
    if (comingBack.includes(key.split('/')[0] ?? '')) w.run('DELETE FROM notices WHERE id = ?', id);
    else w.run('UPDATE notices SET seen_at = ? WHERE id = ?', toIso(w.now), id);
  return over.length;
}
