/** The gate for whom a letter may go to. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authenticationOf } from '../../src/rules/authentication.ts';
import { isWritableAddress } from '../../src/rules/client.ts';
import { answerRecipient, recipientOf, registered } from '../../src/rules/recipient.ts';
import { aMail, client as bruno } from './a-mail.ts';

const firm = { addresses: [bruno, 'desk@agency.example'], domains: ['firm.example'] };
const onlyBruno = { addresses: [bruno], domains: [] };
const passed = 'Authentication-Results: mx; dmarc=pass';
const failed = 'Authentication-Results: mx; dmarc=fail';

function answered(lines: string[], facts: Partial<Parameters<typeof answerRecipient>[0]> = {}) {
  const mail = facts.mail ?? aMail(lines);
  return answerRecipient({
    mail,
    client: onlyBruno,
    to: 'clients',
    authentication: authenticationOf(mail),
    ownerWroteTo: () => false,
    ...facts,
  });
}

describe('whom an acknowledgement to a client goes to', () => {
  it.each<[string, string[], string | null | undefined, string | null]>([
    ['From when the envelope is unknown', [], undefined, bruno],
    ['From in the register’s spelling', ['From: Bruno <Bruno@Firm.Example>'], 'BRUNO@firm.example', bruno],
    ['From without the sender’s own mark', ['From: bruno+victim@firm.example'], undefined, bruno],
    ['From, whoever the envelope is at the same firm', [], 'carla@firm.example', bruno],
    ['From, whoever the envelope is of the register', [], 'desk@agency.example', bruno],
    ['From, whatever Sender and the envelope agree on', ['Sender: v@third.example'], 'v@third.example', bruno],
    ['From behind SRS', [], 'SRS0=a1=b2=third.example=victim@forward.example', bruno],
    ['From behind SRS of the firm', [], 'SRS0=a1=b2=firm.example=victim@forward.example', bruno],
    ['From behind SRS1', [], 'SRS1=a1=fwd.example==b2=c3=firm.example=victim@forward.example', bruno],
    ['From behind VERP', [], 'bounces+7-anna=studio.example@firm.example', bruno],
    ['From behind BATV', [], 'prvs=012345=victim@firm.example', bruno],
    ['never Reply-To', ['Reply-To: victim@other.example'], undefined, bruno],
    ['nobody for the null sender', [], '', null],
    [
      'nobody for the null sender in one of two lines',
      ['Return-Path: <v@x.example>', 'Return-Path: <>'],
      undefined,
      null,
    ],
    ['nobody without From', ['From:'], bruno, null],
    ['nobody for several authors', [`From: ${bruno}, b@firm.example`], undefined, null],
    ['nobody for two From lines', [`From: ${bruno}`, 'From: b@firm.example'], undefined, null],
    ['nobody for an address that is not registered', ['From: carla@firm.example'], undefined, null],
    ['nobody for a longer address', [`From: x${bruno}`], undefined, null],
    ['nobody for a route', ['From: victim%third.example@firm.example'], undefined, null],
    ['nobody for a bang path', ['From: third.example!victim@firm.example'], undefined, null],
    ['nobody for an option of a program', ['From: -oQ/tmp@firm.example'], undefined, null],
    ['nobody for a local name', ['From: bruno@localhost'], undefined, null],
    ['nobody for an address literal', ['From: bruno@[192.0.2.1]'], undefined, null],
    ['nobody for a quoted local part', ['From: <"bruno neri"@firm.example>'], undefined, null],
    ['nobody for letters that cannot be written to', ['From: brúno@firm.example'], undefined, null],
  ])('%s', (_title, lines, envelopeFrom, expected) => {
    expect(answered(lines, { envelopeFrom }).recipient).toBe(expected);
    // Authentication proves From; it makes no stranger's address a client's.
    expect(answered([...lines, passed], { envelopeFrom }).recipient).toBe(expected);
  });

  it.each<[string, string[], string | undefined, boolean, string | null]>([
    ['nobody whom nothing proves', ['From: carla@firm.example'], undefined, false, null],
    ['nobody whom the server found forged', ['From: carla@firm.example', failed], undefined, false, null],
    ['From when the server proves it', ['From: carla@firm.example', passed], undefined, false, 'carla@firm.example'],
    ['From when the owner wrote there before', ['From: carla@firm.example'], undefined, true, 'carla@firm.example'],
    [
      'the envelope when it is registered itself',
      ['From: carla@firm.example'],
      'desk@agency.example',
      false,
      'desk@agency.example',
    ],
    ['not a route, proven or not', ['From: victim%third.example@firm.example', passed], undefined, true, null],
    ['not a bang path, proven or not', ['From: third.example!victim@firm.example', passed], undefined, true, null],
    ['not a domain below', ['From: carla@mail.firm.example', passed], undefined, true, null],
  ])('of a client known by the domain: %s', (_title, lines, envelopeFrom, wroteTo, expected) => {
    expect(answered(lines, { client: firm, envelopeFrom, ownerWroteTo: () => wroteTo }).recipient).toBe(expected);
  });
});

describe('whom an acknowledgement to a stranger goes to', () => {
  it.each<[string, string[], string | null]>([
    ['nobody when nothing was found', [], null],
    ['nobody when it failed', [failed], null],
    [
      'nobody when somebody else passed',
      ['Authentication-Results: mx; dkim=pass header.d=evil.example; dmarc=none'],
      null,
    ],
    ['nobody when neither passed', ['Authentication-Results: mx; spf=fail; dkim=fail; dmarc=none'], null],
    ['nobody when the policy is broken', ['Authentication-Results: mx; dmarc=permerror'], null],
    ['From when it passed', [passed], bruno],
    ['From, not the envelope that passed', ['Return-Path: <v@firm.example>', passed], bruno],
  ])('%s', (_title, lines, expected) => {
    expect(answered(lines, { client: null, to: 'everyone', ownerWroteTo: () => true }).recipient).toBe(expected);
    expect(answered(lines, { client: null, to: 'clients', ownerWroteTo: () => true }).recipient).toBeNull();
  });
});

it('whatever the mail holds, what comes through stands in the register, or is the proven From', () => {
  const piece = fc.constantFrom(
    'bruno',
    'victim',
    'firm.example',
    'third.example',
    '@',
    '%',
    '!',
    '+',
    '"',
    '<',
    '>',
    ',',
    '=',
    ' ',
    'SRS0=a=b=',
  );
  const value = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.constantFrom(bruno, 'desk@agency.example', 'v@third.example'),
  );
  const name = fc.constantFrom('From', 'Sender', 'Reply-To', 'Return-Path', 'Resent-From', 'X-Original-From');
  const lines = fc.array(
    fc.tuple(name, value).map(([header, text]) => `${header}: ${text}`),
    { maxLength: 5 },
  );
  const register = fc.constantFrom(onlyBruno, firm, null);
  fc.assert(
    fc.property(
      lines,
      register,
      fc.constantFrom('clients', 'everyone'),
      fc.boolean(),
      fc.option(value),
      (given, client, to, isPassed, envelopeFrom) => {
        const mail = aMail(given);
        const state = isPassed ? 'passed' : 'unknown';
        const { recipient } = answerRecipient({
          mail,
          client,
          to,
          envelopeFrom,
          authentication: { state, found: '' },
          ownerWroteTo: () => false,
        });
        if (recipient === null) return;
        expect(isWritableAddress(recipient)).toBe(true);
        const isRegistered = client?.addresses.includes(recipient) ?? false;
        const isProven = isPassed && recipient === mail.from?.address && (to === 'everyone' || client === firm);
        expect(isRegistered || isProven).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

it('a letter goes to the first address of the register, or to one that stands there', () => {
  expect(recipientOf(firm)).toBe(bruno);
  expect(recipientOf({ addresses: [] })).toBeNull();
  expect(recipientOf({ addresses: ['a%b@c.example'] })).toBeNull();
  expect(registered(firm, 'Desk@Agency.example')).toBe('desk@agency.example');
  expect(registered(firm, 'carla@firm.example')).toBeNull();
});
