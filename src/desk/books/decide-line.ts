/** What a line of the bank is, by the rules and what is on record: reads only, and changes nothing. */
import { type BankLine, creditOf, type LineChoice, placeOf } from '../../rules/bank-line.ts';
import { type Evidence, matchPayment, resembling } from '../../rules/match-payments.ts';
import { namedNumbers } from '../../rules/named-numbers.ts';
import { recordedPayment } from '../../rules/recorded-payment.ts';
import { takenBackSince, takesBack, whatIsTakenBack } from '../../rules/take-back.ts';
import { addDays } from '../../rules/time.ts';
import { linesOfSum, listTwins } from '../../store/bank-lines.ts';
import type { Reader } from '../../store/database.ts';
import type { LineReason } from '../../rules/banked.ts';
import { paymentsOfLine } from '../../store/line-payments.ts';
import type { PaymentFacts } from './payment-facts.ts';

export type LineDecision =
  | { kind: 'certain'; choice: LineChoice }
  /** `concerns` are the clients whose letters wait for the answer */
  | { kind: 'question'; choices: LineChoice[]; concerns: number[]; evidence: Evidence[] }
  | { kind: 'unrelated'; why: LineReason }
  | { kind: 'not-a-payment'; why: LineReason };

const mostChoices = 5;

/** @param own the owner's accounts: money between them pays nobody */
export function decideLine(r: Reader, facts: PaymentFacts, line: BankLine, own: readonly string[]): LineDecision {
  if (takesBack(line)) return decideTakeBack(r, line);
  if (line.amountCents < 0) return { kind: 'not-a-payment', why: { code: 'money-out' } };
  if (line.reversal) return { kind: 'not-a-payment', why: { code: 'own-money-back' } };
  if (line.payerIban !== null && own.includes(line.payerIban))
    return { kind: 'not-a-payment', why: { code: 'own-account' } };
  return decideCredit(r, facts, line);
}

function decideCredit(r: Reader, facts: PaymentFacts, line: BankLine): LineDecision {
  const credit = creditOf(line);
  const { book, ibans, unproved } = facts;
  const mentions = namedNumbers(credit.text, book.index);
  const owner = credit.payerIban === null ? undefined : ibans.get(credit.payerIban);
  const known = recordedPayment(
    { ...credit, bookedOn: line.bookedOn },
    {
      unproved: unproved.size === 0 ? [] : [...unproved.values()],
      mentions,
      owner,
      resembling: unproved.size === 0 ? [] : resembling(credit, book).map((payer) => payer.clientId),
    },
  );
  if (known?.certain === true) return { kind: 'certain', choice: { kind: 'recorded', ...known.recorded } };
  const match = matchPayment(credit, book);
  const recorded: LineChoice[] = known === undefined ? [] : [{ kind: 'recorded', ...known.recorded }];
  if (match.kind === 'certain') {
    const twins = recorded.length > 0 ? recorded : twinsOf(r, line);
    const choice: LineChoice = { kind: 'pays', ...match.choice };
    return twins.length === 0 ? { kind: 'certain', choice } : asked([...twins, choice], []);
  }
  if (match.kind === 'unrelated' && recorded.length === 0) return { kind: 'unrelated', why: { code: 'nobody-behind' } };
  const choices = match.kind === 'question' ? match.choices.map((one): LineChoice => ({ kind: 'pays', ...one })) : [];
  const more = match.kind === 'question' ? match : { concerns: [], evidence: [] };
  return asked([...recorded, ...choices], more.evidence, more.concerns);
}

function asked(choices: LineChoice[], evidence: Evidence[], concerns: readonly number[] = []): LineDecision {
  const few = choices.slice(0, mostChoices);
  const all = [...new Set([...few.map((choice) => choice.clientId), ...concerns])];
  return { kind: 'question', choices: few, concerns: all, evidence };
}

/** Banks give a movement another day in another kind of file: within so many days it may be the same. */
const twinDays = 5;

/** The same money as a file of another kind has it, and as it was matched there. */
function twinsOf(r: Reader, line: BankLine): LineChoice[] {
  const around = { from: addDays(line.bookedOn, -twinDays), to: addDays(line.bookedOn, twinDays) };
  return listTwins(r, line, around).flatMap((twin): LineChoice[] => {
    const payments = paymentsOfLine(r, twin.id);
    const [first] = payments;
    if (first === undefined) return [];
    const evidence: Evidence[] = [{ code: 'seen-in-another-file', place: placeOf(twin) }];
    return [{ kind: 'recorded', clientId: first.clientId, paymentIds: payments.map(({ id }) => id), evidence }];
  });
}

function decideTakeBack(r: Reader, line: BankLine): LineDecision {
  const found = whatIsTakenBack(line, linesOfSum(r, line, takenBackSince(line)));
  if (found.kind === 'none') return { kind: 'not-a-payment', why: { code: 'takes-back-unknown' } };
  const lines = found.kind === 'certain' ? [found.line] : found.lines;
  const by = found.kind === 'certain' ? found.why : null;
  const choices = lines.map((credit) => takeBackChoice(r, credit, by));
  const [only] = choices;
  if (found.kind === 'certain' && only !== undefined) return { kind: 'certain', choice: only };
  return asked(choices, [], []);
}

function takeBackChoice(r: Reader, credit: BankLine, by: string | null): LineChoice {
  const payments = paymentsOfLine(r, credit.id);
  return {
    kind: 'takes-back',
    clientId: payments[0]?.clientId ?? credit.choices[0]?.clientId ?? 0,
    lineId: credit.id,
    paymentIds: payments.map(({ id }) => id),
    evidence: [{ code: 'taken-back', cents: credit.amountCents, bookedOn: credit.bookedOn, by }],
  };
}
