/** Whose an invoice of a file is: the owner's own, by VAT number and tax code, and which client its buyer is. Guesses nothing. */
import type { BookInvoice, BookParty } from '../../books/rows.ts';
import { type Client, referenceKey } from '../../rules/client.ts';
import { clientById, clientIdByReference, listClients, nameKey } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';

/** '' where the configuration names none. */
export interface OwnerNumbers {
  vat: string;
  taxCode: string;
}

/** @returns why it is no receivable of the owner's; undefined when it is one */
export function notOwn(invoice: BookInvoice, owner: OwnerNumbers): string | undefined {
  if (invoice.kind === 'self-invoice')
    return `${invoice.type ?? 'it'} is written by a buyer about what he bought: nobody owes it`;
  if (isOwner(invoice.seller, owner)) return undefined;
  const seller = invoice.seller.name ?? invoice.seller.vatId ?? 'nobody that is named';
  return isOwner(invoice.buyer, owner)
    ? `you received it: ${seller} is the seller`
    : `you are not the seller, ${seller} is`;
}

function isOwner(party: BookParty, { vat, taxCode }: OwnerNumbers): boolean {
  const own = [vat, taxCode].map(numberOf).filter((text) => text !== '');
  const named = [party.vatId, party.fiscalCode, party.legalId].map((text) => numberOf(text ?? ''));
  return named.some((text) => text !== '' && own.includes(text));
}

/** An Italian VAT number is the tax code of a company, with or without its country. */
function numberOf(text: string): string {
  return referenceKey('vat', text);
}

export type Buyer =
  | { client: Client; learned: boolean }
  /** nobody in the register: how he would be taken in */
  | { proposed: { name: string; vat: string; taxCode: string; pec: string; email: string; isBusiness: boolean } }
  | { doubt: string };

/** By VAT number or tax code; else by the whole name, when only one has it and no other number is on record of him. */
export function buyerOf(r: Reader, buyer: BookParty): Buyer {
  const [vat, taxCode] = [buyer.vatId ?? '', buyer.fiscalCode ?? ''];
  const ids = new Set(
    [
      vat === '' ? undefined : clientIdByReference(r, 'vat', vat),
      taxCode === '' ? undefined : (clientIdByReference(r, 'tax', taxCode) ?? clientIdByReference(r, 'vat', taxCode)),
    ].filter((id) => id !== undefined),
  );
  const [id] = ids;
  if (ids.size > 1) return { doubt: `VAT number ${vat} and tax code ${taxCode} are those of two clients` };
  if (id !== undefined) return { client: clientById(r, id) as Client, learned: false };
  const name = buyer.name ?? '';
  if (name.trim() === '') return { doubt: 'it names no buyer' };
  const named = listClients(r).filter((client) => nameKey(client.name) === nameKey(name));
  const [only] = named;
  if (named.length > 1) return { doubt: `${named.length} clients are called ${name}, and none has its VAT number` };
  if (only !== undefined && vat !== '' && only.references.vat.length > 0)
    return { doubt: `${name} is on record with the VAT number ${only.references.vat.join(', ')}, not ${vat}` };
  if (only !== undefined) return { client: only, learned: vat !== '' || taxCode !== '' };
  const { pec, email } = buyer;
  const isBusiness = vat !== '' || taxCode === '' || /^\d{11}$/.test(taxCode);
  return { proposed: { name, vat, taxCode, pec: pec ?? '', email: email ?? '', isBusiness } };
}
