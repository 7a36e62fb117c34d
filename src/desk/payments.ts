/**
 * What comes of bank files: lines are read once, certain ones become payments, the rest is asked about, and letters to
 * all whom a question may concern wait for its answer. Answers, links, undoing and ignoring by the owner. Each act is one
 * transaction with its lines in the journal; previewed by doing it and taking it back.
 */
import { AppError } from '../errors.ts';
import { type BankLine, creditOf, type LineChoice, placeOf } from '../rules/bank-line.ts';
import { type Invoice, openCents } from '../rules/invoice.ts';
import { type Evidence, teachesAccount } from '../rules/match-payments.ts';
import type { LocalDay } from '../rules/time.ts';
import { count, sumInWords } from '../rules/words.ts';
import {
  addConcerned,
  confirmAccount,
  lineById,
  listLines,
  moveLine,
  setConcerned,
  unconfirmAccounts,
} from '../store/bank-lines.ts';
import { clientName } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
import { invoiceById, recordPayment, reversePayment } from '../store/invoices.ts';
import { note } from '../store/journal.ts';
import { paymentsOfLine, proveByLine, unprove } from '../store/line-payments.ts';
import { decideLine } from './books/decide-line.ts';
import { noteInvoice, paymentFacts, type PaymentFacts } from './books/payment-facts.ts';
import { type InvoiceName, named, refuseSeenBefore } from './invoices.ts';
import { act, type DeskParts } from './parts.ts';
import { asWritten, type Reason } from '../rules/reason.ts';
import type { LineReason } from '../rules/banked.ts';

// ---- matching ---------------------------------------------------------------------------------------------------------------

/**
 * Decides the lines that were not looked at, and looks again at questions and at what no invoice was behind: an invoice
 * may have been recorded since. What the owner decided stays.
 * @param own the owner's accounts
 * @param since unrelated lines booked before that day are left alone
 * @returns the lines that changed, as they are now
 */
export function matchLines(w: Writer, own: readonly string[], since: LocalDay): BankLine[] {
  const waiting = listLines(w, { states: ['new', 'question'] }).filter((line) => line.decidedBy === 'rule');
  const unrelated = listLines(w, { states: ['unrelated'], bookedFrom: since });
  const lines = [...waiting, ...unrelated].toSorted(
    (a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0) || takeBackLast(a, b) || a.id - b.id,
  );
  if (lines.length === 0) return [];
  const facts = paymentFacts(w);
  return lines.flatMap((line) => (settleLine(w, facts, line, own) ? [lineById(w, line.id) as BankLine] : []));
}

/** On one day money comes before it is taken back. */
function takeBackLast(a: BankLine, b: BankLine): number {
  return Number(a.amountCents < 0) - Number(b.amountCents < 0);
}

/** @returns whether it is another than before */
function settleLine(w: Writer, facts: PaymentFacts, line: BankLine, own: readonly string[]): boolean {
  const decision = decideLine(w, facts, line, own);
  switch (decision.kind) {
    case 'certain':
      takeChoice(w, facts, line, decision.choice, {
        by: 'rule',
        why: byEvidence(line, decision.choice.evidence, facts.names),
      });
      return true;
    case 'question': {
      const why = questionReason(line, decision.evidence, facts.names);
      const isSame = line.state === 'question' && JSON.stringify(line.choices) === JSON.stringify(decision.choices);
      if (!isSame) ask(w, line, decision.choices, decision.concerns, why);
      return !isSame;
    }
    default:
      if (line.state === decision.kind) return false;
      if (line.state === 'question') setConcerned(w, line.id, [], { code: 'question-gone' });
      moveLine(w, line, { state: decision.kind, why: decision.why });
      return true;
  }
}

function byEvidence(
  { currency }: BankLine,
  evidence: readonly Evidence[],
  names: ReadonlyMap<number, string>,
): LineReason {
  const ids = evidence.flatMap((each) => ('clientId' in each ? [each.clientId] : []));
  const known = ids.flatMap((id) => (names.has(id) ? [[id, names.get(id) as string] as const] : []));
  return { code: 'by-evidence', evidence, currency, names: Object.fromEntries(known) };
}

function questionReason(line: BankLine, evidence: readonly Evidence[], names: ReadonlyMap<number, string>): LineReason {
  if (line.amountCents < 0) return { code: 'which-taken-back' };
  return evidence.length === 0 ? { code: 'what-it-pays' } : byEvidence(line, evidence, names);
}

function ofLine({ id, amountCents, currency, bookedOn }: BankLine): Reason {
  return { code: 'bank-payment', sum: { cents: Math.abs(amountCents), currency }, day: bookedOn, lineId: id };
}

function ask(w: Writer, line: BankLine, choices: LineChoice[], concerns: readonly number[], why: LineReason): void {
  moveLine(w, line, { state: 'question', why, choices });
  const clients = concerns.filter((id) => id > 0);
  setConcerned(w, line.id, clients, { code: 'question-of-others' });
  for (const clientId of clients) addConcerned(w, line.id, clientId, ofLine(line));
  if (line.state !== 'new') return;
  for (const clientId of clients)
    note(w, {
      kind: 'payment-asked',
      subject: `bank-line/${line.id}`,
      clientId,
      why: { code: 'line-asked', because: why, place: placeOf(line) },
      data: { booked: line.bookedOn, sum: sumInWords(line.amountCents, line.currency) },
    });
}

// ---- carrying it out --------------------------------------------------------------------------------------------------------

interface By {
  by: 'rule' | 'owner';
  why: Reason;
}

function takeChoice(w: Writer, facts: PaymentFacts | null, line: BankLine, choice: LineChoice, how: By): void {
  setConcerned(w, line.id, [], { code: 'question-answered' });
  if (choice.kind === 'takes-back') return takeBack(w, facts, line, choice, how);
  moveLine(w, line, { state: 'matched', ...how });
  if (choice.kind === 'recorded') {
    for (const id of choice.paymentIds) proveByLine(w, id, line.id);
    for (const { invoiceId } of paymentsOfLine(w, line.id)) changed(w, facts, invoiceId);
    noteLine(w, line, choice.clientId, 'payment-proved', { code: 'seen-on-account', because: how.why });
  } else for (const { invoiceId, cents } of choice.allocations) pay(w, facts, line, { invoiceId, cents }, how);
  learn(w, facts, line, choice, how.by);
}

function pay(
  w: Writer,
  facts: PaymentFacts | null,
  line: BankLine,
  { invoiceId, cents }: { invoiceId: number; cents: number },
  how: By,
): void {
  const before = invoiceById(w, invoiceId) as Invoice;
  // money of another currency is taken for all that is open
  const amountCents = cents > 0 ? cents : openCents(before);
  const reference = `${line.text.slice(0, 100)} [${placeOf(line)}]`.trim();
  const invoice = recordPayment(w, invoiceId, { amountCents, receivedOn: line.bookedOn, reference, lineId: line.id });
  if (facts !== null) noteInvoice(facts, invoice);
  const { currency } = invoice;
  const open = { cents: openCents(invoice), currency };
  note(w, {
    kind: 'payment-recorded',
    subject: `invoice/${invoiceId}`,
    clientId: invoice.clientId,
    why: { code: 'money-received', sum: { cents: amountCents, currency }, day: line.bookedOn, open },
    data: {
      number: invoice.number,
      line: line.id,
      place: placeOf(line),
      account: line.account,
      decidedBy: how.by,
      evidence: how.why,
    },
  });
}

function changed(w: Writer, facts: PaymentFacts | null, invoiceId: number): void {
  if (facts !== null) noteInvoice(facts, invoiceById(w, invoiceId) as Invoice);
}

/** From what is certain by a number, or was said by the owner: what an account taught once proves nothing new. */
function learn(w: Writer, facts: PaymentFacts | null, line: BankLine, choice: LineChoice, by: 'rule' | 'owner'): void {
  const isProof = by === 'owner' || choice.evidence.some(({ code }) => code === 'names-invoice');
  if (line.payerIban === null || !isProof || !teachesAccount(creditOf(line), undefined)) return;
  confirmAccount(w, line.payerIban, choice.clientId, line.id);
  if (facts === null) return;
  const known = facts.ibans.get(line.payerIban);
  facts.ibans.set(line.payerIban, known === undefined || known === choice.clientId ? choice.clientId : 'nobody');
}

function takeBack(
  w: Writer,
  facts: PaymentFacts | null,
  line: BankLine,
  choice: Extract<LineChoice, { kind: 'takes-back' }>,
  how: By,
): void {
  const credit = choice.lineId === null ? undefined : lineById(w, choice.lineId);
  moveLine(w, line, { state: 'takes-back', ...how, pairId: choice.lineId });
  if (credit !== undefined) {
    setConcerned(w, credit.id, [], { code: 'bank-took-back', day: line.bookedOn, place: null });
    const why: Reason = { code: 'bank-took-back', day: line.bookedOn, place: placeOf(line) };
    moveLine(w, credit, { state: 'reversed', why, by: how.by, pairId: line.id });
  }
  const payments = credit === undefined ? [] : paymentsOfLine(w, credit.id);
  const ids = new Set([...choice.paymentIds, ...payments.map(({ id }) => id)]);
  const why: Reason = { code: 'bank-took-back', day: line.bookedOn, place: null };
  for (const id of ids) reverse(w, facts, id, why, { line, evidence: how.why });
}

function reverse(
  w: Writer,
  facts: PaymentFacts | null,
  paymentId: number,
  why: Reason,
  proof: { line: BankLine; evidence: Reason | null },
): void {
  const invoice = reversePayment(w, paymentId);
  if (facts !== null) noteInvoice(facts, invoice);
  note(w, {
    kind: 'payment-reversed',
    subject: `invoice/${invoice.id}`,
    clientId: invoice.clientId,
    why,
    data: {
      number: invoice.number,
      payment: paymentId,
      line: proof.line.id,
      place: placeOf(proof.line),
      evidence: proof.evidence,
    },
  });
}

function noteLine(w: Writer, line: BankLine, clientId: number | undefined, kind: string, why: Reason): void {
  const data = { sum: sumInWords(line.amountCents, line.currency), booked: line.bookedOn, place: placeOf(line) };
  note(w, { kind, subject: `bank-line/${line.id}`, clientId, why, data });
}

// ---- by the owner -----------------------------------------------------------------------------------------------------------

function mustBe(r: Reader, id: number): BankLine {
  const line = lineById(r, id);
  if (line !== undefined) return line;
  throw new AppError('not-found', { code: 'no-payment', id });
}

/**
 * @param choice from 1, as the question shows them; 'none': it pays no invoice of these
 * @throws AppError 'conflict' when nothing is asked of it, 'usage' for a choice that it does not have
 */
export function answerLine(desk: DeskParts, id: number, choice: number | 'none'): BankLine {
  return act(desk, (w) => {
    const line = mustBe(w, id);
    if (line.state !== 'question') throw notAsked(line);
    if (choice === 'none') return putAside(w, line, { code: 'none-of-choices' });
    const chosen = line.choices[choice - 1];
    if (chosen === undefined)
      throw new AppError('usage', `payment ${id} has ${count(line.choices.length, 'choice')}`, {
        next: `See: paletti payments questions; or name the invoice: paletti payments link ${id} NUMBER`,
      });
    const names = new Map([[chosen.clientId, clientName(w, chosen.clientId) ?? '']]);
    const because = byEvidence(line, chosen.evidence, names);
    takeChoice(w, null, line, chosen, { by: 'owner', why: { code: 'you-said-pays', because } });
    return mustBe(w, id);
  });
}

function notAsked(line: BankLine): AppError {
  return new AppError('conflict', `nothing is asked of payment ${line.id}: it is ${line.state}`, {
    next: line.state === 'matched' ? `To take that back: paletti payments undo ${line.id}` : 'See: paletti payments',
  });
}

/** What the owner says it pays: all of its sum, or a sum for each invoice. */
export interface Link extends InvoiceName {
  /** null: all of it, of one invoice; of several what is open of each */
  cents: number | null;
}

/**
 * @param again it is beside a payment of that sum which was entered by hand
 * @throws AppError 'conflict' for a line that is matched already, or whose payment may be on record by hand; 'bad-input'
 *   when the sums are not those of the line
 */
export function linkLine(desk: DeskParts, id: number, links: readonly Link[], again = false): BankLine {
  return act(desk, (w) => {
    const line = mustBe(w, id);
    if (line.amountCents < 0) throw new AppError('conflict', `payment ${id} is money that went out`, { next: '' });
    const invoices = links.map((link) => named(w, link, (invoice) => invoice.state === 'open'));
    const allocations = invoices.map((invoice, at) => ({
      invoiceId: invoice.id,
      cents: links[at]?.cents ?? (links.length === 1 ? line.amountCents : openCents(invoice)),
    }));
    const sum = allocations.reduce((all, { cents }) => all + cents, 0);
    if (invoices.some((invoice) => invoice.currency === line.currency) && sum !== line.amountCents)
      throw new AppError(
        'bad-input',
        `${sumInWords(sum, line.currency)} are not ${sumInWords(line.amountCents, line.currency)}`,
        {
          next: 'Say how much is for each: paletti payments link ID NUMBER=SUM NUMBER=SUM',
        },
      );
    if (!again)
      for (const [at, { cents }] of allocations.entries()) {
        const invoice = invoices[at] as Invoice;
        const entered = { amountCents: cents, receivedOn: line.bookedOn, reference: null, byLine: true };
        refuseSeenBefore(w, invoice, { ...entered, isAllOpen: cents === openCents(invoice) });
      }
    const clientId = (invoices[0] as Invoice).clientId;
    takeChoice(
      w,
      null,
      line,
      { kind: 'pays', clientId, allocations, evidence: [] },
      { by: 'owner', why: { code: 'you-said-pays', because: null } },
    );
    return mustBe(w, id);
  });
}

/** It is asked about again; what it recorded is taken back, what was on record before stays. */
export function undoLine(desk: DeskParts, id: number, own: readonly string[]): BankLine {
  return act(desk, (w) => {
    const line = mustBe(w, id);
    if (line.state !== 'matched' && line.state !== 'ignored' && line.state !== 'takes-back')
      throw new AppError('conflict', `payment ${id} is ${line.state}: there is nothing to undo`, {
        next: 'See: paletti payments',
      });
    const payments = paymentsOfLine(w, id);
    unprove(w, id);
    for (const payment of payments.filter((one) => !one.wasThere))
      reverse(w, null, payment.id, { code: 'you-undid-match' }, { line, evidence: line.why });
    unconfirmAccounts(w, id);
    if (line.state === 'takes-back') restoreTaken(w, line);
    noteLine(w, line, payments[0]?.clientId, 'payment-undone', { code: 'you-undid' });
    askAgain(
      w,
      mustBe(w, id),
      own,
      payments.map(({ clientId }) => clientId),
    );
    return mustBe(w, id);
  });
}

/** The bank took something else back: the line of which it was said is asked about anew. */
function restoreTaken(w: Writer, line: BankLine): void {
  const credit = line.pairId === null ? undefined : lineById(w, line.pairId);
  if (credit?.state === 'reversed') askAgain(w, credit, [], []);
}

/** Whatever the rules say now: the owner has said that she decides. */
function askAgain(w: Writer, line: BankLine, own: readonly string[], clients: readonly number[]): void {
  const decision = decideLine(w, paymentFacts(w), line, own);
  const choices =
    decision.kind === 'certain' ? [decision.choice] : decision.kind === 'question' ? decision.choices : [];
  const concerns = [...new Set([...choices.map((choice) => choice.clientId), ...clients])].filter((id) => id > 0);
  moveLine(w, line, {
    state: 'question',
    why: { code: 'yours-to-say' },
    choices,
    by: 'owner',
  });
  for (const clientId of concerns) addConcerned(w, line.id, clientId, ofLine(line));
}

/** It pays no invoice. */
export function ignoreLine(desk: DeskParts, id: number, reason: string): BankLine {
  return act(desk, (w) => {
    const line = mustBe(w, id);
    if (line.state === 'matched') throw new AppError('conflict', { code: 'payment-matched', id });
    return putAside(w, line, asWritten(reason));
  });
}

function putAside(w: Writer, line: BankLine, why: Reason): BankLine {
  setConcerned(w, line.id, [], { code: 'pays-no-invoice' });
  moveLine(w, line, { state: 'ignored', why, by: 'owner' });
  noteLine(w, line, undefined, 'payment-ignored', why);
  return mustBe(w, line.id);
}
