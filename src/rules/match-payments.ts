/**
 * Which invoice a credit on the account pays. A wrong match is a letter wrongly sent or wrongly kept, so that only two
 * things are taken for certain: a text that names open invoices of one client with exactly their sum, and a payer whose
 * account was confirmed before with exactly one instalment that fits. Everything else that has a reason is a question
 * with its evidence; nothing is ever matched by sum, name or date alone, and no difference is written off.
 *
 * Pure: credits and the book of invoices in, a decision with its reasons out. Money is whole cents.
 */
import { indexNumbers, type Mention, namedNumbers, type NumberIndex } from './named-numbers.ts';
import type { LocalDay } from './time.ts';

/** An invoice as far as payments are concerned. */
export interface Payable {
  invoiceId: number;
  clientId: number;
  number: string;
  issuedOn: LocalDay;
  currency: string;
  /** nothing is open: paid, void or written off */
  closed: boolean;
  totalCents: number;
  /** open instalments, earliest first */
  open: readonly OpenInstalment[];
  /** withholding tax and split VAT as the invoice states them: the client keeps them back */
  withholdingCents: number;
  splitVatCents: number;
}

/** What is kept back of it is part of the open sum; absent: that of the whole, or none. */
export interface OpenInstalment {
  instalmentId: number;
  openCents: number;
  withholdingCents?: number;
  splitVatCents?: number;
}

export interface Payer {
  clientId: number;
  name: string;
}

/** A credit of the bank, booked. */
export interface Credit {
  amountCents: number;
  currency: string;
  /** what the payer wrote, references included */
  text: string;
  payerName: string | null;
  payerIban: string | null;
}

/** Whose account this is: learned from certain matches and a person's answers; several clients' is nobody's. */
export type IbanOwners = ReadonlyMap<string, number | 'nobody'>;

export type Evidence =
  | { code: 'names-invoice'; number: string }
  | { code: 'names-closed-invoice'; number: string }
  | { code: 'names-unknown-number'; written: string }
  | { code: 'sum-is-open'; cents: number }
  | { code: 'sum-less-withholding'; openCents: number; withholdingCents: number }
  | { code: 'sum-less-split-vat'; openCents: number; splitVatCents: number }
  | { code: 'sum-of-several'; count: number; cents: number }
  | { code: 'stamp-duty'; cents: number }
  | { code: 'withholding-not-stated'; openCents: number; cents: number }
  | { code: 'short-by'; cents: number }
  | { code: 'more-by'; cents: number }
  | { code: 'part-payment'; openCents: number }
  | { code: 'other-currency'; currency: string }
  | { code: 'account-of-client'; clientId: number }
  | { code: 'account-of-another-client'; clientId: number }
  | { code: 'name-of-client'; name: string }
  /** a payment entered by hand */
  | { code: 'on-record'; receivedOn: LocalDay }
  /** the same money as another file of the account has it */
  | { code: 'seen-in-another-file'; place: string }
  | { code: 'taken-back'; cents: number; bookedOn: LocalDay; by: string | null };

export interface Allocation {
  invoiceId: number;
  /** of this credit, for this invoice; what is withheld by law is not part of it */
  cents: number;
}

export interface Choice {
  clientId: number;
  allocations: Allocation[];
  evidence: Evidence[];
}

export type Match =
  | { kind: 'certain'; choice: Choice }
  /** `concerns` are the clients whose letters wait for the answer */
  | { kind: 'question'; choices: Choice[]; concerns: number[]; evidence: Evidence[] }
  | { kind: 'unrelated' };

export interface PaymentBook {
  payables: readonly Payable[];
  payers: readonly Payer[];
  ibans: IbanOwners;
  index: NumberIndex<Payable>;
  byClient: ReadonlyMap<number, readonly Payable[]>;
  names: readonly { payer: Payer; words: readonly string[] }[];
}

const mostChoices = 5;
const stampDuty = 200;
/** What banks on the way keep of a foreign transfer. */
const bankCharges = 1500;

export function paymentBook(payables: readonly Payable[], payers: readonly Payer[], ibans: IbanOwners): PaymentBook {
  const byClient = new Map<number, Payable[]>();
  for (const payable of payables) byClient.set(payable.clientId, [...(byClient.get(payable.clientId) ?? []), payable]);
  const names = payers.map((payer) => ({ payer, words: nameWords(payer.name) }));
  return { payables, payers, ibans, index: indexNumbers(payables), byClient, names };
}

/** @param credit booked and positive; debits, pending and balance rows are not asked about */
export function matchPayment(credit: Credit, book: PaymentBook): Match {
  const mentions = namedNumbers(credit.text, book.index);
  const owner = credit.payerIban === null ? undefined : book.ibans.get(credit.payerIban);
  const certain =
    byNumber(credit, mentions, owner) ?? (mentions.length === 0 ? byAccount(credit, owner, book) : undefined);
  return certain === undefined ? question(credit, mentions, owner, book) : { kind: 'certain', choice: certain };
}

/** Rule (a): every number named is an open invoice of one client, and the sum is exactly what is expected of them. */
function byNumber(
  credit: Credit,
  mentions: readonly Mention<Payable>[],
  owner: number | 'nobody' | undefined,
): Choice | undefined {
  const named = mentions.map((mention) => meant(mention, credit));
  if (named.length === 0 || named.some((payable) => payable === undefined || payable.closed)) return undefined;
  const payables = [...new Set(named as Payable[])];
  const [first] = payables as [Payable];
  if (payables.some((payable) => payable.clientId !== first.clientId || payable.currency !== credit.currency))
    return undefined;
  if (typeof owner === 'number' && owner !== first.clientId) return undefined;
  const sums = exactSums(payables, credit.amountCents);
  return sums === undefined
    ? undefined
    : choiceOf(
        first.clientId,
        sums,
        payables.map((payable) => ({ code: 'names-invoice', number: payable.number })),
      );
}

/** One of several years: the open one, when the others are closed and this is not their sum. */
function meant(mention: Mention<Payable>, credit: Credit): Payable | undefined {
  if (mention.invoices.length <= 1) return mention.invoices[0];
  const open = mention.invoices.filter((payable) => !payable.closed);
  const [only] = open;
  if (open.length !== 1 || only === undefined) return undefined;
  const closedFits = mention.invoices.some(
    (payable) => payable.closed && (payable.totalCents === credit.amountCents || payable.clientId !== only.clientId),
  );
  return closedFits ? undefined : only;
}

/** Rule (b): no number, a payer known for sure, and exactly one instalment of his that fits exactly, and no pair. */
function byAccount(credit: Credit, owner: number | 'nobody' | undefined, book: PaymentBook): Choice | undefined {
  if (typeof owner !== 'number') return undefined;
  const open = (book.byClient.get(owner) ?? []).filter(
    (payable) => !payable.closed && payable.currency === credit.currency,
  );
  const fits = open.flatMap((payable) => {
    const sums = exactSums([payable], credit.amountCents);
    return sums === undefined ? [] : [sums];
  });
  const several =
    open.flatMap((payable) => payable.open).filter((each) => each.openCents === credit.amountCents).length > 1;
  const [only] = fits;
  if (
    fits.length !== 1 ||
    only === undefined ||
    several ||
    pairs(open).some((pair) => exactSums(pair, credit.amountCents) !== undefined)
  )
    return undefined;
  return choiceOf(owner, only, [{ code: 'account-of-client', clientId: owner }]);
}

interface Part {
  payable: Payable;
  cents: number;
  evidence: Evidence;
}

/** What may be expected for one invoice: the whole rest or the next instalment, less what the client keeps by law. */
function expected(payable: Payable): Part[] {
  const { withholdingCents, splitVatCents } = payable;
  const rest = { openCents: restOf(payable), withholdingCents, splitVatCents };
  const [first] = payable.open;
  const parts = [rest, ...(first === undefined || first.openCents === rest.openCents ? [] : [{ ...rest, ...first }])];
  return parts.filter((part) => part.openCents > 0).flatMap((part) => lessKept(payable, part));
}

function restOf(payable: Payable): number {
  return payable.open.reduce((sum, each) => sum + each.openCents, 0);
}

function lessKept(payable: Payable, part: Required<Omit<OpenInstalment, 'instalmentId'>>): Part[] {
  const { openCents, withholdingCents, splitVatCents } = part;
  const all: Part[] = [{ payable, cents: openCents, evidence: { code: 'sum-is-open', cents: openCents } }];
  const less = (open: number) => {
    const evidence: Evidence = { code: 'sum-less-withholding', openCents: open, withholdingCents };
    all.push({ payable, cents: open - withholdingCents, evidence });
  };
  if (withholdingCents > 0) less(openCents);
  if (splitVatCents > 0) {
    const cents = openCents - splitVatCents;
    all.push({ payable, cents, evidence: { code: 'sum-less-split-vat', openCents, splitVatCents } });
    if (withholdingCents > 0) less(cents);
  }
  return all.filter((each) => each.cents > 0);
}

/** One expected sum of each invoice that together are exactly this; undefined when none are, or it is too much to try. */
function exactSums(payables: readonly Payable[], cents: number): Part[] | undefined {
  if (payables.length > 6) return undefined;
  const [first, ...others] = payables;
  if (first === undefined) return cents === 0 ? [] : undefined;
  for (const part of expected(first)) {
    const rest = part.cents > cents ? undefined : exactSums(others, cents - part.cents);
    if (rest !== undefined) return [part, ...rest];
  }
  return undefined;
}

function choiceOf(clientId: number, parts: readonly Part[], evidence: readonly Evidence[]): Choice {
  return {
    clientId,
    allocations: parts.map((part) => ({ invoiceId: part.payable.invoiceId, cents: part.cents })),
    evidence: [...evidence, ...parts.map((part) => part.evidence)],
  };
}

function pairs(payables: readonly Payable[]): [Payable, Payable][] {
  const few = payables.slice(0, 20);
  return few.flatMap((one, at) => few.slice(at + 1).map((other): [Payable, Payable] => [one, other]));
}

/** Everything that has a reason, the best first; a credit without one is none of the invoices' business. */
function question(
  credit: Credit,
  mentions: readonly Mention<Payable>[],
  owner: number | 'nobody' | undefined,
  book: PaymentBook,
): Match {
  const candidates = candidatesOf(credit, mentions, owner, book);
  const unknown: Evidence[] = mentions
    .filter((mention) => mention.invoices.length === 0)
    .map(({ written }) => ({ code: 'names-unknown-number', written }));
  const choices = candidates.flatMap((candidate) => choicesOf(credit, candidate));
  if (choices.length === 0 && !(unknown.length > 0 && typeof owner === 'number')) return { kind: 'unrelated' };
  const best = distinct(choices).slice(0, mostChoices);
  const concerns = [
    ...new Set([...best.map((choice) => choice.clientId), ...(typeof owner === 'number' ? [owner] : [])]),
  ];
  return { kind: 'question', choices: best, concerns, evidence: unknown };
}

interface Candidate {
  clientId: number;
  payables: readonly Payable[];
  named: readonly Payable[];
  evidence: Evidence[];
  /** more than a name that resembles: then a part or another sum is worth a question as well */
  strong: boolean;
}

function candidatesOf(
  credit: Credit,
  mentions: readonly Mention<Payable>[],
  owner: number | 'nobody' | undefined,
  book: PaymentBook,
): Candidate[] {
  const named = mentions.flatMap((mention) => mention.invoices);
  const clients = new Map<number, Candidate>();
  const of = (clientId: number, strong: boolean): Candidate => {
    const known = clients.get(clientId);
    const candidate = known ?? {
      clientId,
      payables: book.byClient.get(clientId) ?? [],
      named: named.filter((payable) => payable.clientId === clientId),
      evidence: [],
      strong,
    };
    clients.set(clientId, candidate);
    return candidate;
  };
  for (const payable of new Set(named))
    of(payable.clientId, true).evidence.push(
      payable.closed
        ? { code: 'names-closed-invoice', number: payable.number }
        : { code: 'names-invoice', number: payable.number },
    );
  if (typeof owner === 'number') of(owner, true).evidence.push({ code: 'account-of-client', clientId: owner });
  for (const payer of resembling(credit, book))
    of(payer.clientId, false).evidence.push({ code: 'name-of-client', name: payer.name });
  return [...clients.values()];
}

function choicesOf(credit: Credit, candidate: Candidate): Choice[] {
  const open = candidate.payables.filter((payable) => !payable.closed);
  const named = candidate.named.filter((payable) => !payable.closed);
  const same = (list: readonly Payable[]) => list.filter((payable) => payable.currency === credit.currency);
  const groups = [
    ...(named.length > 1 ? [same(named)] : []),
    ...same(named).map((each) => [each]),
    ...same(open).map((each) => [each]),
    ...pairs(same(open)),
  ];
  const exact = groups.flatMap((group) => {
    const sums = exactSums(group, credit.amountCents);
    if (sums === undefined) return [];
    const several: Evidence[] =
      group.length > 1 ? [{ code: 'sum-of-several', count: group.length, cents: credit.amountCents }] : [];
    return [choiceOf(candidate.clientId, sums, [...candidate.evidence, ...several])];
  });
  const near = (named.length > 0 ? same(named) : candidate.strong ? same(open) : []).flatMap((payable) =>
    nearby(credit, payable, candidate),
  );
  return [...exact, ...near, ...closedChoice(credit, candidate), ...foreign(credit, candidate, named)];
}

/** A sum that is not the expected one, with the difference said: stamp duty, tax not stated, charges, part, surplus. */
function nearby(credit: Credit, payable: Payable, candidate: Candidate): Choice[] {
  const rest = restOf(payable) - payable.withholdingCents - payable.splitVatCents;
  const difference = rest - credit.amountCents;
  if (rest <= 0 || difference === 0) return [];
  const why = nearEvidence(rest, difference, credit.amountCents, payable);
  const allocation = { invoiceId: payable.invoiceId, cents: credit.amountCents };
  return [{ clientId: candidate.clientId, allocations: [allocation], evidence: [...candidate.evidence, why] }];
}

function nearEvidence(openCents: number, difference: number, cents: number, payable: Payable): Evidence {
  if (Math.abs(difference) === stampDuty) return { code: 'stamp-duty', cents: stampDuty };
  // 20 % of the fee, which is the sum without its 22 % of VAT: what Italian clients withhold from professionals.
  const fee = Math.round((openCents * 100) / 122);
  if (
    payable.withholdingCents === 0 &&
    [Math.round(fee / 5), Math.round(openCents / 5)].some((tax) => Math.abs(tax - difference) <= 1)
  )
    return { code: 'withholding-not-stated', openCents, cents };
  if (difference < 0) return { code: 'more-by', cents: -difference };
  return difference <= bankCharges ? { code: 'short-by', cents: difference } : { code: 'part-payment', openCents };
}

/** A closed invoice that is named or whose sum comes again from its payer: paid twice, or paid after all. */
function closedChoice(credit: Credit, candidate: Candidate): Choice[] {
  const closed = candidate.named.filter((payable) => payable.closed);
  return closed.map((payable) => ({
    clientId: candidate.clientId,
    allocations: [{ invoiceId: payable.invoiceId, cents: credit.amountCents }],
    evidence: candidate.evidence,
  }));
}

function foreign(credit: Credit, candidate: Candidate, named: readonly Payable[]): Choice[] {
  return named
    .filter((payable) => payable.currency !== credit.currency)
    .map((payable) => ({
      clientId: candidate.clientId,
      allocations: [{ invoiceId: payable.invoiceId, cents: 0 }],
      evidence: [...candidate.evidence, { code: 'other-currency' as const, currency: credit.currency }],
    }));
}

function distinct(choices: readonly Choice[]): Choice[] {
  const seen = new Set<string>();
  return choices.filter((choice) => {
    const key = choice.allocations
      .map((each) => each.invoiceId)
      .toSorted((a, b) => a - b)
      .join(',');
    return seen.has(key) ? false : seen.add(key);
  });
}

const legalForms = new Set(
  'srl srls spa snc sas ss sapa soc coop scarl ltd llp llc inc gmbh ag kg ug co company sl sa sarl sas bv nv di e and the studio ditta dott dr avv ing arch signor signora mr mrs ms herr frau'.split(
    ' ',
  ),
);

function nameWords(name: string): string[] {
  const words =
    name
      .normalize('NFD')
      .replaceAll(/[\u0300-\u036f.]/g, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  return words.filter((word) => !legalForms.has(word) && word.length > 1);
}

/** Clients all of whose name's own words stand in the payer's name or text. */
export function resembling(credit: Credit, book: PaymentBook): Payer[] {
  const words = new Set(nameWords(`${credit.payerName ?? ''} ${credit.text}`));
  return book.names
    .filter((each) => each.words.length > 0 && each.words.every((word) => words.has(word)))
    .map((each) => each.payer);
}

/** Payment services and banks' own accounts pay for everybody: an account of theirs is nobody's. */
const services =
  /\b(?:paypal|stripe|wise|transferwise|sumup|revolut|nexi|satispay|klarna|adyen|mollie|square|payoneer|gocardless|scalapay|axerve)\b/i;

/** Whether a certain match or a person's answer teaches whose account it is. */
export function teachesAccount(credit: Credit, owner: number | 'nobody' | undefined): boolean {
  return credit.payerIban !== null && owner === undefined && !services.test(`${credit.payerName ?? ''}`);
}
