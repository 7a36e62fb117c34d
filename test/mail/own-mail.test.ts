/** Her own mails on the wire: the folder made, one message taken out of it, and all recipients told in one hand-over. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DeliveryError } from '../../src/errors.ts';
import { openCourier } from '../../src/mail/courier.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import type { OwnEnvelope } from '../../src/rules/own-mail.ts';
import { envelopeOf } from '../../src/rules/own-mail.ts';
import { instant } from '../../src/rules/time.ts';
import { startEmbeddedImap } from '../support/embedded-imap.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';

const now = instant('2026-11-24T08:00:00Z');
const mine = 'anna@studio.example';
const to = ['carla@client.example', 'luca@client.example'];
const bytes = Buffer.from(`From: ${mine}\r\nSubject: Perch\u00e9\r\n\r\nCi\u00f2.\r\n.\r\n..\r\n`);

describe('the folder', () => {
  it('is made where there is none, and one message is taken out, not those beside it', async () => {
    const imap = await startEmbeddedImap();
    const parser = openParser();
    const { host, port, user } = imap;
    const login = { host, port, secure: false, user, password: async () => imap.password };
    const path = 'Paletti/In hours';
    const mailbox = openMailbox(
      { name: 'studio', imap: login, sent: 'auto', sendInHours: path },
      { parser, now: () => now },
    );
    onTestFinished(async () => {
      await mailbox.close();
      await parser.close();
      await imap.stop();
    });
    expect(mailbox.ownMailFolder).toBe(path);
    expect(await mailbox.open(`inbox:${path}`)).toBeNull();
    expect(await mailbox.makeFolder?.(path)).toBe(true);
    expect(await mailbox.open(`inbox:${path}`)).toMatchObject({ path, uidNext: 1 });
    expect(await mailbox.list(`inbox:${path}`, 0)).toEqual([]);
    for (const n of [1, 2, 3]) imap.append('inbox', { source: `Subject: ${n}\r\n\r\n${n}\r\n`, receivedAt: now });
    await mailbox.open('inbox');
    const [, second = 0] = await mailbox.list('inbox', 0);
    await mailbox.takeOut?.('inbox', second);
    await mailbox.takeOut?.('inbox', second);
    expect(imap.messages('inbox')).toHaveLength(2);
  });
});

describe('the hand-over', () => {
  const envelope = envelopeOf({ sender: mine, recipients: to }, [mine]) as OwnEnvelope;

  async function sent(refused: readonly string[] = []) {
    const sink = await startSmtpSink({
      answer: (stage, address) =>
        stage === 'rcpt' && refused.includes(address) ? { code: 550, text: 'no such user' } : null,
    });
    onTestFinished(() => sink.stop());
    const courier = openCourier({ mailbox: 'studio', smtp: { host: '127.0.0.1', port: sink.port, secure: false } });
    const outcome = await courier.sendOwn?.(envelope, bytes).catch((error: unknown) => error);
    return { sink, outcome };
  }

  it('is one for all recipients, byte for byte', async () => {
    const { sink, outcome } = await sent();
    expect(outcome).toEqual({ rejected: [] });
    expect(sink.messages).toHaveLength(1);
    expect(sink.messages[0]?.raw.equals(bytes)).toBe(true);
  });

  it('says who was not taken, where others were', async () => {
    const { sink, outcome } = await sent([to[1] as string]);
    expect(outcome).toEqual({ rejected: [to[1]] });
    expect(sink.messages).toHaveLength(1);
  });

  it('is refused where nobody was taken', async () => {
    const { sink, outcome } = await sent(to);
    expect(outcome).toBeInstanceOf(DeliveryError);
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'recipient' });
    expect(sink.messages).toEqual([]);
  });

  it('knows no address that is not hers, and none that no letter may go to', () => {
    expect(envelopeOf({ sender: 'x@y.example', recipients: to }, [mine])).toBeNull();
    expect(envelopeOf({ sender: mine, recipients: ['-oQ/tmp@x.example'] }, [mine])).toBeNull();
    expect(envelopeOf({ sender: mine, recipients: [] }, [mine])).toBeNull();
  });
});
