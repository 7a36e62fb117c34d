/**
 * From an exit to its letter: the one reason in the reader's words, the day or the milestone, who could take over and
 * what is handed over. Decides neither whether the letter is due nor when it leaves.
 */
import type { Terms, WorkState } from '../rules/client.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import type { Language } from '../rules/language.ts';
import { type Exit, type ExitReason, noticeEndsOn } from '../rules/exit.ts';
import type { Debt } from '../rules/invoice.ts';
import type { LetterKind } from '../rules/letter.ts';
import { workingDayFrom } from '../rules/pay-by.ts';
import { addDays, type LocalDay } from '../rules/time.ts';
import { letterLanguages } from './languages/index.ts';
import type { Letters } from './library.ts';
import { type ClientFacts, type DunningFacts, type OwnerFacts, writeDunning, type Written } from './write.ts';

const moneyLetters: readonly LetterKind[] = ['payment-reminder', 'pause-notice', 'work-paused', 'final-demand'];

/** Letters that came before on the same matter: the others would make a list of grievances of it. */
const onTheMatter: Partial<Record<ExitReason, readonly LetterKind[]>> = {
  'late-payment': moneyLetters,
  'non-payment': moneyLetters,
  silence: ['delays'],
  control: ['boundary-decisions'],
  price: ['boundary-price'],
  refusal: ['boundary-contract'],
  'contact-hours': ['boundary-hours'],
  scope: ['boundary-scope', 'boundary-decisions'],
  'no-contract': ['boundary-contract'],
};

export type TerminationFacts = Pick<
  DunningFacts,
  | 'noticeOn'
  | 'milestone'
  | 'reason'
  | 'justCause'
  | 'clause'
  | 'referral'
  | 'handover'
  | 'onPayment'
  | 'unbilled'
  | 'refundBy'
  | 'paused'
  | 'earlier'
>;

export type ExitForLetter = Pick<Exit, 'reason' | 'ownWords' | 'notice'> & {
  referral: string;
  handover: readonly { item: string; onPayment?: boolean }[];
};

/** What the record says of the work on the day the letter leaves. */
export interface WorkRecord {
  terms: Pick<Terms, 'exitClause' | 'workPrepaidUntil'>;
  workState: WorkState;
  /** work stands in the log that is younger than the last invoice */
  unbilled: boolean;
  /** nothing is open and nothing disputed, in any currency */
  settled: boolean;
  /** those that hold for the client */
  hours: ContactHours;
}

/** The letter of an exit that the owner proposed: it lists what is overdue, in one currency. */
export function writeTermination(
  letters: Letters,
  facts: {
    exit: ExitForLetter;
    client: ClientFacts;
    owner: OwnerFacts;
    /** only overdue ones: the letter says that they have not been paid */
    debts: readonly Debt[];
    currency: string;
    today: LocalDay;
    /** by when it is to be paid */
    payBy: LocalDay;
    /** letters that have left to the client */
    earlier: DunningFacts['earlier'];
    work: WorkRecord;
  },
): Written {
  const { exit, client, owner, debts, currency, today, payBy, earlier, work } = facts;
  const written = writeDunning(letters, {
    kind: 'termination',
    client,
    owner,
    debts,
    currency,
    today,
    payBy,
    ...terminationFacts(exit, { language: client.language, today, owesMoney: debts.length > 0, earlier, work }),
    resumeWithinDays: 0,
  });
  return { ...written, facts: { ...written.facts, debts } };
}

/** @param facts.today the day the letter leaves: the notice runs from it */
export function terminationFacts(
  exit: ExitForLetter,
  facts: {
    language: Language;
    today: LocalDay;
    owesMoney: boolean;
    earlier: DunningFacts['earlier'];
    work: WorkRecord;
  },
): TerminationFacts {
  const { today, work } = facts;
  const kinds = onTheMatter[exit.reason] ?? [];
  const noticeOn = noticeEndsOn(exit.notice, today) ?? undefined;
  const passesOnPayment = (one: { onPayment?: boolean }) => one.onPayment === true && !work.settled;
  return {
    noticeOn,
    milestone: exit.notice.kind === 'milestone' ? exit.notice.milestone : undefined,
    reason: reasonOf(exit, facts),
    justCause: exit.reason === 'late-payment' && facts.owesMoney,
    clause: work.terms.exitClause ?? undefined,
    referral: exit.referral === '' ? undefined : exit.referral,
    handover: exit.handover.filter((one) => !passesOnPayment(one)).map(({ item }) => item),
    onPayment: exit.handover.filter(passesOnPayment).map(({ item }) => item),
    unbilled: work.unbilled,
    refundBy: refundBy(noticeOn, work),
    paused: work.workState === 'paused',
    earlier: eachOnce(facts.earlier.filter(({ kind }) => kinds.includes(kind))),
  };
}

/** Days after the last one within which what was paid ahead and not used is given back. */
const refundDays = 14;

/** Only for work that is paid beyond the last day: up to it, it is done. */
function refundBy(lastDay: LocalDay | undefined, { terms, hours }: WorkRecord): LocalDay | undefined {
  const { workPrepaidUntil } = terms;
  if (lastDay === undefined || workPrepaidUntil === null || workPrepaidUntil <= lastDay) return undefined;
  return workingDayFrom(hours, addDays(lastDay, refundDays));
}

/** Two currencies make two letters on one day; the client need not read of both. */
function eachOnce(earlier: DunningFacts['earlier']): DunningFacts['earlier'] {
  return earlier.filter(({ kind, on }, at) => earlier.findIndex((one) => one.kind === kind && one.on === on) === at);
}

function reasonOf(
  { reason, ownWords }: Pick<Exit, 'reason' | 'ownWords'>,
  facts: { language: Language; owesMoney: boolean },
): string | undefined {
  if (reason === 'own-words') return ownWords;
  if ((reason === 'late-payment' || reason === 'non-payment') && facts.owesMoney) return undefined;
  return letterLanguages[facts.language].exitReasons[reason];
}
