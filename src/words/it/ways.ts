/** Italian: the commands by which the owner goes on from what keeps a client's letters. */
import type { HoldReason } from '../../rules/hold.ts';
import type { HoldMatter } from '../../rules/standstill.ts';

/** By the reason of a hold: every way to go on from it. */
export function waysOn(reason: HoldReason, { clientId, messageId, numbers }: HoldMatter): string {
  const read = messageId === null ? '' : `Leggilo: paletti inbox show ${messageId}. `;
  const goOn = `Per lasciar partire le lettere: paletti clients release ${clientId}`;
  const number = `${numbers[0] ?? 'NUMBER'} --client ${clientId}`;
  const paid = `se è pagata: paletti invoices paid ${number}`;
  const disputed = `se è contestata: paletti invoices dispute ${number}`;
  const ways: Record<HoldReason, string> = {
    reply: `${read}Rispondi per posta; ${disputed}; ${paid}. ${goOn}`,
    'payment-claimed': `${read}Guarda sul tuo conto; ${paid}. ${goOn}`,
    bounce: `${read}Correggi l’indirizzo: paletti clients edit ${clientId} --address …. ${goOn}`,
    'out-of-office': `${read}${goOn}`,
    'payment-question': 'Rispondi alla domanda: paletti payments questions',
    promise: `S${paid.slice(1)}, oppure un nuovo giorno: paletti invoices promise ${number} --by DAY. ${goOn}`,
    dispute: `Quando è risolta: paletti invoices dispute ${number} --settled. ${goOn}`,
    manual: goOn,
    'opt-out': `${goOn}; oppure chiedi i soldi in un altro modo`,
  };
  return ways[reason];
}
