/** Parsing on real threads: the compiled worker, a worker that hangs, one that dies. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from '../../src/mail/parse.ts';
import { openParser, type Parser } from '../../src/mail/parser.ts';

const root = join(import.meta.dirname, '../..');
let folder: string;
let parser: Parser | undefined;

const mail = (n: number) => Buffer.from(`From: a${n}@client.example\r\nSubject: Mail ${n}\r\n\r\nText ${n}.\r\n`);

/** A worker of a few lines, for what the real one does not do on demand. It speaks the protocol of parse-worker.ts. */
async function workerOf(name: string, answer: string): Promise<URL> {
  const file = join(folder, `${name}.mjs`);
  await writeFile(
    file,
    `import { serialize } from 'node:v8';
     import { parentPort, workerData } from 'node:worker_threads';
     parentPort.on('message', (jobs) => {
       for (const { id, source } of jobs) {
         Atomics.store(workerData, 0, id);
         const text = Buffer.from(source).toString();
         ${answer}
         parentPort.postMessage([{ id, packed: serialize({ subject: text }) }]);
       }
     });`,
  );
  return pathToFileURL(file);
}

beforeAll(async () => {
  // Below node_modules, so that the compiled worker finds the packages.
  await mkdir(join(root, 'node_modules/.cache'), { recursive: true });
  folder = await mkdtemp(join(root, 'node_modules/.cache/parser-test-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const options = ['--ignoreConfig', '--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--skipLibCheck'];
  const rewriting = [
    '--rewriteRelativeImportExtensions',
    '--verbatimModuleSyntax',
    '--rootDir',
    'src',
    '--outDir',
    folder,
  ];
  await promisify(execFile)(
    process.execPath,
    [tsc, ...options, ...rewriting, 'src/mail/parser.ts', 'src/mail/parse-worker.ts'],
    {
      cwd: root,
    },
  );
});

afterEach(async () => {
  await parser?.close();
  parser = undefined;
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('parsing on threads', () => {
  it('gives the same mail as parsing in place, and leaves the source to its owner', async () => {
    parser = openParser({ worker: pathToFileURL(join(folder, 'mail/parse-worker.js')) });
    const sources = Array.from({ length: 200 }, (_, n) => mail(n));
    const mails = await Promise.all(sources.map((source) => parser?.parse(source)));
    expect(mails.map((one) => one?.unpack())).toEqual(await Promise.all(sources.map((source) => parse(source))));
    expect(sources[7]?.equals(mail(7))).toBe(true);
  });

  it('unpacks a mail as often as it is asked for, until its memory was given back', async () => {
    parser = openParser({ worker: pathToFileURL(join(folder, 'mail/parse-worker.js')) });
    const packed = await parser.parse(mail(1));
    expect(packed.unpack()).toEqual(packed.unpack());
    packed.release();
    expect(() => packed.unpack()).toThrow(/deserialize/i);
  });

  it('reads again what a thread that died had in hand, from the same bytes', async () => {
    const worker = await workerOf('dies-once', "if (text.includes('Mail 9')) process.exit(1);");
    parser = openParser({ worker, threads: 1, deadlineMs: 5_000 });
    const results = await Promise.allSettled([7, 8, 9, 10, 11].map((n) => parser?.parse(mail(n))));
    const subjects = results.map((one) => one.status === 'fulfilled' && (one.value?.unpack().subject as string));
    expect(subjects).toEqual([mail(7), mail(8), false, mail(10), mail(11)].map((one) => one && one.toString()));
  });

  it('ends a thread that has nothing to do, and begins another for the next message', async () => {
    let begun = 0;
    const worker = await workerOf('counted', '');
    parser = openParser({ worker, idleMs: 20, begun: () => begun++ });
    const reads = async (n: number) => {
      expect((await (parser as Parser).parse(mail(n))).unpack()).toMatchObject({ subject: mail(n).toString() });
      return begun;
    };
    expect(await reads(1)).toBe(1);
    await vi.waitFor(async () => expect(await reads(2)).toBeGreaterThan(1), { timeout: 10_000, interval: 200 });
  });

  it('begins before the first message, and keeps a program with nothing to read neither from going on nor from ending', async () => {
    const script = `import { openParser } from ${JSON.stringify(pathToFileURL(join(folder, 'mail/parser.js')).href)};
      await openParser().begin();
      process.stdout.write('begun');`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(stdout).toBe('begun');
  });

  it('gives up a message that hangs, and reads those beside and after it', async () => {
    const worker = await workerOf('hangs', "if (text.includes('Mail 5')) for (;;);");
    parser = openParser({ worker, threads: 1, deadlineMs: 200 });
    const results = await Promise.allSettled([3, 4, 5, 6, 7].map((n) => parser?.parse(mail(n))));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect((results[2] as PromiseRejectedResult).reason).toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('longer than 200 ms'),
    });
    expect((await parser.parse(mail(8))).unpack()).toMatchObject({ subject: expect.stringContaining('Mail 8') });
  });

  it('gives up a message on which a thread dies, and reads the others', async () => {
    const worker = await workerOf('dies', "if (text.includes('Mail 5')) process.exit(1);");
    parser = openParser({ worker, threads: 2, deadlineMs: 5_000 });
    const results = await Promise.allSettled(Array.from({ length: 40 }, (_, n) => parser?.parse(mail(n))));
    const lost = results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : []));
    expect(lost).toEqual([5]);
  });

  it('reads the header alone of a message on which a thread dies', async () => {
    const worker = await workerOf(
      'dies-at-parts',
      "if (text.includes('Mail 5') && jobs[0].options.headerOnly === undefined) process.exit(1);",
    );
    parser = openParser({ worker, threads: 1, deadlineMs: 5_000 });
    const read = await Promise.all([4, 5, 6].map((n) => parser?.parse(mail(n))));
    expect(read.map((one) => one?.unpack().subject)).toEqual(
      [4, 5, 6].map((n) => expect.stringContaining(`Mail ${n}`)),
    );
  });

  it('the real one, asked for the header alone, reads no part', async () => {
    parser = openParser({ worker: pathToFileURL(join(folder, 'mail/parse-worker.js')) });
    const read = (await parser.parse(mail(5), { headerOnly: 'an earlier reading ended a thread' })).unpack();
    expect(read).toMatchObject({ from: { address: 'a5@client.example' }, subject: 'Mail 5', text: '' });
  });

  it('gives up a message that eats all memory', async () => {
    const worker = await workerOf(
      'eats',
      "if (text.includes('Mail 5')) { const all = []; for (;;) all.push(new Array(1e5).fill(text)); }",
    );
    parser = openParser({ worker, threads: 1, deadlineMs: 15_000 });
    const results = await Promise.allSettled([4, 5, 6].map((n) => parser?.parse(mail(n))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('says so when the thread cannot even begin', async () => {
    const worker = pathToFileURL(join(folder, 'broken.mjs'));
    await writeFile(join(folder, 'broken.mjs'), "throw new Error('no such thing')");
    parser = openParser({ worker });
    await expect(parser.parse(mail(1))).rejects.toMatchObject({ message: expect.stringContaining('no such thing') });
    await expect(parser.parse(mail(2))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('names a message that cannot be read', async () => {
    const worker = await workerOf(
      'refuses',
      "if (text.includes('Mail 5')) { parentPort.postMessage([{ id, fault: 'no sense' }]); continue; }",
    );
    parser = openParser({ worker });
    await expect(parser.parse(mail(5))).rejects.toMatchObject({ code: 'bad-input', message: 'no sense' });
  });

  it('does not leave anyone waiting when it is closed', async () => {
    const worker = await workerOf('sleeps', 'continue;');
    const closing = openParser({ worker });
    const [waiting] = await Promise.allSettled([closing.parse(mail(1)), closing.close()]);
    expect(waiting).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
    await expect(closing.parse(mail(2))).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('without the compiled worker', () => {
  it('parses in place', async () => {
    parser = openParser();
    expect((await parser.parse(mail(1))).unpack()).toMatchObject({ subject: 'Mail 1', text: 'Text 1.' });
  });
});
