/** Letters that say where the line is: what they are filled with, and when the record gives no ground for one. */
import { describe, expect, it } from 'vitest';
import { type BoundaryWish, type LetterDesk, writeBoundaryLetter } from '../../src/desk/letter.ts';
import { dropLetter } from '../../src/desk/outbox.ts';
import { type Client, noTerms } from '../../src/rules/client.ts';
import { localDay } from '../../src/rules/time.ts';
import { listMessages } from '../../src/store/messages.ts';
import { openStudio, type Studio } from '../support/studio.ts';
import { said } from '../support/in-words.ts';

const plain: BoundaryWish = {
  word: 'boundary',
  quoteId: null,
  quoteText: null,
  hours: null,
  from: null,
  by: null,
  project: null,
};
const deskOf = (studio: Studio): LetterDesk => ({ ...studio.app, settings: studio.config, mailbox: 'studio' });
const write = (studio: Studio, client: Client, wish: Partial<BoundaryWish> = {}) =>
  writeBoundaryLetter(deskOf(studio), client.name, { ...plain, ...wish });

async function studioOn(patch: Partial<Client> = {}, config: Record<string, unknown> = {}) {
  const studio = await openStudio({ now: '2026-11-06T10:00:00+01:00', config });
  return { studio, client: studio.client('Bianchi Srl', patch) };
}

async function received(studio: Studio, text: string, at = '2026-11-06T10:05:00+01:00'): Promise<number> {
  studio.clientWrites({ from: 'bianchi.srl@client.example', subject: 'Sito', text }, at);
  studio.clock.set((studio.clock.now() + 600_000) as never);
  await studio.app.pass();
  return studio.app.store.read((r) => listMessages(r, { role: 'inbox', limit: 1 }))[0]?.id as number;
}

describe('where the line is', () => {
  it('contact hours and channels, from the next working day, with the evidence in the reason', async () => {
    const { studio, client } = await studioOn();
    await received(studio, 'Ci siete?', '2026-11-05T22:30:00+01:00');
    const { letter, isNew } = write(studio, client);
    expect(isNew).toBe(true);
    expect(letter).toMatchObject({ kind: 'boundary-hours', state: 'held', approval: 'ask', approvedAt: null });
    expect(said(letter.why)).toBe('1 of 1 message in 90 days came outside contact hours');
    expect(letter.text).toContain('validi dal 9 novembre 2026');
    expect(letter.text).toContain('entro 3 giorni lavorativi');
    expect(letter.text).not.toContain('Telefono:');
    expect(write(studio, client)).toMatchObject({ isNew: false, letter: { id: letter.id } });
  });

  it('the phone only where it is a channel; hours in the owner’s words', async () => {
    const config = { channels: ['email', 'phone'], phoneHours: { tue: ['10:00-12:00'] } };
    const { studio, client } = await studioOn({ language: 'en', tone: 'informal' }, config);
    const { letter } = write(studio, client, { word: 'hours', hours: 'Monday to Thursday, mornings' });
    expect(letter.text).toContain('Monday to Thursday, mornings');
    expect(letter.text).toMatch(/Phone: .*10:00/);
  });

  it('never leaves without a hand, in live mode too; a dropped one can be written again', async () => {
    const { studio, client } = await studioOn();
    const { letter } = write(studio, client);
    await studio.at('2026-11-09T10:00:00+01:00');
    await studio.at('2026-11-16T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    dropLetter(studio.app, letter.id, '');
    expect(write(studio, client).letter.key).toBe(`boundary/${client.id}/boundary-hours/2`);
  });

  it('decisions and approvals name the revisions that were agreed', async () => {
    const { studio, client } = await studioOn({ project: 'Sito nuovo', terms: { ...noTerms, revisionsIncluded: 2 } });
    const { letter } = write(studio, client, { word: 'decisions' });
    expect(letter.text).toContain('“Sito nuovo”');
    expect(letter.text).toContain('2 revisioni');
  });

  it('scope quotes the client, in the thread of the message', async () => {
    const { studio, client } = await studioOn({ terms: { ...noTerms, scope: ['sito di cinque pagine'] } });
    await received(studio, 'Buongiorno. Già che ci siamo, potete aggiungere anche il blog?');
    const { letter } = write(studio, client, { word: 'scope' });
    expect(letter.text).toContain('“Già che ci siamo, potete aggiungere anche il blog?”');
    expect(letter.text).toContain('- sito di cinque pagine');
    expect(letter.text).toContain('il 6 novembre 2026 mi ha scritto');
    expect(letter.inReplyTo).toBe('<m1@client.example>');
  });

  it('scope: a message and a sentence that the owner names', async () => {
    const { studio, client } = await studioOn();
    const id = await received(studio, 'Ecco le foto. La brochure la volete in A4.');
    expect(() => write(studio, client, { word: 'scope' })).toThrow(/asks for more/);
    expect(() => write(studio, client, { word: 'scope', quoteId: id, quoteText: 'Mai detto.' })).toThrow(
      /does not say that/,
    );
    expect(() => write(studio, client, { word: 'scope', quoteId: 99 })).toThrow(/no message 99/);
    const { letter } = write(studio, client, { word: 'scope', quoteId: id, quoteText: 'La brochure la volete in A4.' });
    expect(letter.text).toContain('“La brochure la volete in A4.”');
    const other = studio.client('Verdi Snc');
    expect(() => write(studio, other, { word: 'scope', quoteId: id })).toThrow(/not written by Verdi Snc/);
  });

  it('the contract, unless it is signed', async () => {
    const { studio, client } = await studioOn();
    const { letter } = write(studio, client, { word: 'contract', by: localDay('2026-11-20') });
    expect(letter.text).toContain('entro il 20 novembre 2026');
    expect(() => write(studio, client, { word: 'decisions', from: localDay('2026-11-01') })).toThrow(/is past/);
    const signed = studio.client('Verdi Snc', { terms: { ...noTerms, contractSignedOn: localDay('2026-09-01') } });
    expect(() => write(studio, signed, { word: 'contract' })).toThrow(/was signed on 1 September 2026/);
    const domainOnly = studio.client('Neri Spa', { addresses: [], domains: ['neri.example'] });
    expect(() => write(studio, domainOnly, { word: 'contract' })).toThrow(/no mail address of Neri Spa/);
  });
});
