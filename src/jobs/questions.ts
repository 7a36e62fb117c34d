/** What the owner is asked when letters wait for something only she can do. Words only; asks nobody by itself. */
import type { Client } from '../rules/client.ts';
import type { ClosingQuestion } from '../rules/closing.ts';
import type { LetterKind } from '../rules/letter.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import type { Debt } from '../rules/invoice.ts';
import { count, sumInWords } from '../rules/words.ts';
import type { NewNotice } from '../store/notices.ts';
import { toldAsWritten } from '../rules/told.ts';

/**
 * A reminder would go, and nobody has looked at the bank account for too long. One key for each local day: however
 * many cases and letters wait for it, she is asked once a day.
 */
export function paymentsQuestion({ owner, dunning }: Settings, now: Instant): NewNotice {
  const within = count(dunning.paymentsCheckedWithinHours ?? 0, 'hour');
  return {
    key: `payments-stale/${dayOf(now, owner.timeZone)}`,
    told: toldAsWritten(
      `Letters about money wait: no payment was recorded or confirmed within ${within}.`,
      'Read a file of your bank: paletti payments import FILE; or record what came: paletti invoices paid NUMBER; when nothing came: paletti invoices checked',
    ),
  };
}

/** A client known by a domain alone, or whose addresses were taken away: there is nobody to write to. */
export function addressQuestion({ id, name }: Client): NewNotice {
  return {
    key: `no-address/${id}`,
    told: toldAsWritten(
      `Letters to ${name} wait: the register has no mail address to write to.`,
      `Add one: paletti clients edit ${id} --address …`,
    ),
  };
}

/** No rule is sure what follows for the work: the owner is told how the money went, and which commands answer it. */
export function closingNotice(
  question: ClosingQuestion,
  client: Pick<Client, 'id' | 'name' | 'workState'>,
  { dunned, why }: { dunned: { id: number; cycle: number }; why: string },
): NewNotice {
  const byHand = `paletti clients edit ${client.id} --work active (add --letter to tell the client)`;
  const next = client.workState === 'paused' ? `If it goes on: ${byHand}` : '';
  return {
    key: `closing/${dunned.id}/${dunned.cycle}/${question}`,
    told: toldAsWritten(closingWords(client, why), next),
  };
}

/** The same, where a letter that waits for her word says what follows. */
export function closingAsk(client: Pick<Client, 'name' | 'workState'>, why: string): string {
  return `${closingWords(client, why)} A letter that says so waits for your approval.`;
}

function closingWords({ name, workState }: Pick<Client, 'name' | 'workState'>, why: string): string {
  return `${name}: ${why}.${workState === 'paused' ? ' The work counts as paused.' : ''}`;
}

/** A letter waits for the owner's word, and there is no more to say of it. */
export function approvalAsk({ name }: Pick<Client, 'name'>, kind: LetterKind): string {
  return `A letter (${kind}) to ${name} waits for your approval.`;
}

/** A sum that is not worth a letter: once for each sum, she is asked whether to give it up. */
export function tooLittleQuestion(
  client: Pick<Client, 'id' | 'name'>,
  dunned: { id: number; cycle: number },
  debts: readonly Debt[],
): NewNotice {
  const cents = debts.reduce((sum, debt) => sum + debt.openCents, 0);
  const sum = sumInWords(cents, debts[0]?.currency ?? 'EUR');
  const numbers = [...new Set(debts.map((debt) => debt.number))];
  return {
    key: `too-little/${dunned.id}/${dunned.cycle}/${cents}`,
    told: toldAsWritten(
      `${sum} of ${client.name} is overdue (${numbers.join(', ')}): too little for a letter.`,
      `To give it up: ${numbers.map((number) => `paletti invoices write-off ${number} --client ${client.id}`).join('; ')}`,
    ),
  };
}

/** More came in on some invoices than they asked for, while others are asked for: once for each sum. */
export function surplusQuestion(
  client: Pick<Client, 'id' | 'name'>,
  dunned: { id: number; currency: string },
  surplus: readonly { number: string; cents: number }[],
): NewNotice {
  const parts = surplus.map(({ number, cents }) => `${sumInWords(cents, dunned.currency)} on ${number}`);
  const [first] = surplus;
  const on = `${first?.number ?? ''} --client ${client.id}`;
  return {
    key: `surplus/${dunned.id}/${parts.join('+')}`,
    told: toldAsWritten(
      `${client.name} paid more than was asked for (${parts.join(', ')}): letters about other invoices wait.`,
      `Enter each part where it belongs: paletti invoices reverse ${on}, then paid NUMBER --amount SUM for each; what you gave back is entered nowhere`,
    ),
  };
}

/** What was settled is open again, after the client was told that it was: the ladder begins anew, and says so. */
export function backNotice(client: Pick<Client, 'id' | 'name'>, dunned: { id: number; cycle: number }): NewNotice {
  return {
    key: `back/${dunned.id}/${dunned.cycle}`,
    told: toldAsWritten(
      `${client.name} was told that the matter was settled, and money of it is open again: the ladder begins anew with the reminder, tomorrow at the earliest. The work goes on meanwhile.`,
      `To pause it: paletti clients edit ${client.id} --work paused; to wait: paletti clients hold ${client.id}`,
    ),
  };
}
