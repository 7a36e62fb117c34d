/** The windows of the time before anybody kept them, and the questions that lay. */
import { describe, expect, it } from 'vitest';
import { parseWeek } from '../../src/rules/contact-hours.ts';
import { type PastMessage, pastRequests, pastWindows } from '../../src/rules/past-windows.ts';
import { instant, toIso } from '../../src/rules/time.ts';

const rome = (text: string) => instant(`${text}:00+01:00`);
const office = ['09:00-18:00'];
const settings = {
  hours: {
    timeZone: 'Europe/Rome',
    week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: office }),
    holiday: () => undefined,
    closures: [],
  },
  responseWindow: { hours: 72, count: 'elapsed' as const },
};

let id = 0;
function message(at: string, over: Partial<PastMessage> = {}): PastMessage {
  return { id: ++id, receivedAt: rome(at), direction: 'in', matter: 'site', history: true, ...over };
}
const out = { direction: 'out' as const };

function found(messages: PastMessage[]): string[] {
  return pastWindows(messages, settings).map(
    ({ openedAt, dueAt, answeredAt, messageIds }) =>
      `${toIso(openedAt)} due ${toIso(dueAt)} ${answeredAt === null ? 'open' : toIso(answeredAt)} ${messageIds.length}`,
  );
}

describe('a window of the past', () => {
  it('opens with the first message, is joined, and closed by the next answer on the matter', () => {
    const messages = [
      message('2026-11-02T10:00'),
      message('2026-11-02T11:00'),
      message('2026-11-03T09:00', { ...out, matter: 'other' }),
      message('2026-11-04T09:00', out),
      message('2026-11-06T10:00'),
    ];
    expect(found(messages)).toEqual([
      '2026-11-02T09:00:00Z due 2026-11-05T09:00:00Z 2026-11-04T08:00:00Z 2',
      '2026-11-06T09:00:00Z due 2026-11-09T09:00:00Z open 1',
    ]);
  });

  it('is due at the next opening when the hours end in a closed time', () => {
    expect(found([message('2026-11-05T10:00')])).toEqual(['2026-11-05T09:00:00Z due 2026-11-09T08:00:00Z open 1']);
  });

  it('is not made for a message that has one of its own, which yet may be answered before', () => {
    expect(found([message('2026-11-02T10:00', { history: false }), message('2026-11-03T10:00', out)])).toEqual([]);
  });

  it('is not made by the owner writing first', () => {
    expect(found([message('2026-11-02T10:00', out), message('2026-11-02T10:30', out)])).toEqual([]);
  });

  it('counts the hours alone when nothing ever opens', () => {
    const never = { ...settings, hours: { ...settings.hours, week: parseWeek({}) } };
    expect(pastWindows([message('2026-11-02T10:00')], never)[0]?.dueAt).toBe(rome('2026-11-05T10:00'));
  });
});

describe('a question of the past', () => {
  function lay(messages: PastMessage[], talks: string[] = []): string[] {
    const asks = new Set(messages.filter((one) => one.direction === 'out').map((one) => one.id));
    return pastRequests(messages, { asks, talks: talks.map(rome) }).map(
      (one) =>
        `${toIso(one.openedAt).slice(0, 10)} ${one.answeredAt === null ? 'open' : toIso(one.answeredAt).slice(0, 10)}`,
    );
  }

  it('ends with the next word of the client, in whatever matter', () => {
    expect(lay([message('2026-11-02T10:00', out), message('2026-11-09T10:00', { matter: 'other' })])).toEqual([
      '2026-11-02 2026-11-09',
    ]);
  });

  it('ends with a call that was logged', () => {
    expect(lay([message('2026-11-02T10:00', out), message('2026-11-09T10:00')], ['2026-11-05T10:00'])).toEqual([
      '2026-11-02 2026-11-05',
    ]);
  });

  it('asked again before an answer is one', () => {
    const messages = [message('2026-11-02T10:00', out), message('2026-11-05T10:00', out), message('2026-11-09T10:00')];
    expect(lay(messages)).toEqual(['2026-11-02 2026-11-09']);
  });

  it('asked in another matter is another, though nothing was answered', () => {
    const other = { ...out, matter: 'other' };
    expect(lay([message('2026-11-02T10:00', out), message('2026-11-05T10:00', other)])).toEqual([
      '2026-11-02 open',
      '2026-11-05 open',
    ]);
  });

  it('asked after the answer is another', () => {
    const messages = [message('2026-11-02T10:00', out), message('2026-11-03T10:00'), message('2026-11-04T10:00', out)];
    expect(lay(messages)).toEqual(['2026-11-02 2026-11-03', '2026-11-04 open']);
  });

  it.each([
    ['sixty days ago still waits', '2026-09-24T11:00', ['2026-09-24 open']],
    ['longer ago waits as well: it is never dropped while it is open', '2026-01-24T09:00', ['2026-01-24 open']],
  ])('asked %s', (_name, at, expected) => {
    expect(lay([message(at, out)])).toEqual(expected);
  });

  it('is none when it asks nothing', () => {
    const statement = message('2026-11-02T10:00', out);
    expect(pastRequests([statement], { asks: new Set(), talks: [] })).toEqual([]);
  });
});
