/**
 * How a letter addresses its reader: by the register's name, or, to someone unknown, by the name in the From header
 * if it looks like a name at all. Knows no addresses.
 */
import type { Client, Tone } from '../rules/client.ts';
import type { Language } from '../rules/language.ts';
import { oneLine } from './clean.ts';

const nameLimit = 100;

/** Titles after which a first name does not follow: 'Dott.ssa Bianchi' stays whole. */
const title = /^(dott|dr|prof|ing|avv|arch|geom|rag|sig|mr|mrs|ms|miss|sir|dame)(\.?(ssa|ra|na|re|ri))?\.?\s/iu;

/**
 * To a client. Formal Italian writes 'Spett.le' to a company and 'Gentile' to a person.
 * @returns the greeting without its comma
 */
export function greetingOf(client: Pick<Client, 'name' | 'contactName' | 'kind' | 'language' | 'tone'>): string {
  const contact = oneLine(client.contactName ?? '', nameLimit);
  const name = contact === '' ? oneLine(client.name, nameLimit) : contact;
  const isCompany = contact === '' && client.kind === 'business';
  if (client.tone === 'formal' && isCompany && client.language === 'it') return `Spett.le ${name}`;
  return greetingTo(client.tone === 'informal' && !isCompany ? firstName(name) : name, client);
}

/** To whoever wrote. A From header says anything at all, so what does not look like a name is left out. */
export function greetingToWriter(name: string, reader: { language: Language; tone: Tone }): string {
  const shown = oneLine(name, nameLimit);
  if (!looksLikeName(shown)) return greetingTo('', reader);
  return greetingTo(reader.tone === 'informal' ? firstName(shown) : shown, reader);
}

const words = {
  it: { formal: ['Gentile', 'Buongiorno'], informal: ['Ciao', 'Ciao'] },
  en: { formal: ['Dear', 'Hello'], informal: ['Hi', 'Hi'] },
} as const;

function greetingTo(name: string, { language, tone }: { language: Language; tone: Tone }): string {
  const [toName, toNobody] = words[language][tone];
  return name === '' ? toNobody : `${toName} ${name}`;
}

function firstName(name: string): string {
  return title.test(name) ? name : (name.split(' ')[0] as string);
}

/** Letters, and the dots of initials and titles; no web address, no sentence. */
function looksLikeName(name: string): boolean {
  const bare = name.replace(/\b(dott|prof|sig)\.(ssa|ra|ri)\b/giu, '$1');
  const parts = bare.split(' ');
  return parts.length <= 5 && parts.every((part) => /^\p{L}[\p{L}\p{M}'’-]{0,30}\.?$/u.test(part));
}
