/** The mailbox against servers that lie, leave things out, fall silent or cut the line. */
import { afterEach, describe, expect, it } from 'vitest';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import type { Arrival, Mailbox } from '../../src/ports.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import {
  fetchLine,
  type ImapScript,
  type ScriptedImap,
  type ScriptedMessage,
  startScriptedImap,
} from '../support/scripted-imap.ts';

const now = instant('2026-11-24T09:00:00Z');
/** Nobody waits so long, even on a machine that is busy with other things; a line is asked soon whether it lives. */
const timeouts = { connect: 30_000, greeting: 30_000, command: 30_000, silence: 300 };
/** Where a server falls silent: long enough for the answers before, which a busy machine is slow to give. */
const impatient = { connect: 3_000, greeting: 3_000, command: 3_000 };
let server: ScriptedImap;
let mailbox: Mailbox;

afterEach(async () => {
  await mailbox.close();
  await server.stop();
});

async function open(
  script: ImapScript,
  { host = '127.0.0.1', ...changes }: { host?: string } & Partial<typeof timeouts> = {},
): Promise<void> {
  server = await startScriptedImap(script);
  mailbox = openMailbox(
    {
      name: 'studio',
      imap: { host, port: server.port, secure: false, user: 'mario', password: async () => 'secret-word' },
      sent: 'auto',
    },
    { parser: openParser(), now: () => now, timeouts: { ...timeouts, ...changes } },
  );
}

function messages(...uids: number[]): ScriptedMessage[] {
  return uids.map((uid) => ({ uid, source: `Subject: Mail ${uid}\r\nMessage-ID: <${uid}@x>\r\n\r\nText ${uid}.\r\n` }));
}

async function all(arrivals: AsyncIterable<Arrival>): Promise<Arrival[]> {
  const list: Arrival[] = [];
  for await (const arrival of arrivals) list.push(arrival);
  return list;
}

const summary = (arrivals: Arrival[]) => arrivals.map(({ uid, mail, fault }) => `${uid} ${fault ?? mail?.subject}`);
const isFetchOf = (uid: number) => (command: string) => command.startsWith(`UID FETCH ${uid} `);
const asksSource = (command: string) => command.includes('BODY.PEEK[]');
const batch = '1:3';

describe('the list of what there is', () => {
  const plain = [1, 2, 3];
  const day = localDay('2026-08-26');

  it.each([
    ['ranges', 'UID ALL 2:4,9 COUNT 4', [2, 3, 4, 9]],
    ['ranges backwards and in no order', 'UID COUNT 4 ALL 9,4:2', [2, 3, 4, 9]],
    ['nothing found', 'UID COUNT 0', []],
    ['fewer than it counts', 'UID ALL 2:4 COUNT 9', plain],
    ['more than it counts', 'UID ALL 1:4294967294 COUNT 3', plain],
    ['more than any folder has', 'UID ALL 1:4294967294 COUNT 4294967294', plain],
    ['no count', 'UID ALL 2:4', plain],
    ['no numbers', 'UID ALL two COUNT 1', plain],
    ['an empty answer', 'UID', plain],
  ])('is taken from ranges, or asked for in the plain way: %s', async (_what, answer, uids) => {
    await open({
      messages: messages(...plain),
      capabilities: ['IDLE', 'ESEARCH'],
      answer: (command) =>
        command.startsWith('UID SEARCH RETURN') ? [`* ESEARCH (TAG "x") ${answer}`, '$ OK done'] : undefined,
    });
    await mailbox.open('inbox');
    expect(await mailbox.list('inbox', 0, day)).toEqual(uids);
  });

  it('is asked for in the plain way by a server that refuses ranges', async () => {
    await open({
      messages: messages(...plain),
      capabilities: ['IDLE', 'ESEARCH'],
      answer: (command) => (command.startsWith('UID SEARCH RETURN') ? ['$ BAD what is RETURN'] : undefined),
    });
    await mailbox.open('inbox');
    expect(await mailbox.list('inbox', 0, day)).toEqual(plain);
  });

  it('is asked for in the plain way where it is about what is new', async () => {
    await open({
      messages: messages(...plain),
      capabilities: ['IDLE', 'ESEARCH'],
      answer: (command) =>
        command.startsWith('UID SEARCH RETURN') ? ['* ESEARCH (TAG "x") UID ALL 3 COUNT 1', '$ OK done'] : undefined,
    });
    await mailbox.open('inbox');
    expect(await mailbox.list('inbox', 0)).toEqual(plain);
  });
});

describe('an account of every UID', () => {
  it('asks alone for a message that the server left out', async () => {
    const three = messages(1, 2, 3);
    await open({
      messages: three,
      answer: (command) =>
        command.startsWith(`UID FETCH ${batch}`)
          ? [three[0], three[2]].map((m) => fetchLine(m?.uid as number, m as ScriptedMessage, command)).concat('$ OK')
          : undefined,
    });
    await mailbox.open('inbox');
    expect(summary(await all(mailbox.fetch('inbox', [1, 2, 3])))).toEqual(['1 Mail 1', '2 Mail 2', '3 Mail 3']);
  });

  it('reads the header alone where the source is not delivered', async () => {
    const three = messages(1, 2, 3);
    const others = three.filter(({ uid }) => uid !== 2);
    await open({
      messages: three,
      answer: (command) => {
        if (isFetchOf(2)(command) && asksSource(command)) return ['$ OK nothing'];
        return command.startsWith(`UID FETCH ${batch}`)
          ? others.map((m) => fetchLine(m.uid, m, command)).concat('$ OK')
          : undefined;
      },
    });
    await mailbox.open('inbox');
    const arrivals = await all(mailbox.fetch('inbox', [1, 2, 3]));
    expect(summary(arrivals)).toEqual(['1 Mail 1', '2 Mail 2', '3 Mail 3']);
    expect(arrivals[1]).toMatchObject({ truncated: true, mail: { text: '' } });
  });

  it('names a message of which nothing but its flags is delivered', async () => {
    await open({
      messages: [{ ...(messages(2)[0] as ScriptedMessage), flags: ['\\Seen'] }],
      answer: (command) => (command.includes('BODY') ? ['$ NO cannot read it'] : undefined),
    });
    await mailbox.open('inbox');
    const [arrival] = await all(mailbox.fetch('inbox', [2]));
    expect(arrival).toMatchObject({
      uid: 2,
      mail: null,
      flags: ['\\Seen'],
      receivedAt: instant('2026-11-24T08:00:00Z'),
      fault: expect.stringContaining('does not deliver'),
    });
  });

  it('names a message of which nothing at all is delivered, at the present moment', async () => {
    await open({
      messages: messages(2),
      answer: (command) => (command.startsWith('UID FETCH') ? ['$ OK'] : undefined),
    });
    await mailbox.open('inbox');
    expect(await all(mailbox.fetch('inbox', [2]))).toMatchObject([
      { uid: 2, mail: null, receivedAt: now, sizeBytes: 0 },
    ]);
  });

  it('reads the others where the server refuses a whole batch for one of them', async () => {
    await open({
      messages: messages(1, 2, 3),
      answer: (command) =>
        command.startsWith(`UID FETCH ${batch}`) || (isFetchOf(2)(command) && command.includes('BODY'))
          ? ['$ NO [SERVERBUG] internal error']
          : undefined,
    });
    await mailbox.open('inbox');
    const arrivals = await all(mailbox.fetch('inbox', [1, 2, 3]));
    expect(arrivals.map(({ uid, mail }) => [uid, mail?.subject])).toEqual([
      [1, 'Mail 1'],
      [2, undefined],
      [3, 'Mail 3'],
    ]);
  });

  it('passes over a message that is nested so deep that imapflow would not give its structure', async () => {
    const depth = Array.from(
      { length: 120 },
      (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
    );
    const source = `Subject: Deep\r\n${depth.join('')}Content-Type: text/plain\r\n\r\nIn fondo\r\n`;
    await open({ messages: [{ uid: 1, source }, ...messages(2)] });
    await mailbox.open('inbox');
    expect(summary(await all(mailbox.fetch('inbox', [1, 2])))).toEqual(['1 Deep', '2 Mail 2']);
    expect(server.commands.filter((command) => /BODYSTRUCTURE/i.test(command))).toEqual([]);
  });

  it('gives up a message at which the line breaks again and again, and only that one', async () => {
    const breaks = (command: string) => command.startsWith('UID FETCH') && /FETCH (?:1:3|2|2:3)[ ,]/.test(command);
    await open({ messages: messages(1, 2, 3), answer: (command) => (breaks(command) ? 'close' : undefined) });
    const attempt = async () => {
      await mailbox.open('inbox');
      return summary(await all(mailbox.fetch('inbox', [2, 3])));
    };
    const outcomes: unknown[] = [];
    for (let n = 0; n < 4; n += 1) outcomes.push(await attempt().catch((error: { code: string }) => error.code));
    expect(outcomes).toEqual([
      'unreachable',
      'unreachable',
      'unreachable',
      ['2 the connection broke each time it was asked for', '3 Mail 3'],
    ]);
  });

  it('throws on a line cut within a message; what came before was delivered or is fetched again', async () => {
    let cuts = 1;
    const three = messages(1, 2, 3);
    await open({
      messages: three,
      answer: (command) => {
        if (!command.startsWith(`UID FETCH ${batch}`) || cuts === 0) return undefined;
        cuts -= 1;
        server.push(fetchLine(1, three[0] as ScriptedMessage, command).slice(0, -20));
        return 'close';
      },
    });
    await mailbox.open('inbox');
    await expect(all(mailbox.fetch('inbox', [1, 2, 3]))).rejects.toMatchObject({ code: 'unreachable' });
    await mailbox.open('inbox');
    expect(summary(await all(mailbox.fetch('inbox', [1, 2, 3])))).toEqual(['1 Mail 1', '2 Mail 2', '3 Mail 3']);
  });

  it('ignores messages that nobody asked for', async () => {
    const [first, other] = messages(1, 99) as [ScriptedMessage, ScriptedMessage];
    await open({
      messages: [first],
      answer: (command) =>
        command.startsWith('UID FETCH')
          ? [fetchLine(2, other, command), fetchLine(1, first, command), '$ OK']
          : undefined,
    });
    await mailbox.open('inbox');
    expect(summary(await all(mailbox.fetch('inbox', [1])))).toEqual(['1 Mail 1']);
    expect([...(await mailbox.flags('inbox', [1])).keys()]).toEqual([1]);
  });

  it('takes the present moment for an INTERNALDATE that is none', async () => {
    await open({ messages: [{ ...(messages(1)[0] as ScriptedMessage), internalDate: 'yesterday' }] });
    await mailbox.open('inbox');
    expect((await all(mailbox.fetch('inbox', [1])))[0]?.receivedAt).toBe(now);
  });
});

describe('how many are asked for at once', () => {
  async function asked(uids: number[]): Promise<string[]> {
    await mailbox.open('inbox');
    expect((await all(mailbox.fetch('inbox', uids))).map(({ uid }) => uid)).toEqual(uids);
    return server.commands.flatMap((command) => /^UID FETCH (\d+:\d+) .*BODY/.exec(command)?.[1] ?? []);
  }
  /** the last UID that came before the fault */
  async function reached(arrivals: AsyncIterable<Arrival>): Promise<number> {
    let last = 0;
    try {
      for await (const { uid } of arrivals) last = uid;
    } catch {
      // the line broke
    }
    return last;
  }

  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  it('more after light messages, since each question to a far server is a wait', async () => {
    const uids = upTo(800);
    await open({ messages: messages(...uids) });
    expect(await asked(uids)).toEqual(['1:150', '151:450', '451:750', '751:800']);
  });

  it('fewer after heavy ones, for the memory', async () => {
    const uids = upTo(360);
    const heavy = 'x'.repeat(998).concat('\r\n').repeat(80);
    await open({ messages: messages(...uids).map((one) => ({ ...one, source: `${one.source}${heavy}` })) });
    expect(await asked(uids)).toEqual(['1:150', '151:226', '227:302', '303:360']);
  });

  it('half as many after a break, so that a line that carries little at a time gets on', async () => {
    const uids = upTo(400);
    const many = messages(...uids);
    let carried = 0;
    await open({
      messages: many,
      answer: (command) => {
        const [, first, last] = (/^UID FETCH (\d+):(\d+) .*BODY/.exec(command) ?? []).map(Number);
        if (first === undefined || last === undefined || last - first < 100) return undefined;
        carried += 1;
        server.push(fetchLine(first, many[first - 1] as ScriptedMessage, command));
        return 'close';
      },
    });
    await mailbox.open('inbox');
    await expect(all(mailbox.fetch('inbox', uids))).rejects.toMatchObject({ code: 'unreachable' });
    await mailbox.open('inbox');
    expect(await reached(mailbox.fetch('inbox', uids))).toBe(75);
    expect(carried).toBe(2);
  });

  it('no more than at first when another folder begins: its messages may be heavy', async () => {
    const uids = upTo(900);
    await open({ messages: messages(...uids) });
    await asked(uids.slice(0, 300));
    server.commands.splice(0);
    expect((await asked(uids.slice(300))).slice(0, 2)).toEqual(['301:450', '451:750']);
  });
});

describe('what a server need not say', () => {
  it('UIDNEXT is taken from what is there', async () => {
    await open({ messages: messages(4, 9), select: ['* 2 EXISTS', '* OK [UIDVALIDITY 7] ok'] });
    expect(await mailbox.open('inbox')).toMatchObject({ uidNext: 10, uidValidity: '7' });
  });

  it('without a UIDVALIDITY nothing can be kept', async () => {
    await open({ messages: messages(4), select: ['* 1 EXISTS', '* OK [UIDNEXT 5] ok'] });
    await expect(mailbox.open('inbox')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('keywords: none set where the server keeps only its own flags', async () => {
    const select = [
      '* 1 EXISTS',
      '* OK [UIDVALIDITY 7] ok',
      '* OK [UIDNEXT 2] ok',
      '* OK [PERMANENTFLAGS (\\Seen)] ok',
    ];
    await open({ messages: messages(1), select });
    expect((await mailbox.open('inbox'))?.keywordsAllowed).toBe(false);
    expect(await mailbox.mark('inbox', 1, '$PalettiOutOfHours')).toBe(false);
    expect(server.commands.some((command) => command.includes('STORE'))).toBe(false);
  });

  it('keywords: a refusal is no, a lost line is a fault', async () => {
    let answer: ImapScript['answer'] = (command) => (command.includes('STORE') ? ['$ NO not here'] : undefined);
    await open({ messages: messages(1), answer: (command) => answer?.(command) });
    await mailbox.open('inbox');
    expect(await mailbox.mark('inbox', 1, '$PalettiOutOfHours')).toBe(false);
    answer = (command) => (command.includes('STORE') ? 'close' : undefined);
    await expect(mailbox.mark('inbox', 1, '$PalettiOutOfHours')).rejects.toMatchObject({ code: 'unreachable' });
  });
});

describe('silence, refusals and cut lines', () => {
  it.each([
    ['at the greeting', { greeting: 'silence' }],
    ['at the login', { answer: (command) => (command.startsWith('LOGIN') ? 'silence' : undefined) }],
    ['at SELECT', { answer: (command) => (command.startsWith('SELECT') ? 'silence' : undefined) }],
    ['the line cut at the greeting', { greeting: 'close' }],
    ['the line cut at SELECT', { answer: (command) => (command.startsWith('SELECT') ? 'close' : undefined) }],
    ['BYE at the greeting', { greeting: ['* BYE too many connections'] }],
    ['nonsense at the greeting', { greeting: ['HTTP/1.1 400 Bad Request'] }],
  ] as [string, ImapScript][])('%s is a fault, not a wait', async (_, script) => {
    await open(script, impatient);
    await expect(mailbox.open('inbox')).rejects.toMatchObject({
      code: 'unreachable',
      where: `127.0.0.1:${server.port}`,
    });
  });

  it.each([
    ['SELECT', /^SELECT/],
    ['everything', /^(?!CAPABILITY|LOGIN|LOGOUT)/],
  ])(
    'a login that is good for nothing (BAD to %s): a fault, and the next look has a line of its own',
    async (_, what) => {
      let isStuck = true;
      const refusal = ['$ BAD User is authenticated but not connected.'];
      await open({ messages: messages(1), answer: (command) => (isStuck && what.test(command) ? refusal : undefined) });
      for (const looks of [1, 2]) {
        await expect(mailbox.open('inbox')).rejects.toMatchObject({ code: 'unreachable' });
        expect(server.connections).toBe(looks);
      }
      isStuck = false;
      expect(await mailbox.open('inbox')).toMatchObject({ path: 'INBOX' });
      expect(await mailbox.list('inbox', 0)).toEqual([1]);
      expect(server.commands.filter((command) => command.startsWith('LOGIN'))).toHaveLength(3);
    },
  );

  it('a refused search is a fault, not an empty folder', async () => {
    await open({
      messages: messages(1),
      answer: (command) => (command.startsWith('UID SEARCH') ? ['$ NO busy'] : undefined),
    });
    await mailbox.open('inbox');
    await expect(mailbox.list('inbox', 0)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('a search that breaks the line is a fault, not an empty folder', async () => {
    await open({
      messages: messages(1),
      answer: (command) => (command.startsWith('UID SEARCH') ? 'close' : undefined),
    });
    await mailbox.open('inbox');
    await expect(mailbox.list('inbox', 0)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('after a silent command the next one has a new line', async () => {
    let silent = true;
    const answer = (command: string) => {
      if (!silent || !command.startsWith('UID SEARCH')) return undefined;
      silent = false;
      return 'silence' as const;
    };
    await open({ messages: messages(1), answer }, impatient);
    await mailbox.open('inbox');
    await expect(mailbox.list('inbox', 0)).rejects.toMatchObject({ code: 'unreachable' });
    expect(await mailbox.list('inbox', 0)).toEqual([1]);
    expect(server.connections).toBe(2);
  });

  it('a line that is dead while waiting is noticed', async () => {
    const answer = (command: string) => (command === 'NOOP' ? ('silence' as const) : undefined);
    await open({ messages: messages(1), answer }, impatient);
    await mailbox.open('inbox');
    await expect(mailbox.changed('inbox', new AbortController().signal)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('a line that is alive is asked now and then, and waits on at once', async () => {
    await open({ messages: messages(1) });
    await mailbox.open('inbox');
    const waiting = new AbortController();
    const changed = mailbox.changed('inbox', waiting.signal);
    const asked = () => server.commands.filter((command) => command === 'NOOP').length;
    await expect.poll(asked).toBeGreaterThanOrEqual(3);
    const begun = server.commands.indexOf('IDLE');
    waiting.abort();
    await changed;
    expect(server.commands.slice(begun).join(' ')).toMatch(/^(?:IDLE (?:DONE )?NOOP UID SEARCH UID [0-9:*]+ ){2}IDLE/);
  });

  it('a server that ends every wait at once is asked again, and its news is heard', async () => {
    const answer = (command: string) => (command === 'IDLE' ? ['+ idling', '$ OK no more'] : undefined);
    await open({ messages: messages(1), answer }, { silence: 5_000 });
    await mailbox.open('inbox');
    const changed = mailbox.changed('inbox', new AbortController().signal);
    setTimeout(() => server.messages.push(...messages(2)), 50);
    await changed;
    expect(server.commands.filter((command) => command === 'IDLE').length).toBeLessThanOrEqual(3);
  });

  it('one ring for two arrivals is enough', async () => {
    await open({ messages: messages(1) });
    await mailbox.open('inbox');
    const changed = mailbox.changed('inbox', new AbortController().signal);
    await expect.poll(() => server.commands.includes('IDLE')).toBe(true);
    server.messages.push(...messages(2, 3));
    server.push('* 3 EXISTS');
    await changed;
    expect(await mailbox.list('inbox', 1)).toEqual([2, 3]);
  });
});

describe('more than was asked for', () => {
  const anyFetch = (command: string) => command.startsWith('UID FETCH');

  it.each([
    ['a literal of 260 MB', '* 1 FETCH (UID 1 BODY[]<0> {272629760}', 'x'.repeat(65_536)],
    ['a line without end', '* 1 FETCH (UID 1 FLAGS (', 'x'.repeat(20_000_000)],
    ['flags without end', `* 1 FETCH (UID 1 FLAGS (${'a '.repeat(200_000)}))`, '$ OK'],
  ])('%s ends the line, and is not taken into memory', async (_what, begin, rest) => {
    await open({ messages: messages(1), answer: (command) => (anyFetch(command) ? [begin, rest] : undefined) });
    await mailbox.open('inbox');
    const before = process.memoryUsage().arrayBuffers;
    await expect(all(mailbox.fetch('inbox', [1]))).rejects.toMatchObject({ code: 'unreachable' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000);
  });

  it('a message is read whole, in pieces', async () => {
    const source = `Subject: big\r\n\r\n${'0123456789abcdef'.repeat(40_000)}`;
    await open({ messages: [{ uid: 1, source }] });
    await mailbox.open('inbox');
    expect(Buffer.from((await mailbox.source('inbox', 1)) as Uint8Array).toString()).toBe(source);
    expect(server.commands.filter(anyFetch)).toHaveLength(3);
    expect(await mailbox.source('inbox', 2)).toBeNull();
  });

  it('of the keywords of a message as many are kept as mean anything', async () => {
    const flags = Array.from({ length: 5_000 }, (_, number) => `k${number}`);
    await open({ messages: messages(1).map((one) => ({ ...one, flags })) });
    await mailbox.open('inbox');
    const [arrival] = await all(mailbox.fetch('inbox', [1]));
    expect(arrival?.flags).toHaveLength(200);
  });
});

describe('no password in clear text', () => {
  it('off loopback, a server that offers no STARTTLS gets no login', async () => {
    // 0.0.0.0 reaches this machine, but is not called loopback.
    await open({ messages: messages(1) }, { host: '0.0.0.0' });
    await expect(mailbox.open('inbox')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('TLS'),
    });
    expect(server.commands).not.toContain('LOGIN');
  });

  it('off loopback, a greeting that claims to be logged in already is not believed', async () => {
    await open({ messages: messages(1), greeting: ['* PREAUTH welcome'] }, { host: '0.0.0.0' });
    await expect(mailbox.open('inbox')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('TLS'),
    });
    expect(server.commands.some((command) => command.startsWith('SELECT'))).toBe(false);
  });

  it('a server that offers STARTTLS and refuses it gets no login', async () => {
    const answer = (command: string) => (command === 'STARTTLS' ? ['$ NO not now'] : undefined);
    await open({ capabilities: ['STARTTLS'], answer }, { host: '0.0.0.0' });
    await expect(mailbox.open('inbox')).rejects.toMatchObject({ code: 'unreachable' });
    expect(server.commands).not.toContain('LOGIN');
  });
});
