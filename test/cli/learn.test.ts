/** `paletti clients learn`: clients proposed from the mailbox, ticked by a person or told by an option; run twice, and later. */
import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { Ways } from '../../src/cli/ways.ts';
import { openStudio, owner, type Studio } from '../support/studio.ts';
import { entries } from '../support/in-words.ts';
import { openTerminal } from './terminal.ts';
import { terminalOf } from './terminal-of.ts';

const enter = '\r';

function mail(from: string, to: string, at: string, { subject = 'Catalogo', text = 'A domani.', headers = [''] } = {}) {
  const id = `<${`${from}${at}`.replace(/\W/g, '')}@x.example>`;
  const lines = [`From: ${from}`, `To: ${to}`, `Subject: ${subject}`, `Date: ${at}`, `Message-ID: ${id}`, ...headers];
  return `${lines.filter((line) => line !== '').join('\r\n')}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
}

/** A mailbox of three months in which nobody was a client. */
async function mailbox(): Promise<Studio> {
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00' });
  const lei = 'Buongiorno, Le invio la bozza del catalogo con le foto.';
  const write = (from: string, day: number, rest: Parameters<typeof mail>[3] = {}, answer = lei) => {
    const at = (hour: number) => `2026-11-${String(day).padStart(2, '0')}T${hour}:00:00+01:00`;
    const to = from.replace(/.*<|>.*/g, '');
    studio.mailbox.put('inbox', mail(from, owner, at(10), rest), at(10));
    studio.mailbox.put('sent', mail(owner, to, at(11), { ...rest, text: answer, headers: [] }), at(11));
  };
  for (const day of [3, 4, 5]) write('Luca Bianchi <luca@bianchi-arredi.it>', day);
  for (const day of [6, 9]) write('Sara Neri <sara.neri@gmail.com>', day, { subject: 'Il logo nuovo' });
  for (const day of [10, 11])
    write('Zia Pina <pina@libero.it>', day, { subject: 'Domenica', text: 'Baci dalla zia' }, 'Ciao zia, a domenica');
  write('Offerte <offerte@negozio.it>', 12, {
    headers: ['List-Unsubscribe: <https://negozio.it/u>', 'Precedence: bulk'],
  });
  await studio.at('2026-11-23T10:00:00+01:00');
  return studio;
}

const names = (studio: Studio) =>
  studio.app.store
    .read((r) => r.all<{ name: string }>('SELECT name FROM clients ORDER BY name'))
    .map(({ name }) => name);

/** Presses these keys when the list is on the screen. */
function keys(pressed: string): Partial<Ways> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => stdin });
  let isDone = false;
  const write = (piece: unknown, _: unknown, done: () => void) => {
    if (!isDone && /bianchi-arredi/.test(String(piece))) {
      isDone = true;
      setTimeout(() => stdin.write(pressed), 20);
    }
    done();
  };
  const stderr = Object.assign(new Writable({ write }), { isTTY: true, columns: 200 });
  return { stdin, stderr } as unknown as Partial<Ways>;
}

describe('clients learn', () => {
  it('without a terminal prints one line each, with what is ticked, how she writes and why not, and changes nothing', async () => {
    const studio = await mailbox();
    const { out, err, code } = await terminalOf(studio).type('clients', 'learn');
    expect(code).toBe(0);
    expect(out).toMatch(/\[x\] +Bianchi Arredi \(Luca \S+ +bianchi-arredi\.it +3 in, 3 out +Italian, Lei/);
    expect(out).toMatch(/\[x\] +Sara Neri +sara\.neri@gmail\.com/);
    expect(out).toMatch(/\[ \] +Zia Pina[^]*family/);
    expect(out).toMatch(/\[ \] +Negozio[^]*a mailing list/);
    expect(err).toContain('Nothing was changed');
    expect(names(studio)).toEqual([]);
  });

  it('says the same in JSON, with the sentence that shows the tone, and changes nothing', async () => {
    const studio = await mailbox();
    const { proposals, added } = await terminalOf(studio).json('clients', 'learn');
    expect(proposals.map((one: { key: string; ticked: boolean }) => [one.key, one.ticked])).toEqual([
      ['bianchi-arredi.it', true],
      ['sara.neri@gmail.com', true],
      ['pina@libero.it', false],
      ['negozio.it', false],
    ]);
    expect(proposals[0].tone.sentence).toContain('Le invio la bozza');
    expect(proposals[2].doubt).toMatchObject({ code: 'family', text: expect.stringContaining('zia') });
    expect([added, names(studio)]).toEqual([[], []]);
  });

  it('adds those that are ticked with --yes, with language, tone and person, and their earlier mail is theirs', async () => {
    const studio = await mailbox();
    const { added } = await terminalOf(studio).json('clients', 'learn', '--yes');
    expect(added).toMatchObject([
      {
        name: 'Bianchi Arredi',
        contactName: 'Luca Bianchi',
        addresses: ['luca@bianchi-arredi.it'],
        language: 'it',
        tone: 'formal',
      },
      { name: 'Sara Neri', addresses: ['sara.neri@gmail.com'], byHand: [] },
    ]);
    const messages = studio.app.store.read((r) =>
      r.get<{ n: number }>('SELECT count(*) AS n FROM messages WHERE client_id = ?', added[0].id),
    );
    expect(messages?.n).toBe(6);
    const why = studio.app.store.read((r) => entries(r)).filter(({ kind }) => kind === 'client-added');
    expect(why.map((entry) => entry.why)).toEqual([
      'proposed from the mailbox (3 mails from there, 3 to it), ticked by the owner',
      'proposed from the mailbox (2 mails from there, 2 to it), ticked by the owner',
    ]);
  });

  it('twice adds nobody twice, and shows only who is new', async () => {
    const studio = await mailbox();
    const terminal = terminalOf(studio);
    await terminal.type('clients', 'learn', '--yes');
    const again = await terminal.json('clients', 'learn', '--yes');
    expect([again.added, again.known, again.proposals.length]).toEqual([[], 2, 2]);
  });

  it('adds only whom --only names, also one that is not ticked', async () => {
    const studio = await mailbox();
    const { added } = await terminalOf(studio).json('clients', 'learn', '--only', 'pina@libero.it');
    expect(added.map(({ name }: { name: string }) => name)).toEqual(['Zia Pina']);
  });

  it('takes a name as it is shown, and --only before --yes', async () => {
    const studio = await mailbox();
    const { added } = await terminalOf(studio).json('clients', 'learn', '--yes', '--only', 'Sara Neri');
    expect(added.map(({ addresses }: { addresses: string[] }) => addresses)).toEqual([['sara.neri@gmail.com']]);
  });

  it('refuses a name that is not proposed, and adds nobody then', async () => {
    const studio = await mailbox();
    const said = await terminalOf(studio).type('clients', 'learn', '--only', 'bianchi-arredi.it', '--only', 'rossi.it');
    expect([said.code, names(studio)]).toEqual([1, []]);
    expect(said.err).toMatch(/rossi\.it[^]*bianchi-arredi\.it/);
  });

  it('lets a person take a tick away, remembers it, and says so the next time', async () => {
    const studio = await mailbox();
    const terminal = terminalOf(studio);
    // the first line loses its tick
    Object.assign(terminal.ways, keys(` ${enter}`));
    expect((await terminal.type('clients', 'learn')).code).toBe(0);
    expect(names(studio)).toEqual(['Sara Neri']);
    const { proposals } = await terminalOf(studio).json('clients', 'learn');
    expect(proposals.find(({ key }: { key: string }) => key === 'bianchi-arredi.it')).toMatchObject({
      ticked: false,
      doubt: { code: 'declined', on: '2026-11-23' },
    });
    const { added } = await terminalOf(studio).json('clients', 'learn', '--only', 'bianchi-arredi.it');
    expect(added).toHaveLength(1);
  });

  it('changes nothing when a person breaks off', async () => {
    const studio = await mailbox();
    const terminal = terminalOf(studio);
    Object.assign(terminal.ways, keys('\u0003'));
    expect((await terminal.type('clients', 'learn')).code).toBe(2);
    const { proposals } = await terminalOf(studio).json('clients', 'learn');
    expect([names(studio), proposals[0].ticked]).toEqual([[], true]);
  });

  it('gives a client whose name is taken another one', async () => {
    const studio = await mailbox();
    studio.client('Bianchi Arredi', { addresses: ['info@altrove.example'] });
    const { added } = await terminalOf(studio).json('clients', 'learn', '--yes');
    expect(added[0].name).toBe('Bianchi Arredi (bianchi-arredi.it)');
  });

  it('gives a new address to the client of that domain', async () => {
    const studio = await mailbox();
    const client = studio.client('Bianchi', { addresses: ['sara@bianchi-arredi.it'], domains: [] });
    const { added } = await terminalOf(studio).json('clients', 'learn', '--only', 'bianchi-arredi.it');
    expect(added).toMatchObject([{ id: client.id, addresses: ['sara@bianchi-arredi.it', 'luca@bianchi-arredi.it'] }]);
  });

  it('speaks Italian', async () => {
    const studio = await mailbox();
    const { out, err } = await terminalOf(studio).type('clients', 'learn', '--lang', 'it');
    expect(out).toMatch(/Bianchi Arredi[^]*3 ricevuti, 3 inviati[^]*italiano, Lei[^]*«Buongiorno/);
    expect(err).toContain('paletti clients learn --yes');
  });

  it('says what to do before any mail was read', async () => {
    const said = await openTerminal().type('clients', 'learn');
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('paletti run --once')]);
  });

  it('looks no further back than it is told', async () => {
    const studio = await mailbox();
    const { proposals } = await terminalOf(studio).json('clients', 'learn', '--days', '13');
    expect(proposals.map(({ key }: { key: string }) => key)).toEqual(['pina@libero.it', 'negozio.it']);
    expect((await terminalOf(studio).type('clients', 'learn', '--days', '0')).code).toBe(2);
  });
});
