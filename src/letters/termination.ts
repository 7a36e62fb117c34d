/**
 * From an exit to its letter: the one reason in the reader's words, the day or the milestone, who could take over and
 * what is handed over. Decides neither whether the letter is due nor when it leaves.
 */
import type { Language } from '../rules/language.ts';
import { type Exit, type ExitReason, noticeEndsOn } from '../rules/exit.ts';
import type { Debt } from '../rules/invoice.ts';
import type { LetterKind } from '../rules/letter.ts';
import type { LocalDay } from '../rules/time.ts';
import type { Letters } from './library.ts';
import { type ClientFacts, type DunningFacts, type OwnerFacts, writeDunning, type Written } from './write.ts';

/** Each ends the sentence 'There is one reason: …'. Late payment with something open names the invoices instead. */
const reasonWords: Record<Exclude<ExitReason, 'own-words'>, Record<Language, string>> = {
  'late-payment': { it: 'i pagamenti arrivano ripetutamente in ritardo', en: 'payments have repeatedly come late' },
  'contact-hours': {
    it: 'gli orari e i canali di contatto concordati non sono rispettati',
    en: 'the agreed contact hours and channels are not kept',
  },
  scope: { it: 'le richieste vanno oltre quanto concordato', en: 'the requests go beyond what was agreed' },
  'no-contract': { it: 'il contratto non è stato firmato', en: 'the contract has not been signed' },
  'different-direction': {
    it: 'il mio lavoro e il progetto vanno in direzioni diverse',
    en: 'my work and the project are going in different directions',
  },
  'no-capacity': {
    it: 'non ho più il tempo che il progetto richiede',
    en: 'I no longer have the time that the project needs',
  },
};

/** Letters that came before on the same matter: the others would make a list of grievances of it. */
const onTheMatter: Partial<Record<ExitReason, readonly LetterKind[]>> = {
  'late-payment': ['payment-reminder', 'work-paused'],
  'contact-hours': ['boundary-hours'],
  scope: ['boundary-scope', 'boundary-decisions'],
  'no-contract': ['boundary-contract'],
};

export type TerminationFacts = Pick<
  DunningFacts,
  'noticeOn' | 'milestone' | 'reason' | 'referral' | 'handover' | 'earlier'
>;

export type ExitForLetter = Pick<Exit, 'reason' | 'ownWords' | 'notice'> & {
  referral: string;
  handover: readonly { item: string }[];
};

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
    /** letters that have left to the client */
    earlier: DunningFacts['earlier'];
  },
): Written {
  const { exit, client, owner, debts, currency, today, earlier } = facts;
  const written = writeDunning(letters, {
    ...{ kind: 'termination', client, owner, debts, currency, today },
    ...terminationFacts(exit, { language: client.language, today, owesMoney: debts.length > 0, earlier }),
    resumeWithinDays: 0,
  });
  return { ...written, facts: { ...written.facts, debts } };
}

/** @param facts.today the day the letter leaves: the notice runs from it */
export function terminationFacts(
  exit: ExitForLetter,
  facts: { language: Language; today: LocalDay; owesMoney: boolean; earlier: DunningFacts['earlier'] },
): TerminationFacts {
  const kinds = onTheMatter[exit.reason] ?? [];
  return {
    noticeOn: noticeEndsOn(exit.notice, facts.today) ?? undefined,
    milestone: exit.notice.kind === 'milestone' ? exit.notice.milestone : undefined,
    reason: reasonOf(exit, facts),
    referral: exit.referral === '' ? undefined : exit.referral,
    handover: exit.handover.map(({ item }) => item),
    earlier: eachOnce(facts.earlier.filter(({ kind }) => kinds.includes(kind))),
  };
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
  if (reason === 'late-payment' && facts.owesMoney) return undefined;
  return reasonWords[reason][facts.language];
}
