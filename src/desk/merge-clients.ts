/**
 * Two clients of the register that are one: what would change hands, what the card that stays takes over, what is in
 * the way and what to do first, and the act itself. Guesses nothing: where it is not sure what follows, it refuses. Asks
 * nobody: the command does.
 */
import { AppError } from '../errors.ts';
import { type Client, type Terms, type WorkState } from '../rules/client.ts';
import { invoiceKey } from '../rules/invoice.ts';
import { writePaymentTerms } from '../rules/payment-terms.ts';
import { asWritten } from '../rules/reason.ts';
import { clientById, editClient, findClient, noteByHand, setWorkState } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { openExitOf } from '../store/exits.ts';
import { isForgotten } from '../store/forget.ts';
import { listInvoices } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { casePairs, countHandedOver, mergeClients, type Merging } from '../store/merge.ts';
import { drop, listLetters } from '../store/outbox.ts';
import { projectsOf } from '../store/projects.ts';
import { writeWeek } from './client-columns.ts';
import { act, type DeskParts } from './parts.ts';

export interface Obstacle {
  why: string;
  /** what to do first */
  next: string;
}

export interface MergeView {
  /** the one that goes */
  from: Client;
  /** the one that stays */
  into: Client;
  /** rows of each table that change hands */
  moves: Record<string, number>;
  /** what the card that stays takes over, and what of the other's is left, each a phrase */
  takes: string[];
  leaves: string[];
  /** letters that wait, and are written anew from what is on record then */
  letters: number[];
  obstacles: Obstacle[];
}

/**
 * What merging would do; changes nothing.
 * @throws AppError 'not-found' or 'conflict' as store/clients says; 'usage' when both are the same client
 */
export function viewMerge(r: Reader, who: string, into: string): MergeView {
  const [from, stays] = [findClient(r, who), findClient(r, into)];
  if (from.id === stays.id) throw new AppError('usage', { code: 'same-client', who, into, name: from.name });
  const merging = { from: from.id, into: stays.id };
  const { taken, differing } = cardOf(from, stays);
  return {
    from,
    into: stays,
    moves: countHandedOver(r, from.id),
    takes: taken.map(({ what, text }) => `${what} ${text}`),
    leaves: [...differing, ...doubleProjects(r, merging)],
    letters: waitingLetters(r, merging).map((letter) => letter.id),
    obstacles: obstaclesOf(r, from, stays),
  };
}

export interface MergeOptions {
  /** the name of the one that goes, as it stands in the register */
  typed: string;
  /** for the journal; '' when none is given */
  why: string;
}

/**
 * Makes the two one. The journal keeps what was noted of both, and the card of the one that went.
 * @throws AppError 'bad-input' for another name; 'conflict' when something is in the way, with what to do first
 */
export function mergeInto(desk: DeskParts, who: string, into: string, { typed, why }: MergeOptions): MergeView {
  return act(desk, (w) => {
    const view = viewMerge(w, who, into);
    const [first] = view.obstacles;
    if (folded(typed) !== folded(view.from.name))
      throw new AppError('bad-input', { code: 'wrong-name-merge', name: view.from.name });
    if (first !== undefined)
      throw new AppError('conflict', view.obstacles.map((one) => one.why).join('; '), { next: first.next });
    carryOut(w, view, why);
    return { ...view, into: clientById(w, view.into.id) as Client };
  });
}

function folded(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

function carryOut(w: Writer, view: MergeView, why: string): void {
  const { from, into } = view;
  const said = why === '' ? null : asWritten(why);
  // what was written of one of the two alone is written anew of both
  for (const id of view.letters) drop(w, id, 'system', { code: 'became-one' });
  note(w, {
    kind: 'client-merged',
    subject: `client/${from.id}`,
    clientId: from.id,
    why: { code: 'became-client', into: into.id, note: said },
    data: { into: into.id, card: cardForJournal(from) },
  });
  const { taken, patch } = cardOf(from, into);
  mergeClients(w, { from: from.id, into: into.id });
  editClient(w, into.id, patch);
  noteByHand(
    w,
    into.id,
    from.byHand.filter((member) => taken.some((one) => one.member === member)),
  );
  setWorkState(w, into.id, stricter(from.workState, into.workState));
  note(w, {
    kind: 'clients-merged',
    subject: `client/${into.id}`,
    clientId: into.id,
    why: { code: 'took-client-in', from: from.id, note: said },
    data: { from: from.id, moves: view.moves, takes: view.takes },
  });
}

function cardForJournal({ createdAt: _createdAt, ...card }: Client): Record<string, unknown> {
  return card;
}

// ---- the card ------------------------------------------------------------------------------------------------------------

interface Taken {
  /** of the client, as {@link Client.byHand} names it */
  member: string;
  what: string;
  text: string;
}

/** What the one that stays does not have is taken over; where both say something, hers stands. */
function cardOf(from: Client, into: Client) {
  const fields = [...plainFields(from, into), ...termFields(from.terms, into.terms)];
  const news = fields.filter(({ has, had }) => has === '' && had !== '');
  const notes = [into.notes, from.notes].filter((text) => text !== '');
  const isNote = from.notes !== '' && from.notes !== into.notes;
  return {
    taken: [
      ...news.map(({ member, what, had }): Taken => ({ member, what, text: had })),
      ...(isNote ? [{ member: 'notes', what: 'notes', text: 'added' }] : []),
    ],
    differing: fields
      .filter(({ has, had }) => has !== '' && had !== '' && has !== had)
      .map(({ what, has, had }) => `${what} ${had} (${has} stays)`),
    patch: {
      ...Object.assign({}, ...news.filter((one) => one.value !== undefined).map((one) => one.value)),
      terms: Object.assign({}, ...news.map((one) => one.terms ?? {})) as Partial<Terms>,
      ...(isNote ? { notes: notes.join('\n') } : {}),
    },
  };
}

interface Field {
  member: string;
  what: string;
  has: string;
  had: string;
  value?: Partial<Client>;
  terms?: Partial<Terms>;
}

function plainFields(from: Client, into: Client): Field[] {
  const text = {
    contactName: [(one: Client) => one.contactName ?? '', 'contact'],
    phone: [(one: Client) => one.phone ?? '', 'phone'],
    hours: [(one: Client) => (one.hours === null ? '' : writeWeek(one.hours)), 'hours'],
    timeZone: [(one: Client) => one.timeZone ?? '', 'time zone'],
    paymentTerms: [
      (one: Client) => (one.paymentTerms === null ? '' : writePaymentTerms(one.paymentTerms)),
      'terms of payment',
    ],
    project: [(one: Client) => one.project ?? '', 'project'],
    kind: [(one: Client) => one.kind, 'kind'],
    language: [(one: Client) => one.language, 'language'],
    tone: [(one: Client) => one.tone, 'tone'],
  } as const;
  return (Object.keys(text) as (keyof typeof text)[]).map((member) => {
    const [read, what] = text[member];
    return { member, what, has: read(into), had: read(from), value: { [member]: from[member] } };
  });
}

function termFields(from: Terms, into: Terms): Field[] {
  return (Object.keys(from) as (keyof Terms)[]).map((key) => {
    const text = (terms: Terms) => {
      const value = terms[key];
      if (value === null || (Array.isArray(value) && value.length === 0)) return '';
      return Array.isArray(value) ? value.join('; ') : String(value);
    };
    return { member: `terms.${key}`, what: key, has: text(into), had: text(from), terms: { [key]: from[key] } };
  });
}

function doubleProjects(r: Reader, { from, into }: Merging): string[] {
  const known = projectsOf(r, into);
  return projectsOf(r, from).flatMap((project) => {
    const same = known.find((one) => one.name.toLowerCase() === project.name.toLowerCase());
    return same === undefined || same.state === project.state
      ? []
      : [`project ${project.name} ${project.state} (${same.state} stays)`];
  });
}

const strictness: readonly WorkState[] = ['active', 'paused', 'ended'];

/** A pause that one of the two was told stands for both. */
function stricter(one: WorkState, other: WorkState): WorkState {
  return strictness.indexOf(one) > strictness.indexOf(other) ? one : other;
}

// ---- what is in the way --------------------------------------------------------------------------------------------------

function obstaclesOf(r: Reader, from: Client, into: Client): Obstacle[] {
  const both = [from, into];
  return [
    ...both.filter(({ id }) => isForgotten(r, id)).map(forgottenObstacle),
    ...both.flatMap((client) => letterObstacles(r, client)),
    ...exitObstacles(r, both),
    ...workObstacles(from, into),
    ...caseObstacles(r, from, into),
    ...invoiceObstacles(r, from, into),
  ];
}

function forgottenObstacle({ id }: Client): Obstacle {
  return { why: `client ${id} was erased on request`, next: 'Its invoices stay as they are, without a name.' };
}

/** A letter on its way, or in doubt, went to one of the two; the owner's own words are not thrown away. */
function letterObstacles(r: Reader, client: Client): Obstacle[] {
  return listLetters(r, { clientId: client.id, states: ['held', 'queued', 'sending', 'unsure'] }).flatMap((letter) => {
    const why = `letter ${letter.id} to ${client.name} is ${letter.state}`;
    if (letter.state === 'sending') return [{ why, next: 'It is on the wire at this moment: try again in a minute.' }];
    if (letter.state === 'unsure')
      return [{ why, next: `Say how it ended: paletti outbox resolve ${letter.id} --sent, or --not-sent` }];
    if (letter.kind === 'termination')
      return [
        {
          why: `letter ${letter.id}, which ends the work for ${client.name}, waits`,
          next: `Decide about it first: paletti outbox show ${letter.id}; to call the end off: paletti exit ${client.id} cancel`,
        },
      ];
    if (letter.edited)
      return [
        {
          why: `letter ${letter.id} to ${client.name} waits with your own words`,
          next: `Let it go, or drop it: paletti outbox approve ${letter.id}, or: paletti outbox drop ${letter.id}`,
        },
      ];
    return [];
  });
}

/** What the ladder wrote, or an answer to its money: the rest of what waits is looked at anew when it leaves. */
function waitingLetters(r: Reader, { from, into }: Merging) {
  return [from, into]
    .flatMap((clientId) => listLetters(r, { clientId, states: ['held', 'queued'] }))
    .filter((letter) => letter.caseId !== null);
}

function exitObstacles(r: Reader, both: readonly Client[]): Obstacle[] {
  const open = both.flatMap((client) => {
    const exit = openExitOf(r, client.id);
    return exit === undefined ? [] : [{ client, exit }];
  });
  const [first, second] = open;
  if (first !== undefined && second !== undefined)
    return [
      {
        why: `both have an exit under way (${first.client.name}: ${first.exit.notedState}, ${second.client.name}: ${second.exit.notedState})`,
        next: `Cancel one that has not been sent: paletti exit ${first.client.id} cancel, or: paletti exit ${second.client.id} cancel; or wait until one has ended.`,
      },
    ];
  return open
    .filter(({ exit }) => exit.approvedAt !== null && exit.sentAt === null)
    .map(({ client }) => ({
      why: `the end of the work for ${client.name} is approved, and its letter has not left`,
      next: `Take the approval back: paletti exit ${client.id} approve --undo`,
    }));
}

function workObstacles(from: Client, into: Client): Obstacle[] {
  if (from.workState === into.workState || ![from.workState, into.workState].includes('ended')) return [];
  const [ended, other] = from.workState === 'ended' ? [from, into] : [into, from];
  return [
    {
      why: `the work for ${ended.name} has ended, and for ${other.name} it is ${other.workState}`,
      next: `Say which it is: paletti clients edit ${ended.id} --work active`,
    },
  ];
}

function caseObstacles(r: Reader, from: Client, into: Client): Obstacle[] {
  return casePairs(r, { from: from.id, into: into.id })
    .filter(({ bothAsked }) => bothAsked)
    .map(({ currency }) => ({
      why: `both were asked for overdue money in ${currency} by letters, and which letter follows for the two together is not sure`,
      next: `Settle first what was asked of one of them: see paletti invoices list --state overdue --client ${from.id}, and --client ${into.id}`,
    }));
}

function invoiceObstacles(r: Reader, from: Client, into: Client): Obstacle[] {
  const standing = (client: Client) =>
    listInvoices(r, { clientId: client.id }).filter((invoice) => invoice.state !== 'void');
  const known = new Map(standing(into).map((one) => [invoiceKey(one.number, one.issuedOn), one]));
  return standing(from).flatMap((invoice) => {
    const same = known.get(invoiceKey(invoice.number, invoice.issuedOn));
    if (same === undefined) return [];
    const year = invoice.issuedOn.slice(0, 4);
    return [
      {
        why: `both have an invoice ${invoice.number} of ${year}`,
        next: `If it is one and the same: paletti invoices void ${invoice.number} --client ${from.id} --year ${year}; else give one its right number: paletti invoices edit`,
      },
    ];
  });
}
