/** The page over a real connection: who gets in, what the forms do, what another program of the machine cannot. */
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { instant } from '../../src/rules/time.ts';
import { approveLetter } from '../../src/desk/outbox.ts';
import { letterById, putLetter } from '../../src/store/outbox.ts';
import { letter } from '../desk/support.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { key, served, Visitor } from './visitor.ts';
import { asWritten } from '../../src/rules/reason.ts';

const monday = '2026-11-23T10:00:00+01:00';

async function studioWithLetter(values: Parameters<typeof letter>[1] = {}): Promise<Studio> {
  const studio = await openStudio({ now: monday });
  studio.app.store.write(studio.clock.now(), (w) => void putLetter(w, letter(studio.app, values)));
  return studio;
}

async function visiting(studio: Studio, options = {}) {
  const page = await served(studio, options);
  const visitor = new Visitor(page);
  await visitor.enter(page.address());
  return { page, visitor };
}

const stateOf = (studio: Studio) => studio.app.store.read((r) => letterById(r, 1));

describe('getting in', () => {
  it('takes the one-time address, which answers 200 with a cookie that no script and no other site can use', async () => {
    const page = await served(await openStudio({ now: monday }));
    const address = page.address();
    const visitor = new Visitor(page);
    expect((await visitor.get('/')).status).toBe(403);
    const answer = await visitor.enter(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^paletti-\d+=[\w-]{32}; .*HttpOnly; SameSite=Strict$/i);
    expect((await visitor.get('/')).status).toBe(200);
    expect((await new Visitor(page).enter(address)).status).toBe(403);
  });

  it('is refused to another host name, to strangers and to made-up cookies', async () => {
    const { page, visitor } = await visiting(await openStudio({ now: monday }));
    expect(await statusAs(page.port, 'evil.example', visitor.cookie)).toBe(421);
    expect(await statusAs(page.port, `127.0.0.1:${page.port}`, visitor.cookie)).toBe(200);
    expect(await statusAs(page.port, `127.0.0.1:${page.port}`, `paletti-${page.port}=made-up`)).toBe(403);
    expect(await statusAs(page.port, `127.0.0.1:${page.port}`, '')).toBe(403);
  });

  it('is handed out once more to who shows the key, and to nobody else', async () => {
    const page = await served(await openStudio({ now: monday }));
    const visitor = new Visitor(page);
    const refused = await visitor.post('/address', {}, { authorization: 'Bearer another' });
    expect([refused.status, await refused.text()]).toEqual([403, 'not yours\n']);
    const granted = await visitor.post('/address', {}, { authorization: `Bearer ${key}` });
    expect((await visitor.enter((await granted.text()).trim())).status).toBe(200);
    expect((await visitor.get('/')).status).toBe(200);
  });

  it('sends the headers that keep a page to itself, with every answer', async () => {
    const { visitor } = await visiting(await openStudio({ now: monday }));
    for (const path of ['/', '/style.css', '/page.js', '/nothing-here', '/outbox/99']) {
      const { headers } = await visitor.get(path);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'same-origin']);
      expect([headers.get('x-content-type-options'), headers.get('cross-origin-resource-policy')]).toEqual([
        'nosniff',
        'same-origin',
      ]);
    }
  });
});

/** fetch does not let one choose Host. */
function statusAs(port: number, host: string, cookie: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: '/', headers: { host, cookie } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once('error', reject);
    asked.end();
  });
}

describe('a letter that waits', () => {
  it('is shown whole, and approved by one click, which sent twice approves once', async () => {
    const studio = await studioWithLetter();
    const { visitor } = await visiting(studio);
    expect(await visitor.text('/')).toContain('un promemoria.');
    const fields = await visitor.fields('/', '/outbox/1/approve');
    const answers = await Promise.all([
      visitor.post('/outbox/1/approve', fields),
      visitor.post('/outbox/1/approve', fields),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    const said = await Promise.all(answers.map((answer) => visitor.text(answer.headers.get('location') as string)));
    for (const text of said) expect(text).toContain('Approved: a payment reminder');
    expect(stateOf(studio)?.approvedAt).not.toBeNull();
  });

  it('is dropped, and taken back by Undo', async () => {
    const studio = await studioWithLetter();
    const { visitor } = await visiting(studio);
    const after = await visitor.click('/', '/outbox/1/drop');
    expect(after).toContain('It will not be sent.');
    expect(stateOf(studio)?.state).toBe('dropped');
    const [, undo] = /action="(\/outbox\/1\/restore)"/.exec(after) ?? [];
    expect(undo).toBe('/outbox/1/restore');
    await visitor.click('/outbox/1', '/outbox/1/restore');
    expect(stateOf(studio)?.state).toBe('held');
  });

  it('is edited in words and subject, and waits again', async () => {
    const studio = await studioWithLetter();
    const { visitor } = await visiting(studio);
    const typed = { subject: 'Un promemoria', text: 'Gentile Laura,\r\n\r\nci siamo quasi.\r\n' };
    expect(await visitor.click('/outbox/1/edit', '/outbox/1/edit', typed)).toContain('Saved.');
    expect(stateOf(studio)).toMatchObject({ subject: 'Un promemoria', text: 'Gentile Laura,\n\nci siamo quasi.\n' });
  });

  it('that was decided meanwhile by a command tells the second decision so', async () => {
    const studio = await studioWithLetter();
    const { visitor } = await visiting(studio);
    const fields = await visitor.fields('/', '/outbox/1/approve');
    approveLetter(studio.app, 1);
    const answer = await visitor.post('/outbox/1/approve', fields);
    expect(await visitor.text(answer.headers.get('location') as string)).toContain('Nothing was changed.');
  });

  it('cannot be moved by another site, another program of the machine, or a form that is not the page’s', async () => {
    const studio = await studioWithLetter();
    const { page, visitor } = await visiting(studio);
    const fields = await visitor.fields('/', '/outbox/1/approve');
    const tries = [
      await visitor.post('/outbox/1/approve', fields, { origin: 'https://evil.example' }),
      await visitor.post('/outbox/1/approve', fields, { origin: 'http://127.0.0.1:1' }),
      await visitor.post('/outbox/1/approve', fields, { 'sec-fetch-site': 'same-site' }),
      await visitor.post('/outbox/1/approve', fields, { cookie: '' }),
      await visitor.post('/outbox/1/approve', { ...fields, once: 'made.up' }),
      await visitor.post('/outbox/1/approve', {}),
      await visitor.post('/outbox/1/approve', fields, { 'content-type': 'text/plain' }),
      await new Visitor(page).post('/outbox/1/approve', fields),
    ];
    expect(tries.map(({ status }) => status)).toEqual([403, 403, 403, 403, 409, 409, 400, 403]);
    expect(stateOf(studio)).toMatchObject({ state: 'held', approvedAt: null });
  });

  it('leads back to the page only, whatever the form says', async () => {
    const { visitor } = await visiting(await openStudio({ now: monday }));
    for (const back of ['https://evil.example/', '//evil.example', 'javascript:alert(1)', '\\\\evil.example']) {
      const fields = await visitor.fields('/', '/pause');
      const answer = await visitor.post('/pause', { ...fields, back });
      await visitor.click('/', '/resume');
      expect(answer.headers.get('location')).toMatch(/^\/\?done=/);
    }
  });
});

describe('what a page shows', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&</script>';

  it('is text, whoever wrote it', async () => {
    const studio = await studioWithLetter({
      subject: hostile,
      text: hostile,
      recipientName: hostile,
      why: asWritten(hostile),
    });
    studio.client(hostile, { language: 'en', addresses: ['a@client.example'] });
    studio.clientWrites({ from: '"<script>x</script>" <a@client.example>', subject: hostile, text: hostile });
    await studio.at('2026-11-23T10:30:00+01:00');
    const { visitor } = await visiting(studio);
    for (const path of [
      '/',
      '/outbox',
      '/outbox/1',
      '/outbox/1/edit',
      '/outbox/1/html',
      '/inbox',
      '/inbox/1',
      '/clients',
      '/clients/1',
      '/journal',
      '/money',
      '/plan',
    ]) {
      const answer = await visitor.get(path);
      const text = await answer.text();
      expect([path, answer.status]).toEqual([path, 200]);
      expect(text).not.toMatch(/<img|<script>x|onerror=alert\(1\)>/);
    }
  });

  it('is there for an empty record too, and says what there is not', async () => {
    const { visitor } = await visiting(await openStudio({ now: monday }));
    const said = await Promise.all(
      ['/', '/inbox', '/outbox', '/clients', '/money', '/journal', '/plan'].map((path) => visitor.text(path)),
    );
    expect(
      said.map((text) =>
        /Nobody waits|No messages|No letters|No clients|No invoices|Nothing has happened|No letter would/.test(text),
      ),
    ).toEqual(said.map(() => true));
  });

  it('says where it is not, and what cannot be', async () => {
    const { visitor } = await visiting(await openStudio({ now: monday }));
    const paths = ['/nowhere', '/outbox/7', '/outbox/x', '/inbox/7', '/clients/7'];
    expect(await Promise.all(paths.map(async (path) => (await visitor.get(path)).status))).toEqual([
      404, 404, 404, 404, 404,
    ]);
  });
});

describe('what Today says', () => {
  it('of the last look is its day, and of a letter that waits not a moment at which it leaves', async () => {
    const studio = await studioWithLetter({ approval: 'auto', notBefore: instant('2026-11-27T09:00:00+01:00') });
    await studio.at('2026-11-23T10:30:00+01:00');
    studio.clock.set(instant('2026-11-29T12:00:00+01:00'));
    const { visitor } = await visiting(studio);
    const text = (await visitor.text('/')).replace(/<[^>]*>/g, '');
    expect(text).toContain('last read Mon 23 Nov at 10:30');
    expect(text).toContain('Not before Fri 27 Nov at 9:00');
    // a Sunday: it is the next opening that it can leave at
    expect(text).toContain('a payment reminder for laura@bianchi.example, not before tomorrow at 9:00.');
  });
});

describe('the rest', () => {
  it('a payment is noted and taken back', async () => {
    const studio = await openStudio({ now: monday });
    const client = studio.client('Bianchi', {});
    studio.invoice(client, { number: '7', cents: 100_00, dueOn: '2026-11-20' });
    const { visitor } = await visiting(studio);
    const after = await visitor.click('/money', '/money/1/paid', { amount: '40,00', on: '2026-11-23' });
    expect(after).toContain('Noted: 40.00 EUR for invoice 7.');
    expect(after).toContain('60.00 EUR');
    await visitor.click('/money', '/money/1/take-back');
    expect(await visitor.text('/money')).not.toContain('60.00 EUR');
  });

  it('a sum that cannot be read is told on the page, with what to do', async () => {
    const studio = await openStudio({ now: monday });
    studio.invoice(studio.client('Bianchi', {}), { number: '7', cents: 100_00, dueOn: '2026-11-20' });
    const { visitor } = await visiting(studio);
    expect(await visitor.click('/money', '/money/1/paid', { amount: 'many', on: '2026-11-23' })).toContain(
      'role="alert"',
    );
  });

  it('everything is paused and resumed', async () => {
    const studio = await openStudio({ now: monday });
    const { visitor } = await visiting(studio);
    expect(await visitor.click('/', '/pause')).toContain('Paletti is paused.');
    expect(await visitor.click('/', '/resume')).toContain('Letters leave again.');
  });

  it('ends by itself when nobody has looked for a while', async () => {
    const studio = await openStudio({ now: monday });
    const page = await served(studio, { restMs: 20 });
    studio.clock.advance(21);
    await page.ended;
    await expect(fetch(`http://127.0.0.1:${page.port}/`)).rejects.toThrow('fetch failed');
  });

  it('tells an open page when something changed', async () => {
    const studio = await studioWithLetter();
    const { visitor } = await visiting(studio);
    const answer = await visitor.get('/events');
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let heard = decoder.decode((await reader.read()).value);
    approveLetter(studio.app, 1);
    while (!heard.includes('event: news')) heard += decoder.decode((await reader.read()).value);
    expect(heard).toContain('event: hello');
    await reader.cancel();
  });
});
