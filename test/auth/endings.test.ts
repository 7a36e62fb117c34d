/** What a mailbox logs in with, and the day on which that ends: read from the configuration, the sign-in and the certificate. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { endingsOf } from '../../src/auth/endings.ts';
import { localDay } from '../../src/rules/time.ts';
import { authority, cert } from '../support/certificate.ts';

const server = { ca: null, login: { password: { env: 'X' } } };
const mailbox = { name: 'studio', passwordUntil: null, imap: server, smtp: server };

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'paletti-endings-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

it('is a day that was written down, and nothing where none was', () => {
  const until = localDay('2027-02-14');
  expect(endingsOf([{ ...mailbox, passwordUntil: until }, mailbox], folder(), 'Europe/Rome')).toEqual([
    { mailbox: 'studio', what: 'password', of: '', on: until },
  ]);
});

it('is the last day of a named certificate, once for both servers; what cannot be read ends never here', () => {
  const file = join(folder(), 'ca.pem');
  writeFileSync(file, `${authority}\n${cert}`);
  const named = { ...server, ca: file };
  const found = endingsOf([{ ...mailbox, imap: named, smtp: named }], folder(), 'Europe/Rome');
  expect(found).toEqual([{ mailbox: 'studio', what: 'certificate', of: file, on: '2119-12-08' }]);
  writeFileSync(file, 'nothing\n-----END CERTIFICATE-----\n');
  expect(endingsOf([{ ...mailbox, imap: named, smtp: { ...server, ca: '/nowhere' } }], folder(), 'UTC')).toEqual([]);
});
