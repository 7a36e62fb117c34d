/** Lists as files, the report over a period, and the calendar that another program reads. */
import { describe, expect, it } from 'vitest';
import { calendarText } from '../../src/desk/calendar-file.ts';
import { instant } from '../../src/rules/time.ts';
import { entries } from '../../src/store/journal.ts';
import { putLetter } from '../../src/store/outbox.ts';
import { wordsOf } from '../../src/words/voice.ts';
import { letter } from '../desk/support.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { served, Visitor } from './visitor.ts';

const hostile = '=HYPERLINK("x"), Studio; \\ BEGIN:VEVENT';

async function busy(): Promise<{ studio: Studio; visitor: Visitor }> {
  const studio = await openStudio({ now: '2026-11-20T10:00:00+01:00' });
  const bianchi = studio.client(hostile, { addresses: ['bianchi@client.example'] });
  studio.invoice(bianchi, { number: '7', cents: 122_000, dueOn: '2026-11-02' });
  studio.app.store.write(studio.clock.now(), (w) => void putLetter(w, letter(studio.app, { clientId: bianchi.id })));
  studio.clientWrites({ from: 'Laura <bianchi@client.example>', subject: 'Il logo, quando?', text: 'Quando?' });
  await studio.at('2026-11-20T10:10:00+01:00');
  const page = await served(studio);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  return { studio, visitor };
}

describe('every list', () => {
  it.each(['/clients', '/inbox', '/outbox', '/money', '/plan', '/journal'])(
    '%s is a file too, which its page names',
    async (path) => {
      const { visitor } = await busy();
      expect(await visitor.text(path)).toContain(`href="${path}.csv`);
      const answer = await visitor.get(`${path}.csv`);
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      const text = await answer.text();
      expect(text.split('\r\n').length).toBeGreaterThan(2);
      // a spreadsheet would run it
      expect(text).not.toMatch(/(^|,|")=HYPERLINK/m);
    },
  );

  it('of letters and of mail is as long as what was asked for', async () => {
    const { visitor } = await busy();
    const lines = async (path: string) => (await visitor.text(path)).trim().split('\r\n').length - 1;
    expect(await lines('/outbox.csv?state=gone')).toBe(0);
    expect(await lines('/outbox.csv?state=all')).toBeGreaterThan(0);
    expect(await lines('/inbox.csv?q=logo')).toBe(1);
    expect(await lines('/inbox.csv?q=nothing')).toBe(0);
  });
});

describe('the report', () => {
  it('shows its charts for the period that was chosen, and for a year when none can be made out', async () => {
    const { visitor } = await busy();
    const text = await visitor.text('/report?days=30');
    expect(text).toContain('<a href="/report?days=30" aria-current="true">30 days</a>');
    expect(text.match(/<svg xmlns/g)?.length).toBeGreaterThan(1);
    expect(await visitor.text('/report?days=1e9')).toContain('days=365" aria-current');
  });

  it('can be printed as a page of its own, which runs nothing', async () => {
    const { visitor } = await busy();
    const answer = await visitor.get('/report.html?days=90');
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    expect(await answer.text()).toContain('<!doctype html>');
  });
});

describe('the calendar', () => {
  const fetched = (address: string) => fetch(address, { redirect: 'manual' });

  async function shared(visitor: Visitor): Promise<string> {
    const said = await visitor.click('/plan', '/calendar/share');
    return /http:\/\/127\.0\.0\.1:\d+\/calendar\.ics\?key=[\w-]{32}/.exec(said)?.[0] ?? '';
  }

  it('is read with its own key, without being signed in, and has what has a date', async () => {
    const { visitor } = await busy();
    const answer = await fetched(await shared(visitor));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    const text = (await answer.text()).replaceAll('\r\n ', '');
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n.*END:VCALENDAR\r\n$/s);
    expect(text).toContain('DTSTART;VALUE=DATE:20261102\r\nDTEND;VALUE=DATE:20261103\r\nSUMMARY:Invoice 7 due');
    expect(text).toContain('Answer due');
    expect(text).toContain('Il logo\\, quando?');
    expect(text.match(/^BEGIN:VEVENT\r$/gm)?.length).toBe(text.match(/^END:VEVENT\r$/gm)?.length);
  });

  it('opens nothing else: not a page with its key, not itself with the cookie', async () => {
    const { visitor } = await busy();
    const address = await shared(visitor);
    const key = new URL(address).searchParams.get('key') ?? '';
    expect((await fetched(`${visitor.home}/?key=${key}`)).status).toBe(403);
    expect((await fetched(`${visitor.home}/?enter=${key}`)).status).toBe(403);
    expect((await visitor.get('/calendar.ics')).status).toBe(403);
    expect((await fetched(`${visitor.home}/calendar.ics?key=`)).status).toBe(403);
  });

  it('lets in no more once its key was taken back, or another was made; neither key stands in the record', async () => {
    const { studio, visitor } = await busy();
    const first = await shared(visitor);
    const second = await shared(visitor);
    expect([(await fetched(first)).status, (await fetched(second)).status]).toEqual([403, 200]);
    await visitor.click('/plan', '/calendar/unshare');
    expect((await fetched(second)).status).toBe(403);
    const journal = studio.app.store.read((r) => entries(r)).map(({ kind }) => kind);
    expect(journal.slice(-3)).toEqual(['calendar-shared', 'calendar-shared', 'calendar-unshared']);
    const key = new URL(second).searchParams.get('key') ?? '';
    const facts = studio.app.store.read((r) =>
      JSON.stringify([r.all('SELECT * FROM facts'), r.all('SELECT * FROM journal')]),
    );
    expect(facts).not.toContain(key);
  });

  it('keeps no page open: who reads the dates is nobody who looks', async () => {
    const { studio } = await busy();
    const page = await served(studio, { restMs: 20 });
    const visitor = new Visitor(page);
    await visitor.enter(page.address());
    studio.clock.advance(15);
    expect((await fetched(`${visitor.home}/calendar.ics?key=x`)).status).toBe(403);
    studio.clock.advance(10);
    await page.ended;
    await expect(fetched(`${visitor.home}/`)).rejects.toThrow('fetch failed');
  });

  it('writes no line longer than 75 octets, whatever is in it', () => {
    const dates = {
      answers: [
        {
          id: 1,
          dueAt: instant('2026-11-23T09:00:00+01:00'),
          who: '漢字'.repeat(60),
          subject: 'x\r\nBEGIN:VEVENT;,\\',
        },
      ],
      invoices: [],
      exits: [],
    };
    const text = calendarText({ dates, letters: [] }, wordsOf('it'), instant('2026-11-20T09:00:00+01:00'));
    expect(Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(text.replaceAll('\r\n ', '')).toContain('x BEGIN:VEVENT\\;\\,\\\\');
    expect(text.match(/^BEGIN:VEVENT\r$/gm)).toHaveLength(1);
  });
});
