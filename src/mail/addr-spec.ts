/**
 * One address as a mail program wrote it, brought to the form in which addresses are compared. Looks at no header and
 * knows no client.
 */
import { domainToASCII } from 'node:url';
import { oneLine } from './clean.ts';

const longestAddress = 254;

/** What programs put around an address by mistake: a scheme, quotation marks, a dot behind the domain. */
const wrappings: readonly RegExp[] = [/^(?:mailto|smtp):(.+)$/i, /^'(.+)'$/, /^[‘’`´](.+)[‘’`´]$/u, /^(.+@[^@]+)\.$/];

/** Lower-cased, the domain in its ASCII form; '' for what is no address (and for the null address). */
export function addrSpec(written: string): string {
  if (written.length > longestAddress + 20) return '';
  const text = unwrapped(written);
  if (text.length > longestAddress || !/^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\]+$/.test(text)) return '';
  if (oneLine(text, longestAddress) !== text) return '';
  const at = text.lastIndexOf('@');
  const domain = text.slice(at + 1);
  const ascii = /^[\x00-\x7f]*$/.test(domain) ? domain : domainToASCII(domain);
  return ascii === '' ? '' : `${text.slice(0, at)}@${ascii}`.toLowerCase();
}

function unwrapped(written: string): string {
  const inner = wrappings.reduce((text, wrapping) => wrapping.exec(text)?.[1] ?? text, written);
  return inner === written ? written : unwrapped(inner);
}
