/**
 * Words that others wrote, made fit to stand inside a sentence of a letter: quoted ones without quotation marks that
 * would meet the template's own, channels by their names in the reader's language. Renders nothing.
 */
import type { Language } from '../rules/language.ts';
import { oneLine, withoutEnd } from './clean.ts';
import { series } from './format.ts';
import type { Values } from './values.ts';

const quoteLimit = 400;

/** One line, without the quotation marks around it; those within it become single ones. */
export function quoted(text: string): string {
  const line = oneLine(text, quoteLimit);
  return withinQuotes(withoutEnd(line.replace(/^["“”«„]+\s*/u, ''), '"“”»').trimEnd());
}

/** What stands between the template's double quotation marks has single ones of its own. */
export function withinQuotes(text: string): string {
  return text
    .replace(/[“«„]\s*/gu, '‘')
    .replace(/(?<!\s)\s*[”»]/gu, '’')
    .replace(/(^|[\s(])"/gu, '$1‘')
    .replaceAll('"', '’');
}

const channelNames: Readonly<Record<string, Record<Language, string>>> = {
  email: { it: 'email', en: 'email' },
  'e-mail': { it: 'email', en: 'email' },
  mail: { it: 'email', en: 'email' },
  posta: { it: 'email', en: 'email' },
  phone: { it: 'telefono', en: 'phone' },
  telephone: { it: 'telefono', en: 'phone' },
  telefono: { it: 'telefono', en: 'phone' },
  call: { it: 'telefono', en: 'phone' },
  calls: { it: 'telefono', en: 'phone' },
  tel: { it: 'telefono', en: 'phone' },
  'tel.': { it: 'telefono', en: 'phone' },
  'video call': { it: 'videochiamata', en: 'video call' },
  videochiamata: { it: 'videochiamata', en: 'video call' },
  meeting: { it: 'incontro', en: 'meeting' },
  incontro: { it: 'incontro', en: 'meeting' },
};

/** Those known to leave something that can be read again. Of any other it is not said. */
const writtenChannels =
  /^(?:e-?mail|mail|posta|pec|chat|slack|sms|signal|telegram|whatsapp|trello|asana|basecamp|jira|notion|github|gitlab|linear|fax)$/iu;

/** Channels that the config names are said in the reader's language; one that is not known, as it is written. */
export function channelValues(channels: readonly string[], language: Language): Values {
  const named = channels.map((channel) => channelNames[plain(channel)]?.[language] ?? oneLine(channel, 80));
  return {
    channels: series(named, language),
    severalChannels: named.length > 1,
    written: channels.every((channel) => writtenChannels.test(plain(channel))),
  };
}

/** Whether one of them is the phone. */
export function hasPhone(channels: readonly string[]): boolean {
  return channels.some((channel) => channelNames[plain(channel)]?.en === 'phone');
}

function plain(channel: string): string {
  return channel.trim().toLowerCase();
}
