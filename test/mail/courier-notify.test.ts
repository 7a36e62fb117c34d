/** Which notices of delivery are asked for, where the server offers any (RFC 3461). */
import { expect, it, onTestFinished } from 'vitest';
import { openCourier } from '../../src/mail/courier.ts';
import { startScriptedSmtp } from '../support/scripted-smtp.ts';
import { throughTheGate } from '../support/through-the-gate.ts';

async function commandsFor(from: string, extensions: string[]): Promise<string[]> {
  const server = await startScriptedSmtp({ extensions });
  onTestFinished(() => server.stop());
  const courier = openCourier({ mailbox: 'studio', smtp: { host: '127.0.0.1', port: server.port, secure: false } });
  await courier.send(
    { from, to: throughTheGate('anna@client.example') },
    new TextEncoder().encode('Subject: x\r\n\r\nx\r\n'),
  );
  return server.commands.filter((line) => /^(?:MAIL|RCPT)/.test(line));
}

it.each([
  ['an automatic answer wants no notice', '', ['DSN'], 'RCPT TO:<anna@client.example> NOTIFY=NEVER'],
  ['nor says so to a server that offers none', '', ['PIPELINING'], 'RCPT TO:<anna@client.example>'],
  [
    'a letter in the owner’s name leaves it to the server',
    'm@studio.example',
    ['DSN'],
    'RCPT TO:<anna@client.example>',
  ],
])('%s', async (_, from, extensions, recipient) => {
  expect(await commandsFor(from, extensions)).toEqual([`MAIL FROM:<${from}>`, recipient]);
});
