/** Addresses that let in once, sessions that end, forms that do what they ask for once. */
import { describe, expect, it } from 'vitest';
import { type Outcome, Tickets } from '../../src/page/tickets.ts';
import { dayMs, instant, minuteMs, plus } from '../../src/rules/time.ts';

const now = instant('2026-11-30T09:00:00Z');
const did = (text: string): Outcome => ({ text, kind: 'done', undo: null });

function entered(tickets: Tickets): string {
  const cookie = tickets.enter(tickets.address(now), now) as string;
  return tickets.sessionOf(cookie, now) as string;
}

describe('an address', () => {
  it('lets in once', () => {
    const tickets = new Tickets();
    const token = tickets.address(now);
    expect(tickets.enter(token, now)).toEqual(expect.any(String));
    expect(tickets.enter(token, now)).toBeNull();
  });

  it('is good for five minutes, and a made-up one for none', () => {
    const tickets = new Tickets();
    expect(tickets.enter(tickets.address(now), plus(now, 5 * minuteMs))).not.toBeNull();
    expect(tickets.enter(tickets.address(now), plus(now, 5 * minuteMs + 1))).toBeNull();
    expect(tickets.enter('made-up', now)).toBeNull();
  });
});

describe('a session', () => {
  it('goes on while somebody looks, and ends after a day of rest', () => {
    const tickets = new Tickets();
    const cookie = tickets.enter(tickets.address(now), now) as string;
    expect(tickets.sessionOf(cookie, plus(now, dayMs))).not.toBeNull();
    expect(tickets.sessionOf(cookie, plus(now, 2 * dayMs))).not.toBeNull();
    expect(tickets.sessionOf(cookie, plus(now, 3 * dayMs + 1))).toBeNull();
    expect(tickets.sessionOf(cookie, plus(now, 3 * dayMs + 1))).toBeNull();
    expect(tickets.sessionOf(undefined, now)).toBeNull();
  });
});

describe('a form', () => {
  it('does what it asks for once, however often and how fast it is sent', async () => {
    const tickets = new Tickets();
    const session = entered(tickets);
    const token = tickets.formToken(session, '/outbox/3/approve');
    let times = 0;
    const work = async () => did(`done ${(times += 1)}`);
    const [first, second] = await Promise.all([
      tickets.once(session, '/outbox/3/approve', token, work),
      tickets.once(session, '/outbox/3/approve', token, work),
    ]);
    expect([first, second, await tickets.once(session, '/outbox/3/approve', token, work)]).toEqual([
      did('done 1'),
      did('done 1'),
      did('done 1'),
    ]);
    expect(await tickets.outcome(session, token.split('.')[0] as string)).toEqual(did('done 1'));
  });

  it('is good for its own address and its own session only', async () => {
    const tickets = new Tickets();
    const [one, other] = [entered(tickets), entered(tickets)];
    const token = tickets.formToken(one, '/outbox/3/drop');
    const work = async () => did('done');
    expect(await tickets.once(one, '/outbox/3/approve', token, work)).toBeNull();
    expect(await tickets.once(other, '/outbox/3/drop', token, work)).toBeNull();
    expect(await tickets.once(one, '/outbox/3/drop', 'a.b', work)).toBeNull();
    expect(await tickets.once(one, '/outbox/3/drop', '', work)).toBeNull();
    expect(await tickets.outcome(other, token.split('.')[0] as string)).toBeNull();
    expect(await tickets.once(one, '/outbox/3/drop', token, work)).toEqual(did('done'));
  });
});
