/** English: the commands by which the owner goes on from what keeps a client's letters. */
import type { HoldReason } from '../../rules/hold.ts';
import type { HoldMatter } from '../../rules/standstill.ts';

/** By the reason of a hold: every way to go on from it. */
export function waysOn(reason: HoldReason, { clientId, messageId, numbers }: HoldMatter): string {
  const read = messageId === null ? '' : `Read it: paletti inbox show ${messageId}. `;
  const goOn = `To let the letters go: paletti clients release ${clientId}`;
  const number = `${numbers[0] ?? 'NUMBER'} --client ${clientId}`;
  const paid = `when it is paid: paletti invoices paid ${number}`;
  const disputed = `when it is disputed: paletti invoices dispute ${number}`;
  const ways: Record<HoldReason, string> = {
    reply: `${read}Answer by mail; ${disputed}; ${paid}. ${goOn}`,
    'payment-claimed': `${read}Look at your account; ${paid}. ${goOn}`,
    bounce: `${read}Mend the address: paletti clients edit ${clientId} --address …. ${goOn}`,
    'out-of-office': `${read}${goOn}`,
    'payment-question': 'Answer it: paletti payments questions',
    promise: `W${paid.slice(1)}, or a new day: paletti invoices promise ${number} --by DAY. ${goOn}`,
    dispute: `When it is settled: paletti invoices dispute ${number} --settled. ${goOn}`,
    manual: goOn,
    'opt-out': `${goOn}; or ask for the money in another way`,
  };
  return ways[reason];
}
