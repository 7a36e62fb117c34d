/** What is wrong with the form of a letter, whatever it says: gaps, plurals, the other tone, the other language, its length. */
import type { Reader } from '../../src/letters/library.ts';

/** Words of the other tone: *tu* in a letter with *Lei*, *Lei* in one with *tu*, contractions in formal English. */
const otherTone: Readonly<Record<string, RegExp>> = {
  'it-formal': /\b(ti|tuo|tua|tue|tuoi|te)\b/i,
  'it-informal': /\b(Lei|Le|La|Suo|Sua|Suoi|Sue) [a-z]/,
  'en-formal': /’(ve|ll|m|s|d|re|t)\b/,
  'en-informal': /\b(I am|I will|do not|does not)\b/,
};

/** Small words that stand in nearly every sentence of one language and in none of the other. */
const otherLanguage: Readonly<Record<string, RegExp>> = {
  it: /\b(the|of|is|are|and|you|your|with|for|which|has|been|reply|by) /i,
  en: /\b(il|della|del|che|sono|non|con|una|risposta|entro|fattura) /i,
};

const forms: readonly [string, RegExp][] = [
  ['odd spacing', / {2}|\t|[^\S\n]\n|\n{3}|\r| [,.;:?!)]|\( |[,.;:]{2}(?!\.)|[.,;:]\s*[,;:]/],
  ['a gap', /\b(undefined|null|NaN|Invalid)\b|\[object|[{}]|“”|\(\)|: *\n\n(?!-)(?=[A-Z]\w+ (?:regards|saluti))/],
  [
    'a plural of one',
    /\b1 (giorni|ore|fatture|revisioni|days|hours|invoices|revisions|working days|giorni lavorativi)\b/,
  ],
  [
    'a singular of many',
    /\b(?:[2-9]|\d\d+) (giorno|ora|fattura|revisione|day|hour|invoice|revision|working day|giorno lavorativo)\b/,
  ],
  ['a count of none', /\b0 (giorni|ore|fatture|revisioni|days|hours|invoices|revisions|working days)\b/],
  ['an article before 8 or 11', /\b(il|del|al|dal) (8|11) /],
  ['an elided article before another day', /(l’|dell’|all’|dall’)(?!8 |11 |1:)\d/],
  [
    'begging, threats or hurry',
    /urgent|urgenz|immediat|scus[aio]|spiacent|purtroppo|sorry|apolog|unfortunately|regret|legal action|avvocat|lawyer|tribunale|!/i,
  ],
  ['quotation marks within quotation marks', /“[^”]*“|”[^“]*”/],
];

/** Lines that are facts of the record, whose words the client or the owner chose. */
const listed = /^(- |“|IBAN|BIC|Intestatario|Causale|Account holder|Payment reference)/;

/** @returns names of what is wrong; empty when nothing is */
export function problemsOf({ subject, text }: { subject: string; text: string }, { language, tone }: Reader): string[] {
  const all = `${subject}\n${text}`;
  const own = text.split('\n').filter((line) => !listed.test(line));
  const words = own.join(' ').trim().split(/\s+/).length;
  const found = forms.filter(([, form]) => form.test(all)).map(([name]) => name);
  if (subject !== subject.trim() || subject === '') found.push('no subject');
  if (!/^\S[^\n]*,\n\n\S[\s\S]*\S\n$/.test(text)) found.push('no greeting');
  if ((otherTone[`${language}-${tone}`] as RegExp).test(own.join('\n'))) found.push('the other tone');
  if ((otherLanguage[language] as RegExp).test(own.join('\n'))) found.push('the other language');
  if (words > 125) found.push(`${words} words`);
  return found;
}
