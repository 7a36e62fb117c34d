/** What a delivery report says of a letter, and which letter it is about. */
import { describe, expect, it } from 'vitest';
import { deliveryStatuses } from '../../src/mail/delivery-report.ts';
import { finalRecipientOf, isAbout, outcomeOf } from '../../src/rules/delivery-report.ts';
import { aMail, client } from './a-mail.ts';

const other = 'x@other.example';
const fields = (action: string, status: string, recipient = client) =>
  `Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ${recipient}\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550\r\n folded: Action: delivered\r\n`;
const report = (...texts: string[]) => aMail([], { deliveryStatus: deliveryStatuses(texts) });

describe('the outcome', () => {
  it.each([
    ['failed', '5.1.1', 'failed'],
    ['Failed (gave up)', '4.4.7', 'failed'],
    ['delayed', '4.4.1', 'delayed'],
    ['delivered', '2.0.0', 'done'],
    ['relayed', '2.0.0', 'done'],
    ['expanded', '2.0.0', 'done'],
    ['', '4.2.2', 'delayed'],
    ['', '2.1.5', 'done'],
    ['', '5.0.0', 'failed'],
    ['unheard-of', '', 'failed'],
  ])('of Action "%s", Status %s is %s', (action, status, outcome) => {
    expect(outcomeOf(report(fields(action, status)), client)).toBe(outcome);
  });

  it('is what is said of this recipient, among several', () => {
    const both = report(`${fields('failed', '5.1.1', other)}\r\n${fields('delayed', '4.4.1').split('\r\n\r\n')[1]}`);
    expect(outcomeOf(both, client)).toBe('delayed');
    expect(outcomeOf(both, other)).toBe('failed');
    expect(outcomeOf(both, 'forwarded@elsewhere.example')).toBe('failed');
  });

  it.each([
    ['Delivery Status Notification (Delay)', 'delayed'],
    ['Undelivered Mail Returned to Sender', 'failed'],
  ])('without fields follows from the subject "%s": %s', (subject, outcome) => {
    expect(outcomeOf(aMail([`Subject: ${subject}`]), client)).toBe(outcome);
  });
});

describe('the letter it is about', () => {
  const letter = { recipient: client, subject: 'Promemoria: fattura n. 14' };
  it.each([
    ['by Final-Recipient', report(fields('failed', '5.1.1')), true],
    [
      'by Original-Recipient',
      report(`Original-Recipient: rfc822;${client}\nFinal-Recipient: rfc822;${other}\nAction: failed`),
      true,
    ],
    ['by X-Failed-Recipients', aMail([`X-Failed-Recipients: ${client}`]), true],
    [
      'by recipient and subject in its words',
      aMail([], { text: `${client}: 550\n\nSubject: Promemoria: fattura n. 14` }),
      true,
    ],
    ['not by the recipient in its words alone', aMail([], { text: `${client}: 550` }), false],
    ['not when its fields name somebody else', report(fields('failed', '5.1.1', other)), false],
  ])('%s', (_what, mail, expected) => {
    expect(isAbout(mail, letter)).toBe(expected);
  });

  it('a report about somebody else says so', () => {
    expect(finalRecipientOf(report(fields('failed', '5.1.1', other)), client)).toBe(other);
    expect(finalRecipientOf(report(fields('failed', '5.1.1', client.toUpperCase())), client)).toBe(client);
    expect(finalRecipientOf(aMail(), client)).toBeNull();
  });
});
