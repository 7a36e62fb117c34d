import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { judge } from '../../src/jobs/judge.ts';
import { receive } from '../../src/jobs/receive.ts';
import { silentLog } from '../../src/log.ts';
import type { ParsedMail } from '../../src/rules/message.ts';
import { listMessages } from '../../src/store/messages.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openWindows } from '../../src/store/windows.ts';
import { openStudio, type Studio } from '../support/studio.ts';

const start = '2026-11-09T10:00:00+01:00';

const partsOf = ({ app, mailbox }: Studio) => ({ ...app, settings: app.config, log: silentLog, mailbox });

/** Messages that are recorded and not judged yet: one of each client. */
async function studioWithUnjudged(names: readonly string[]): Promise<Studio> {
  const studio = await openStudio({ now: start });
  for (const name of names) {
    studio.client(name);
    studio.clientWrites({ from: `${name} <${name.toLowerCase()}@client.example>` });
  }
  await receive(partsOf(studio));
  return studio;
}

function verdicts({ app }: Studio): (string | undefined)[] {
  return app.store.read((r) => listMessages(r, {}).map(({ judged }) => judged?.reason));
}

const neri = 'nerina@client.example';
const from = (mail: ParsedMail) => mail.from?.address;

const unjudgedNotices = ({ app }: Studio) =>
  app.store.read((r) => unseenNotices(r)).filter(({ key }) => key.startsWith('unjudged/'));

describe('judge', () => {
  it.each([[['Nerina']], [['Nerina', 'Verdi']]])(
    'a store that fails for a moment silences nobody: %j wait for the next pass',
    async (names) => {
      const studio = await studioWithUnjudged(names);
      const locked = new AppError('store', 'another program keeps the database locked', { passing: true });
      const write = vi.spyOn(studio.app.store, 'write').mockImplementationOnce(() => {
        throw locked;
      });
      expect(() => judge(partsOf(studio))).toThrow(locked);
      write.mockRestore();
      expect(verdicts(studio)).toEqual(names.map(() => undefined));
      await studio.app.pass();
      expect(verdicts(studio)).toEqual(names.map(() => 'acknowledge'));
      expect(studio.app.store.read((r) => openWindows(r, {}))).toHaveLength(names.length);
      expect(unjudgedNotices(studio)).toEqual([]);
    },
  );

  it('a message that no rule can judge is set aside and shown; the others are judged as ever', async () => {
    const studio = await studioWithUnjudged(['Nerina', 'Verdi']);
    const spoiler = studio.app.store.read((r) => listMessages(r, {})).find(({ mail }) => from(mail) === neri)?.id;
    const { letters } = studio.app;
    const render: typeof letters.render = (kind, reader, values) => {
      if (JSON.stringify(values).includes('Nerina')) throw new Error('no words for this');
      return letters.render(kind, reader, values);
    };
    expect(judge({ ...partsOf(studio), letters: { ...letters, render } })).toBe(2);
    const judged = studio.app.store.read((r) => listMessages(r, {}));
    expect(new Map(judged.map((message) => [from(message.mail), message.judged]))).toMatchObject(
      new Map([
        [neri, { kind: 'automatic', reason: 'could-not-be-judged', windowId: null }],
        ['verdi@client.example', { kind: 'human', reason: 'acknowledge' }],
      ]),
    );
    expect(unjudgedNotices(studio)).toMatchObject([
      { key: `unjudged/${spoiler}`, text: expect.stringContaining('no words for this') },
    ]);
    expect(studio.letters().map(({ recipient }) => recipient)).toEqual(['verdi@client.example']);
    expect(await studio.app.pass()).toMatchObject({ judged: 0 });
  });
});
