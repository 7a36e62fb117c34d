/**
 * What a client did or said about money -> a letter about it, held for the owner: by the dunning job where the
 * configuration asks for it, or by her own command. Sends nothing; a second run changes nothing.
 */
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import type { Letters } from '../letters/library.ts';
import { writeDunning, type Written } from '../letters/write.ts';
import { type Client, readerOf } from '../rules/client.ts';
import { nextWorkingOpening } from '../rules/contact-hours.ts';
import { unlessNeverOpen } from '../rules/dunning.ts';
import { grouped } from '../rules/grouped.ts';
import { type Letter, matterOf, occasionKinds, type OccasionKind } from '../rules/letter.ts';
import { type Occasion, occasionsOf } from '../rules/occasion.ts';
import { payByDay, workingDayFrom } from '../rules/pay-by.ts';
import { lettersHoursFor, type Settings } from '../rules/settings.ts';
import type { Reason } from '../rules/reason.ts';
import { addDays, dayMs, dayOf, type Instant, type LocalDay } from '../rules/time.ts';
import { caseOf } from '../store/cases.ts';
import { clientById, findClient } from '../store/clients.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { listHolds } from '../store/holds.ts';
import { listInvoices } from '../store/invoices.ts';
import { letterByKey } from '../store/outbox.ts';
import { openWindows } from '../store/windows.ts';
import { putLadderLetter } from './ladder-letter.ts';
import type { LeaveVerdict } from './leave-verdict.ts';

export interface OccasionParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  letters: Letters;
  /** the mailbox these letters leave from */
  mailbox: string;
}

/** What came up longer ago is past answering by itself. */
const withinMs = 14 * dayMs;

/** @returns how many letters were written */
export function answerOccasions(parts: OccasionParts): number {
  const { store, clock, settings } = parts;
  const wanted = occasionKinds.filter((kind) => settings.dunning.occasions[kind] === 'ask');
  if (wanted.length === 0) return 0;
  const now = clock.now();
  return store.write(now, (w) => {
    const open = grouped(listInvoices(w, { state: 'open' }), ({ clientId }) => clientId);
    return [...open.keys()].reduce((sum, id) => sum + answerOf(w, parts, id, wanted), 0);
  });
}

function answerOf(w: Writer, parts: OccasionParts, clientId: number, wanted: readonly OccasionKind[]): number {
  const client = clientById(w, clientId);
  if (client === undefined || client.addresses.length === 0 || client.workState === 'ended') return 0;
  const due = standing(w, parts.settings, client, w.now).filter(
    ({ kind, at, key }) =>
      wanted.includes(kind) && (at === null || at >= w.now - withinMs) && letterByKey(w, key) === undefined,
  );
  return due.filter((occasion) => putOccasion(w, parts, client, occasion) !== undefined).length;
}

/**
 * By the owner's command, whatever the configuration asks for: about the last of its kind.
 * @returns `isNew: false` with the one that was written for it already
 * @throws AppError 'not-found' when the record has no such occasion; 'conflict' without an address
 */
export function writeOccasion(
  parts: OccasionParts,
  who: string,
  kind: OccasionKind,
): { client: Client; letter: Letter; isNew: boolean } {
  const { store, clock, settings } = parts;
  return store.write(clock.now(), (w) => {
    const client = findClient(w, who);
    const occasion = standing(w, settings, client, w.now).findLast((one) => one.kind === kind);
    if (occasion === undefined)
      throw new AppError('not-found', `the record of ${client.name} has no ground for this letter (${kind})`, {
        next: `See: paletti clients show ${client.id}; enter what happened: paletti invoices paid, promise or dispute NUMBER`,
      });
    const known = letterByKey(w, occasion.key);
    if (known !== undefined) return { client, letter: known, isNew: false };
    const letter = putOccasion(w, parts, client, occasion);
    if (letter !== undefined) return { client, letter, isNew: true };
    throw new AppError('conflict', `nothing was ever overdue of ${client.name}, or there is no address to write to`, {
      next: `See: paletti clients show ${client.id}`,
    });
  });
}

/** All of a client, whatever the configuration asks for. */
export function standing(r: Reader, settings: Settings, client: Client, now: Instant): Occasion[] {
  const { timeZone: zone } = lettersHoursFor(settings, client);
  const invoices = listInvoices(r, { clientId: client.id });
  return occasionsOf({ invoices, holds: listHolds(r, client.id), zone }, now);
}

/** @returns the letter when it was written now */
export function putOccasion(w: Writer, parts: OccasionParts, client: Client, occasion: Occasion): Letter | undefined {
  const { settings } = parts;
  const { kind, key, invoice, why } = occasion;
  const dunned = caseOf(w, client.id, invoice.currency);
  if (dunned === undefined || letterByKey(w, key) !== undefined) return undefined;
  const hours = lettersHoursFor(settings, client);
  const notBefore = unlessNeverOpen(
    () => nextWorkingOpening(hours, w.now),
    () => w.now,
  );
  return putLadderLetter(w, parts, {
    dunned,
    client,
    key,
    kind,
    notBefore,
    why,
    step: null,
    effect: 'none',
    approval: 'ask',
    text: occasionText(w, parts, { client, occasion, on: notBefore }),
    asks: (id) => ({ code: 'letter-asks', id, kind, client: client.name }),
  });
}

function occasionText(
  r: Reader,
  { settings, letters }: Pick<OccasionParts, 'settings' | 'letters'>,
  { client, occasion, on }: { client: Client; occasion: Occasion; on: Instant },
): Written {
  const { kind, invoice, debts, payment, promise, dispute } = occasion;
  const hours = lettersHoursFor(settings, client);
  const today = dayOf(on, hours.timeZone);
  const payBy = payByDay({ ladder: [], step: null, leavesOn: today, hours, dueOn: debts.map((debt) => debt.dueOn) });
  const text = writeDunning(letters, {
    kind,
    debts,
    today,
    payBy,
    payment,
    promise,
    earlier: [],
    currency: invoice.currency,
    client: readerOf(client, matterOf(kind)),
    owner: settings.owner,
    resumeWithinDays: settings.dunning.resumeWithinDays,
    dispute: dispute && { ...dispute, answerBy: answerBy(r, settings, client, today) },
  });
  return { ...text, facts: { ...text.facts, debts } };
}

/** Days for an answer to the substance, where no message of the client has a day of its own. */
const answerDays = 3;

/** The day by which the client's oldest message is to be answered, if it is to come; else some days on. */
function answerBy(r: Reader, settings: Settings, client: Client, today: LocalDay): LocalDay {
  const hours = lettersHoursFor(settings, client);
  const [first] = openWindows(r, { clientId: client.id, believed: true });
  const due = first === undefined ? null : dayOf(first.dueAt, hours.timeZone);
  return due !== null && due > today ? due : workingDayFrom(hours, addDays(today, answerDays));
}

/** What the letter would say on that day; undefined when what it is about is over. */
export function occasionAsOf(
  r: Reader,
  parts: Pick<OccasionParts, 'settings' | 'letters'>,
  { letter, client, on }: { letter: Letter; client: Client; on: Instant },
): Written | undefined {
  const occasion = standing(r, parts.settings, client, on).find(({ key }) => key === letter.key);
  return occasion && occasionText(r, parts, { client, occasion, on });
}

/** The look before it leaves: only as long as it is so. */
export function unwantedOccasion(
  r: Reader,
  settings: Settings,
  { letter, client }: { letter: Letter; client: Client },
  now: Instant,
): Extract<LeaveVerdict, { go: false }> | undefined {
  const isSo = standing(r, settings, client, now).some(({ key }) => key === letter.key);
  if (isSo && client.workState !== 'ended') return undefined;
  const why: Reason = { code: isSo ? 'work-ended' : 'occasion-over' };
  return { go: false, outcome: 'drop', until: null, why, notice: null };
}
