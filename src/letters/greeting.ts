/**
 * How a letter addresses its reader: by the register's name, or, to someone unknown, by the name in the From header
 * if it looks like a name at all. When in doubt it greets nobody by name: 'Buongiorno', 'Ciao', 'Hello', 'Hi' are never
 * wrong. Knows no addresses.
 */
import type { Client, Tone } from '../rules/client.ts';
import type { Language } from '../rules/language.ts';
import { oneLine } from './clean.ts';
import { letterLanguages } from './languages/index.ts';
import { isDesk, isFamilyName, isGivenName, isParticle, isSecondHalf, isTitle } from './names.ts';

/** Longer ones are cut by nobody: they are no names, or names that nobody wants to read in a greeting. */
const nameLimit = 60;

/**
 * To a client. A company without a contact is named in a formal letter where the language does so.
 * @returns the greeting without its comma
 */
export function greetingOf(client: Pick<Client, 'name' | 'contactName' | 'kind' | 'language' | 'tone'>): string {
  const contact = whole(client.contactName ?? '');
  if (contact !== '') return greetingTo(nameOf(contact, client), client);
  if (client.kind !== 'business') return greetingTo(nameOf(whole(client.name), client), client);
  const isNamed = client.tone === 'formal' && letterLanguages[client.language].greetsCompanies;
  return greetingTo(isNamed && fits(whole(client.name)) ? whole(client.name) : '', client);
}

/** To whoever wrote. A From header says anything at all, so what does not look like a name is left out. */
export function greetingToWriter(name: string, reader: { language: Language; tone: Tone }): string {
  return greetingTo(nameOf(whole(name), reader), reader);
}

function greetingTo(name: string, { language, tone }: { language: Language; tone: Tone }): string {
  const [toName, toNobody] = letterLanguages[language].greetings[tone];
  return name === '' ? toNobody : `${toName} ${name}`;
}

function whole(name: string): string {
  return oneLine(name, 1000);
}

function fits(name: string): boolean {
  return name !== '' && Array.from(name).length <= nameLimit;
}

/** What of a person's name stands in the greeting; '' when none of it may. */
function nameOf(name: string, reader: { language: Language; tone: Tone }): string {
  const parts = name.split(' ');
  if (!fits(name) || parts.length > 6 || !parts.every(isNamePart) || parts.some(isDesk)) return '';
  const from = parts.findIndex((part) => !isTitle(part));
  const person = from < 0 ? [] : parts.slice(from);
  if (!person.some((part) => !isInitial(part) && !isParticle(part))) return '';
  if (from > 0) return name;
  if (reader.tone === 'formal') return isFamilyName(person[0] as string) && isBackToFront(person) ? '' : name;
  return firstName(person, reader.language);
}

/** A title or a particle; or letters with a capital first and not capitals alone, the dots of initials among them. */
function isNamePart(part: string): boolean {
  if (isTitle(part) || isParticle(part) || isInitial(part)) return true;
  return !/^\p{Lu}{2,}\.?$/u.test(part) && /^\p{Lu}[\p{L}\p{M}'’-]{1,30}$/u.test(part);
}

/** 'J', 'J.', 'J.R.' */
function isInitial(part: string): boolean {
  return /^(?:\p{Lu}\.)*\p{Lu}\.?$/u.test(part);
}

/** The family name stands first, as on forms, or alone. */
function isBackToFront(person: readonly string[]): boolean {
  return person.length === 1 || isGivenName(person.at(-1) as string);
}

/**
 * The given name, where it is sure which word it is: in Italy many write the family name first, so that the first word
 * has to be known as a given name there; in English it must only not be known as anything else.
 */
function firstName(person: readonly string[], language: Language): string {
  const [first = '', second] = person;
  if (isParticle(first) || isInitial(first) || isFamilyName(first)) return '';
  if (second === undefined) return first;
  const { mayBeginWithFamilyName } = letterLanguages[language];
  if (!isGivenName(first)) return mayBeginWithFamilyName || isBackToFront(person) ? '' : first;
  if (isSecondHalf(second)) return `${first} ${second}`;
  if (!isGivenName(second)) return first;
  // 'Franco Martina': either may be the family name; with a third word after two given ones, or in English, it is not
  return person.length > 2 || !mayBeginWithFamilyName ? first : '';
}
