/** The prose of a mail case is read phrase by phrase; what is not known is said, never passed over. */
import { describe, expect, it } from 'vitest';
import { dayMeant, settingOf, wantedOf } from '../../bench/cases/mail-words.mjs';

describe('what a case wants', () => {
  const table: [string, object[][]][] = [
    ['window stays open', [[{ window: 'open' }]]],
    ['window stays open: the owner did not write it', [[{ window: 'open' }]]],
    ['window stays open while the copy carries \\Draft', [[{ window: 'open' }]]],
    [
      'window stays open, the held acknowledgement is not dropped',
      [[{ window: 'open' }], [{ acknowledgement: 'kept' }]],
    ],
    ['no answer: a robot wrote it', [[{ window: 'open' }]]],
    ['answered: From is an own address, a recipient is the client', [[{ window: 'answered' }]]],
    ['answered/flag', [[{ window: 'answered', evidence: 'flag' }]]],
    [
      'answered, or at least a word of `doctor` that a second Sent folder exists',
      [[{ window: 'answered' }, { doctor: true }]],
    ],
    ['answered (with marco@ in owner.addresses at the latest)', [[{ window: 'answered' }]]],
    ['same thread, answered', [[{ sameThread: true }], [{ window: 'answered' }]]],
    ['same thread by a digest of it', [[{ sameThread: true }]]],
    ['hold', [[{ hold: 'any' }]]],
    ['hold: same client, "R:" + the letter\'s own subject', [[{ hold: 'any' }]]],
    ['hold "bounce"', [[{ hold: 'bounce' }]]],
    ['hold payment-claimed', [[{ hold: 'payment-claimed' }]]],
    ['hold (never an acknowledgement)', [[{ hold: 'any' }], [{ acknowledgement: 'none' }]]],
    [
      'hold (reply / payment claimed), notice to the owner',
      [[{ hold: ['reply', 'payment-claimed'] }], [{ notice: true }]],
    ],
    ['hold until 21 December', [[{ hold: 'any', holdUntil: '21 December' }]]],
    ['no hold, notice', [[{ hold: 'none' }], [{ notice: true }]]],
    ['nothing: Action: delayed', [[{ hold: 'none', acknowledgement: 'none', notice: false, window: 'none' }]]],
    ['notice to the owner: the letter waits in a filter', [[{ notice: true }]]],
    ['text read as windows-1252; hold payment-claimed', [[{ readable: true }], [{ hold: 'payment-claimed' }]]],
    ['Subject "Perché …", To "Nicolò Bianchi"', [[{ subject: 'Perché …' }], [{ to: 'Nicolò Bianchi' }]]],
    ['the client, window', [[{ client: true }], [{ window: 'open' }]]],
    ['the client: Sender names her', [[{ client: true }]]],
    [
      'recorded for the client with a window, no acknowledgement',
      [[{ client: true, window: 'open' }], [{ acknowledgement: 'none' }]],
    ],
    ['human, window (own text, another organizer)', [[{ kind: 'human' }], [{ window: 'open' }]]],
    ['no acknowledgement (a window at most as a hint)', [[{ acknowledgement: 'none' }]]],
    ['automatic: part text/vnd.google.email-reaction+json', [[{ kind: 'automatic' }]]],
    ['no new window: same Message-ID, same text, answered', [[{ newWindow: false }]]],
    [
      'as DESIGN 4.3 says: once per address in 72 h; per client would be kinder',
      [[{ acknowledgedOncePerAddress: 72 }]],
    ],
    ['a stranger, no window', [[{ client: false }], [{ window: 'none' }]]],
  ];

  it.each(table)('%s', (want, all) => {
    expect(wantedOf({ want })).toEqual({ all, unclear: [] });
  });

  it('says which clause it does not know', () => {
    expect(wantedOf({ want: 'hold, a brass band' }).unclear).toEqual(['a brass band']);
    expect(wantedOf({}).unclear).not.toEqual([]);
  });

  it('believes what is said in a structured form', () => {
    expect(wantedOf({ want: 'whatever', expect: { window: 'open' } })).toEqual({
      all: [[{ window: 'open' }]],
      unclear: [],
    });
  });
});

describe('the setting of a case', () => {
  const base =
    'client "Bianchi Srl" = anna@bianchi.example; empty first pass, then q1 in INBOX, a pass, then the steps';

  it('knows the client and the first question', () => {
    expect(settingOf({ setup: base })).toMatchObject({
      clients: [{ name: 'Bianchi Srl', addresses: ['anna@bianchi.example'] }],
      asksFirst: true,
      answersFirst: false,
      unclear: [],
    });
  });

  it('knows addresses that are cut short', () => {
    expect(settingOf({ setup: 'client = anna@ and info@bianchi.example; a mail from each' }).clients).toEqual([
      { name: 'Bianchi Srl', addresses: ['anna@bianchi.example', 'info@bianchi.example'] },
    ]);
  });

  it('knows invoice, day, folders, flags, identifiers and how late it is', () => {
    expect(
      settingOf({
        setup: 'client = a@b.example; invoice 14, 610 EUR, issued 2026-10-26, due 2026-11-20; a pass on 2026-11-30',
      }),
    ).toMatchObject({
      invoices: [{ number: '14', total: '610', currency: 'EUR', issued: '2026-10-26', due: '2026-11-20' }],
      day: '2026-11-30',
    });
    expect(settingOf({ setup: `${base}; a second folder "Sent Messages"` }).folders).toEqual(['Sent Messages']);
    expect(settingOf({ setup: `${base}; then \\Answered is set on q2 (UID 2)` }).flagged).toEqual({
      flag: '\\Answered',
      uid: 2,
    });
    expect(settingOf({ setup: 'as base, q1 with Message-ID <a b@c.example>' }).q1.messageId).toBe('<a b@c.example>');
    expect(settingOf({ setup: 'as base, q1 with a Message-ID of 1,100 letters, folded' }).q1.messageId).toHaveLength(
      1100 + '<@bianchi.example>'.length,
    );
    expect(settingOf({ setup: `${base}; q1 received 10 minutes ago` }).q1.minutesAgo).toBe(10);
    expect(settingOf({ setup: `${base}; then a pass 14 hours later` }).laterMinutes).toBe(840);
    expect(settingOf({ setup: 'client = a@b.example; studio@ is an own address' }).owned).toEqual(['studio@']);
  });

  it('cannot play what names no client', () => {
    expect(settingOf({ setup: 'something else' }).unclear).not.toEqual([]);
  });

  it('takes a day without a year for the next such day', () => {
    expect(dayMeant('21 December', '2026-11-30')).toBe('2026-12-21');
    expect(dayMeant('7 January', '2026-11-30')).toBe('2027-01-07');
    expect(dayMeant('7 January 2028', '2026-11-30')).toBe('2028-01-07');
  });
});
