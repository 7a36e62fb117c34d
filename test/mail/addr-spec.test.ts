/** Addresses as programs write them, and the form in which they are compared. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addrSpec } from '../../src/mail/addr-spec.ts';

const wrappings: Record<string, (address: string) => string> = {
  nothing: (address) => address,
  'single quotes': (address) => `'${address}'`,
  'curly quotes': (address) => `‘${address}’`,
  'mailto:': (address) => `mailto:${address}`,
  'SMTP:': (address) => `SMTP:${address}`,
  'quotes and a scheme': (address) => `'mailto:${address}'`,
  'a dot behind it': (address) => `${address}.`,
  capitals: (address) => address.toUpperCase(),
};

describe('an address', () => {
  it.each(Object.entries(wrappings))('is the same in %s', (_what, wrap) => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        // what cannot stand without quotation marks, or begins with a mark of its own, is not what is wrapped here
        fc.pre(/^[a-z0-9][a-z0-9.+_-]*[a-z0-9]@/i.test(address) && address.length < 240);
        expect(addrSpec(wrap(address))).toBe(address.toLowerCase());
      }),
    );
  });

  it.each(["o'brien@firm.example", "'t.hooft@firm.example"])('keeps an apostrophe of its own: %s', (address) => {
    expect(addrSpec(address)).toBe(address);
  });

  it.each([
    '',
    'anna',
    'anna@',
    '@firm.example',
    'a@b@c.example',
    'anna@firm.example, x@y.example',
    `${'a'.repeat(300)}@x.example`,
  ])('is none: %s', (text) => {
    expect(addrSpec(text)).toBe('');
  });
});
