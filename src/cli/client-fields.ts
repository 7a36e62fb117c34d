/**
 * The options of `paletti clients add` and `edit`, read as the columns of a file of clients are. Says which option is
 * wrong; changes nothing.
 */
import { type ClientValues, clientColumns, readAddresses, readContact, readDomains } from '../desk/client-columns.ts';
import { AppError } from '../errors.ts';
import type { Contact } from '../rules/client.ts';
import { parsePaymentDay, writePaymentTerms } from '../rules/payment-terms.ts';

export interface FieldOptions {
  name?: string;
  address?: string[];
  domain?: string[];
  contact?: string;
  kind?: string;
  language?: string;
  tone?: string;
  hours?: string;
  timeZone?: string;
  paymentDays?: string;
  paymentDay?: string;
  phone?: string;
  vat?: string;
  taxCode?: string;
  pec?: string;
  code?: string;
  billing?: string[];
  project?: string;
  notes?: string;
  contractSigned?: string;
  currency?: string;
  rate?: string;
  rateUnit?: string;
  noticeDays?: string;
}

/** Which column of a file an option stands for: both are read in the same way. */
const columnOf: Partial<Record<keyof FieldOptions, string>> = {
  name: 'name',
  contact: 'contactName',
  kind: 'kind',
  language: 'language',
  tone: 'tone',
  hours: 'hours',
  timeZone: 'timeZone',
  paymentDays: 'paymentDays',
  phone: 'phone',
  vat: 'vatNumber',
  taxCode: 'taxCode',
  pec: 'pec',
  code: 'code',
  project: 'project',
  notes: 'notes',
  contractSigned: 'contractSignedOn',
  currency: 'currency',
  rate: 'rate',
  rateUnit: 'rateUnit',
  noticeDays: 'noticeDays',
};

/** @throws AppError 'usage' naming the option that cannot be read */
export function fieldsOf(options: FieldOptions): ClientValues & { billing?: Contact[] } {
  const values: ClientValues & { billing?: Contact[] } = {};
  for (const column of clientColumns) {
    const option = (Object.keys(columnOf) as (keyof FieldOptions)[]).find((key) => columnOf[key] === column.name);
    const text = option === 'paymentDays' ? paymentDaysIn(options) : option === undefined ? undefined : options[option];
    if (typeof text === 'string') asUsage(option as string, () => column.read(text, values));
  }
  if (options.address !== undefined)
    asUsage('address', () => void (values.addresses = readAddresses(listOf(options.address))));
  if (options.domain !== undefined)
    asUsage('domain', () => void (values.domains = readDomains(listOf(options.domain))));
  if (options.billing !== undefined)
    asUsage('billing', () => void (values.billing = options.billing?.filter((text) => text !== '').map(billing)));
  return values;
}

/** A payment day is another way to say when invoices are due. @throws AppError 'usage' when both are given */
export function paymentDaysIn({
  paymentDays,
  paymentDay,
}: {
  paymentDays?: string;
  paymentDay?: string;
}): string | undefined {
  if (paymentDay === undefined) return paymentDays;
  if (paymentDays !== undefined) throw new AppError('usage', { code: 'payment-day-or-days' });
  let text = '';
  asUsage('paymentDay', () => void (text = writePaymentTerms(parsePaymentDay(paymentDay))));
  return text;
}

/** 'conti@firm.example' or 'Rag. Verdi <conti@firm.example>' */
function billing(text: string): Contact {
  const whole = text.trim();
  const [, address] = /<([^<>]+)>$/.exec(whole) ?? [];
  if (address === undefined) return readContact(`${whole} | billing | `);
  return readContact(`${address} | billing | ${whole.slice(0, -address.length - 2).trim()}`);
}

function listOf(items: readonly string[] = []): string {
  return items.filter((item) => item !== '').join(';');
}

function asUsage(option: string, read: () => void): void {
  try {
    read();
  } catch (fault) {
    if (!(fault instanceof RangeError)) throw fault;
    const flag = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new AppError('usage', `--${flag}: ${fault.message}`, { next: 'See: paletti clients add --help' });
  }
}
