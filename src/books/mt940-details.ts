/** The text of an MT940 entry (:86:) in its three dialects -> who paid and what he wrote. */
import type { BookEntry } from './rows.ts';

type Details = Partial<BookEntry> & { text?: string | null; form?: string | null };

/** @param text of the field, with its line breaks; null when an entry has none */
export function readDetails(text: string | null): Details {
  if (text === null)
    return { counterparty: null, counterpartyIban: null, remittance: null, endToEndId: null, text: null, form: null };
  if (/^\d{3}(?:\?|\n?\?)|^\d{3}>|^\?\d{2}/.test(text)) return german(text);
  const words = slashWords(text);
  if (words.size > 0) return slashed(text, words);
  return { ...readDetails(null), remittance: flat(text.replaceAll('\n', ' ')), text: text.trim(), form: 'free' };
}

function flat(text: string): string | null {
  const flattened = text.replaceAll(/\s+/g, ' ').trim();
  return flattened === '' ? null : flattened;
}

function provided(text: string | null): string | null {
  return text === 'NOTPROVIDED' ? null : text;
}

/** German banks (DFÜ-Abkommen, Anlage 3): ?00 kind, ?20-29 and ?60-63 text, ?30 bank, ?31 account, ?32-33 name. */
function german(text: string): Details {
  const joined = text.replaceAll('\n', '');
  const separator = joined.startsWith('?') ? '?' : (joined[3] as string);
  const parts = joined
    .split(new RegExp(`[${separator}](?=\\d{2})`))
    .slice(1)
    .map((part) => [part.slice(0, 2), part.slice(2)] as const);
  const of = (test: RegExp) => parts.filter(([code]) => test.test(code)).map(([, value]) => value);
  const purpose = of(/^(?:2[0-9]|6[0-3])$/).join('');
  const sepa = sepaWords(purpose);
  const account = of(/^31$/).join('').trim() || sepa.get('IBAN') || null;
  return {
    counterparty:
      of(/^3[23]$/)
        .join('')
        .trim() ||
      sepa.get('ABWA') ||
      null,
    counterpartyIban: account !== null && isIban(account) ? account : null,
    remittance: flat(sepa.get('SVWZ') ?? (sepa.size > 0 ? '' : purpose)),
    endToEndId: provided(flat(sepa.get('EREF') ?? '')),
    text,
    form: 'german',
    code: /^\d{3}/.exec(joined)?.[0] ?? null,
    counterpartyAccount: account,
    counterpartyBank: of(/^30$/).join('').trim() || null,
    mandate: flat(sepa.get('MREF') ?? ''),
  };
}

/** 'EREF+…SVWZ+…' inside the purpose. */
function sepaWords(purpose: string): Map<string, string> {
  const found = new Map<string, string>();
  const marks = [...purpose.matchAll(/(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC)\+/g)];
  for (const [at, mark] of marks.entries()) {
    const end = marks[at + 1]?.index ?? purpose.length;
    if (!found.has(mark[1] as string)) found.set(mark[1] as string, purpose.slice(mark.index + 5, end).trim());
  }
  return found;
}

const known = new Set([
  'TRTP',
  'IBAN',
  'BIC',
  'NAME',
  'REMI',
  'EREF',
  'ORDP',
  'BENM',
  'MARF',
  'CSID',
  'CNTP',
  'RTRN',
  'TRCD',
  'PREF',
  'ADDR',
  'ISDT',
  'ID',
  'ULTD',
  'ULTC',
  'USTD',
  'STRD',
  'PURP',
  'SVCL',
  'BAI',
  'ACNO',
  'OCMT',
  'CHGS',
  'CSREF',
  'NRTX',
  'EXCH',
  'BUSP',
  'OPRP',
  'ULTB',
]);

/** '/NAME/…/REMI/…': words of Dutch banks; a value runs to the next known word. */
function slashWords(text: string): Map<string, string> {
  const found = new Map<string, string>();
  const joined = text.replaceAll('\n', '');
  const marks = [...joined.matchAll(/\/([A-Z]{2,5})\//g)].filter((mark) => known.has(mark[1] as string));
  if (!joined.startsWith('/') || marks.length === 0) return found;
  for (const [at, mark] of marks.entries()) {
    const end = marks[at + 1]?.index ?? joined.length;
    found.set(
      mark[1] as string,
      joined
        .slice(mark.index + mark[0].length, end)
        .replace(/\/$/, '')
        .trim(),
    );
  }
  return found;
}

function slashed(text: string, words: ReadonlyMap<string, string>): Details {
  const [iban, , name] = words.get('CNTP')?.split('/') ?? [];
  const remittance = words.get('REMI')?.replace(/^(?:USTD|STRD)?\/{1,3}/, '') ?? words.get('USTD') ?? '';
  const account = iban || words.get('IBAN') || null;
  return {
    counterparty: flat(name ?? words.get('NAME') ?? ''),
    // The bank's field for it; whether it is a sound IBAN is looked at by those who rely on it.
    counterpartyIban: account,
    remittance: flat(remittance),
    endToEndId: provided(flat(words.get('EREF') ?? '')),
    text: text.trim(),
    form: 'slash',
  };
}

function isIban(text: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(text);
}
