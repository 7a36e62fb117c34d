/**
 * Words that others wrote, made fit to stand inside a sentence of a letter: quoted ones without quotation marks that
 * would meet the template's own, channels by their names in the reader's language. Renders nothing.
 */
import type { Language } from '../rules/language.ts';
import { oneLine, withoutEnd } from './clean.ts';
import { series } from './format.ts';
import { letterLanguages } from './languages/index.ts';
import type { LetterLanguage } from './languages/language.ts';
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

/** As the configuration may call them. */
const channelOf: Readonly<Record<string, keyof LetterLanguage['channels']>> = {
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  posta: 'email',
  phone: 'phone',
  telephone: 'phone',
  telefono: 'phone',
  call: 'phone',
  calls: 'phone',
  tel: 'phone',
  'tel.': 'phone',
  'video call': 'video call',
  videochiamata: 'video call',
  meeting: 'meeting',
  incontro: 'meeting',
};

/** Those known to leave something that can be read again. Of any other it is not said. */
const writtenChannels =
  /^(?:e-?mail|mail|posta|pec|chat|slack|sms|signal|telegram|whatsapp|trello|asana|basecamp|jira|notion|github|gitlab|linear|fax)$/iu;

/** Channels that the config names are said in the reader's language; one that is not known, as it is written. */
export function channelValues(channels: readonly string[], language: Language): Values {
  const names = letterLanguages[language].channels;
  const named = channels.map((channel) => {
    const known = channelOf[plain(channel)];
    return known === undefined ? oneLine(channel, 80) : names[known];
  });
  return {
    channels: series(named, language),
    severalChannels: named.length > 1,
    written: channels.every((channel) => writtenChannels.test(plain(channel))),
  };
}

/** Whether one of them is the phone. */
export function hasPhone(channels: readonly string[]): boolean {
  return channels.some((channel) => channelOf[plain(channel)] === 'phone');
}

function plain(channel: string): string {
  return channel.trim().toLowerCase();
}
