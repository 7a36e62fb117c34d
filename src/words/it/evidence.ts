/** Italian: why a payment is taken for what it is, in words that its reader can check. */
import type { Evidence } from '../../rules/match-payments.ts';
import type { EvidenceForms } from '../parts/evidence.ts';

export function evidenceWords(evidence: Evidence, { sum, day, name }: EvidenceForms): string {
  switch (evidence.code) {
    case 'names-invoice':
      return `nomina la ${evidence.number}`;
    case 'names-closed-invoice':
      return `nomina la ${evidence.number}, su cui non c’è più nulla da incassare`;
    case 'names-unknown-number':
      return `nomina ${evidence.written}, che non è una fattura agli atti`;
    case 'sum-is-open':
      return `${sum(evidence.cents)} è quanto resta da incassare`;
    case 'sum-less-withholding':
      return `${sum(evidence.openCents - evidence.withholdingCents)} = ${sum(evidence.openCents)} meno la ritenuta di ${sum(evidence.withholdingCents)}`;
    case 'sum-less-split-vat':
      return `${sum(evidence.openCents - evidence.splitVatCents)} = ${sum(evidence.openCents)} meno l’IVA di ${sum(evidence.splitVatCents)} (split payment)`;
    case 'sum-of-several':
      return `${sum(evidence.cents)} è la somma di ${evidence.count} fatture`;
    case 'stamp-duty':
      return `differisce del bollo di ${sum(evidence.cents)}`;
    case 'withholding-not-stated':
      return `${sum(evidence.cents)} è ${sum(evidence.openCents)} meno una ritenuta che la fattura non indica`;
    case 'short-by':
      return `${sum(evidence.cents)} in meno: forse le spese della banca`;
    case 'more-by':
      return `${sum(evidence.cents)} in più`;
    case 'part-payment':
      return `una parte di ${sum(evidence.openCents)}`;
    case 'other-currency':
      return `pagato in ${evidence.currency}, non nella valuta della fattura`;
    case 'account-of-client':
    case 'account-of-another-client':
      return `da un conto che ha già pagato per ${name(evidence.clientId)}`;
    case 'name-of-client':
      return `da qualcuno che si chiama come ${evidence.name}`;
    case 'on-record':
      return `un pagamento di quell’importo è già registrato per ${day(evidence.receivedOn)}`;
    case 'seen-in-another-file':
      return `in ${evidence.place} c’è un movimento con lo stesso importo e lo stesso ordinante`;
    case 'taken-back':
      return `la banca ha stornato ${sum(evidence.cents)} arrivati ${day(evidence.bookedOn)}${evidence.by === null ? '' : `: ${evidence.by}`}`;
  }
}
