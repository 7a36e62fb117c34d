import { describe, expect, it } from 'vitest';
import { decide } from '../../src/jobs/decide.ts';
import { silentLog } from '../../src/log.ts';
import { parse } from '../../src/mail/parse.ts';
import { instant } from '../../src/rules/time.ts';
import { listMessages } from '../../src/store/messages.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const raw = (headers: string[] = []) =>
  Buffer.from(
    [
      'From: Luca Bianchi <luca@cliente.example>',
      'To: anna@studio.example',
      'Subject: Preventivo',
      'Message-ID: <1@cliente.example>',
      ...headers,
      '',
      'Ciao!',
      '',
    ].join('\r\n'),
  );

async function decided(
  studio: Studio,
  source: Buffer,
  options: { asClient?: boolean; mailFrom?: string; rcptTo?: string; now?: string } = {},
) {
  const { app, clock, config } = studio;
  const parts = { store: app.store, clock, settings: config, letters: app.letters, log: silentLog, mailbox: 'studio' };
  const { mailFrom, rcptTo, asClient = true } = options;
  return decide(parts, await parse(source), source.length, {
    asClient,
    mailFrom,
    rcptTo,
    now: instant(options.now ?? '2026-11-21T22:15:00+01:00'),
  });
}

describe('decide', () => {
  it('answers with exactly the agreed keys, and changes nothing', async () => {
    const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
    const decision = await decided(studio, raw());
    expect(Object.keys(decision)).toEqual([
      'client',
      'kind',
      'outOfHours',
      'outOfHoursWhy',
      'window',
      'acknowledge',
      'reason',
      'why',
      'holdUntil',
      'letter',
    ]);
    expect(decision).toMatchObject({
      client: 'luca@cliente.example',
      kind: 'human',
      outOfHours: true,
      window: { opensAt: '2026-11-21T21:15:00Z', dueAt: '2026-11-25T08:00:00Z' },
      acknowledge: true,
      holdUntil: '2026-11-23T08:00:00Z',
      letter: {
        envelope: { from: '', to: 'luca@cliente.example' },
        headers: {
          'Auto-Submitted': 'auto-replied',
          'In-Reply-To': '<1@cliente.example>',
          References: '<1@cliente.example>',
        },
      },
    });
    expect(studio.app.store.read((r) => listMessages(r, {}))).toEqual([]);
    expect(studio.letters()).toEqual([]);
  });

  it('does not answer a stranger, unless everyone is answered', async () => {
    const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
    expect(await decided(studio, raw(), { asClient: false })).toMatchObject({
      client: null,
      kind: 'human',
      acknowledge: false,
      letter: null,
    });
    const open = await openStudio({
      now: '2026-11-20T10:00:00+01:00',
      config: { acknowledgement: { to: 'everyone' } },
    });
    expect(await decided(open, raw(), { asClient: false })).toMatchObject({ acknowledge: false, letter: null });
    const proven = raw(['Authentication-Results: mx.studio.example; dmarc=pass header.from=cliente.example']);
    expect(await decided(open, proven, { asClient: false })).toMatchObject({
      client: null,
      acknowledge: true,
      letter: { envelope: { from: '', to: 'luca@cliente.example' } },
    });
  });

  it('hears the envelope: the null sender is a robot, an unknown recipient is nobody we are', async () => {
    const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
    expect(await decided(studio, raw(), { mailFrom: '' })).toMatchObject({ acknowledge: false, letter: null });
    expect(await decided(studio, raw(['Auto-Submitted: auto-replied']))).toMatchObject({
      kind: 'automatic',
      acknowledge: false,
      window: null,
    });
  });

  it('holds nothing until later when the studio is open', async () => {
    const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
    expect(await decided(studio, raw(), { now: '2026-11-23T10:00:00+01:00' })).toMatchObject({
      outOfHours: false,
      holdUntil: '2026-11-23T09:30:00Z',
    });
  });
});
