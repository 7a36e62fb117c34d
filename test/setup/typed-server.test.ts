/** Servers as people type and copy them. */
import { describe, expect, it } from 'vitest';
import { countryOfZone } from '../../src/setup/country.ts';
import { typedServer } from '../../src/setup/typed-server.ts';

describe('a typed server', () => {
  it.each([
    ['mail.studio.it', 'imap', { host: 'mail.studio.it', port: 993, secure: true }],
    [' Mail.Studio.IT. ', 'smtp', { host: 'mail.studio.it', port: 465, secure: true }],
    ['imaps://mail.studio.it/', 'imap', { host: 'mail.studio.it', port: 993, secure: true }],
    ['mail.studio.it:143', 'imap', { host: 'mail.studio.it', port: 143, secure: 'starttls' }],
    ['mail.studio.it:587', 'smtp', { host: 'mail.studio.it', port: 587, secure: 'starttls' }],
    ['mail.studio.it:4465', 'smtp', { host: 'mail.studio.it', port: 4465, secure: true }],
    ['192.168.1.5', 'imap', { host: '192.168.1.5', port: 993, secure: true }],
  ] as const)('%s', (text, kind, server) => {
    expect(typedServer(text, kind)).toEqual(server);
  });

  it.each(['', 'anna@studio.it', 'mail studio it', 'mail.studio.it:99999', 'mail..it', '-mail.it', 'mail.it:143:5'])(
    'is none: %s',
    (text) => {
      expect(typedServer(text, 'imap')).toBeNull();
    },
  );
});

describe('the country of a zone', () => {
  it.each([
    ['Europe/Rome', 'IT'],
    ['Europe/Berlin', 'DE'],
    ['Europe/London', 'GB'],
    ['America/New_York', 'US'],
    ['Asia/Kolkata', 'IN'],
  ])('%s', (zone, country) => {
    expect(countryOfZone(zone)).toBe(country);
  });

  it('is none of UTC, nor of what is no zone', () => {
    expect([countryOfZone('UTC'), countryOfZone('Europe/Nowhere')]).toEqual([null, null]);
  });
});
