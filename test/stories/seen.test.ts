/** What the owner or a client did is seen: answers wherever they lie and however they name the question, and no others. */
import { describe, expect, it } from 'vitest';
import { settleMessage } from '../../src/desk/inbox.ts';
import { listMessages } from '../../src/store/messages.ts';
import { openWindows, windowById } from '../../src/store/windows.ts';
import type { FakeMailbox } from '../support/fake-mailbox.ts';
import { unseenNotices } from '../support/in-words.ts';
import { openStudio, owner, type Studio } from '../support/studio.ts';

const asked = '2026-11-24T10:00:00+01:00';
const later = '2026-11-24T10:20:00+01:00';
const evening = '2026-11-24T17:00:00+01:00';

interface Mail {
  from?: string;
  to?: string;
  subject?: string;
  /** header lines besides */
  headers?: readonly string[];
  type?: string;
  body?: string;
}

function raw({ from = `Anna Rossi <${owner}>`, to = 'Bianchi <b@bianchi.example>', ...mail }: Mail): string {
  const { subject = 'Re: Preventivo sito', headers = [], type = 'text/plain; charset=utf-8', body = 'Ecco.' } = mail;
  const lines = [`From: ${from}`, ...(to === '' ? [] : [`To: ${to}`]), `Subject: ${subject}`, ...headers];
  const id = headers.some((line) => /^message-id:/i.test(line)) ? [] : [`Message-ID: <a${count++}@studio.example>`];
  return [...lines, ...id, 'MIME-Version: 1.0', `Content-Type: ${type}`, '', body, ''].join('\n');
}
let count = 0;

const names = (id: string) => [`In-Reply-To: ${id}`, `References: ${id}`];
const question = (id = '<q1@bianchi.example>', more: Partial<Mail> = {}) =>
  raw({
    from: 'Bianchi <b@bianchi.example>',
    to: owner,
    subject: 'Preventivo sito',
    body: 'Buongiorno, avrei bisogno di un preventivo.',
    ...more,
    headers: [`Message-ID: ${id}`, ...(more.headers ?? [])],
  });

/** A client has asked; an acknowledgement is held. */
async function waiting(config: Record<string, unknown> = {}): Promise<Studio> {
  const studio = await openStudio({ now: '2026-11-24T09:30:00+01:00', config });
  studio.client('Bianchi Srl', { addresses: ['b@bianchi.example', 'info@bianchi.example'] });
  studio.mailbox.put('inbox', question(), asked);
  await studio.at('2026-11-24T10:01:00+01:00');
  return studio;
}

const windowOf = (studio: Studio, id = 1) => studio.app.store.read((r) => windowById(r, id));
const isOpen = (studio: Studio) => studio.app.store.read((r) => openWindows(r)).length > 0;

const receipt = (from: string, to: string): Mail => ({
  from,
  to,
  subject: 'Ricevuta di ritorno (visualizzata) - Preventivo sito',
  type: 'multipart/report; report-type=disposition-notification; boundary="b"',
  headers: ['References: <q1@bianchi.example>'],
  body: '--b\n\nVista.\n--b\nContent-Type: message/disposition-notification\n\nDisposition: manual-action/MDN-sent-manually; displayed\n\n--b--',
});

describe('what lies in Sent and answers nobody', () => {
  const q1 = names('<q1@bianchi.example>');
  const table: Record<string, [Mail, string[]?]> = {
    'sent on to a third person': [{ to: 'rossi@commercialista.example', subject: 'I: Preventivo sito', headers: q1 }],
    'to a third person without a mark': [{ to: 'rossi@commercialista.example', headers: q1 }],
    'a note to herself': [{ to: owner, headers: q1 }],
    'to a colleague alone': [{ to: 'marco@studio.example', headers: q1 }],
    'a receipt of hers': [receipt(owner, 'b@bianchi.example')],
    'a receipt of the client’s': [receipt('b@bianchi.example', owner)],
    'a draft by its flag': [{ headers: q1 }, ['\\Draft']],
    'a draft by its header': [{ headers: [...q1, 'X-Unsent: 1'] }],
    'her vacation notice': [{ subject: 'Risposta automatica: Preventivo sito', headers: [...q1, 'X-Autoreply: yes'] }],
    'her vacation notice, known by its Precedence': [
      { subject: 'Fuori ufficio', headers: [...q1, 'Precedence: bulk'], body: 'Sono fuori ufficio.' },
    ],
    'a sign put to the message': [{ headers: q1, body: '👍\n\nAnna Rossi reacted via Gmail' }],
    'without a recipient yet': [{ to: '', headers: q1 }],
    'a mail of the client’s that was put there': [
      { from: 'Bianchi <b@bianchi.example>', to: owner, headers: ['In-Reply-To: <q1@bianchi.example>'] },
    ],
  };

  it('leaves the window open and the acknowledgement held', async () => {
    const studio = await waiting({ owner: { ...ownerConfig, colleagues: ['marco@studio.example'] } });
    for (const [what, [mail, flags = []]] of Object.entries(table)) {
      studio.mailbox.put('sent', raw(mail), later, ['\\Seen', ...flags]);
      await studio.at('2026-11-24T10:21:00+01:00');
      expect({ what, open: isOpen(studio), letters: studio.letters().map((one) => one.state) }).toEqual({
        what,
        open: true,
        letters: ['held'],
      });
    }
  });

  it('a draft whose flag is taken off is an answer from then on', async () => {
    const studio = await waiting();
    studio.mailbox.put('sent', raw({ headers: q1 }), later, ['\\Draft']);
    await studio.at('2026-11-24T10:21:00+01:00');
    expect(isOpen(studio)).toBe(true);
    if ('folders' in studio.mailbox) {
      const [draft] = (studio.mailbox as unknown as { folders: { sent: { messages: { flags: string[] }[] } } }).folders
        .sent.messages;
      (draft as { flags: string[] }).flags = ['\\Seen'];
    }
    await studio.at('2026-11-24T10:22:00+01:00');
    expect(windowOf(studio)).toMatchObject({ state: 'answered', evidence: 'thread' });
  });
});

const ownerConfig = {
  name: 'Anna Rossi',
  business: 'Studio Rossi',
  addresses: [owner, 'info@studio.example'],
  language: 'it',
  timeZone: 'Europe/Rome',
  signature: 'Anna Rossi',
  iban: 'IT60X0542811101000000123456',
};

describe('an answer is seen wherever it lies and however it names the question', () => {
  const places: Record<string, [role: 'sent' | 'inbox', mail: Mail]> = {
    'in Sent': ['sent', {}],
    'in Sent, to another address of the client': ['sent', { to: 'info@bianchi.example' }],
    'in Sent, from an address that is not listed': ['sent', { from: 'anna.privata@altrove.example' }],
    'her copy in INBOX': ['inbox', {}],
    'her copy in INBOX, from an alias with a detail': ['inbox', { from: 'anna+ufficio@studio.example' }],
    'a named colleague’s, with a copy to her': ['inbox', { from: 'marco@altrove.example', headers: [`Cc: ${owner}`] }],
    'a colleague’s whom nobody named': ['inbox', { from: 'luca@studio.example', headers: [`Cc: ${owner}`] }],
  };
  const ways: Record<string, (id: string) => string[]> = {
    'In-Reply-To': (id) => [`In-Reply-To: ${id}`],
    'References, last of many': (id) => [`References: <x@y.example> ${id} <z@y.example>`],
    'no brackets': (id) => [`In-Reply-To: ${id.slice(1, -1)}`],
    'encoded words': (id) => [`In-Reply-To: =?utf-8?q?=3C${id.slice(1, -1).replace('@', '=40')}=3E?=`],
    'folded inside': (id) => [`In-Reply-To: ${id.slice(0, 6)}\n ${id.slice(6)}`],
  };

  it.each(Object.entries(places))('%s', async (_where, [role, mail]) => {
    const studio = await waiting({ owner: { ...ownerConfig, colleagues: ['marco@altrove.example'] } });
    for (const [index, [how, named]] of Object.entries(ways).entries()) {
      const id = `<question.${index}@bianchi.example>`;
      const moment = `2026-11-24T11:${index + 10}:00+01:00`;
      studio.mailbox.put('inbox', question(id, { subject: `Domanda ${index}` }), moment);
      await studio.at(moment);
      // an hour early by its server's account
      const headers = [...(mail.headers ?? []), ...named(id)];
      studio.mailbox.put(role, raw({ ...mail, subject: 'Altro oggetto', headers }), '2026-11-24T10:10:00+01:00');
      await studio.at(moment);
      const found = studio.app.store.read((r) => windowById(r, index + 2));
      expect({ how, state: found?.state, evidence: found?.evidence }).toEqual({
        how,
        state: 'answered',
        evidence: 'thread',
      });
      expect(found?.answeredAt).toBe(found?.openedAt);
    }
    await studio.at(evening);
    // only the first question waits
    expect(studio.sent()).toHaveLength(1);
  });

  it('\\Answered on any message that waits', async () => {
    const studio = await waiting();
    studio.mailbox.put('inbox', question('<q2@bianchi.example>', { headers: names('<q1@bianchi.example>') }), later);
    await studio.at('2026-11-24T10:21:00+01:00');
    studio.mailbox.flag('inbox', 1, '\\Answered');
    await studio.at('2026-11-24T10:22:00+01:00');
    expect(windowOf(studio)).toMatchObject({ state: 'answered', evidence: 'flag' });
    await studio.at(evening);
    expect(studio.sent()).toEqual([]);
  });

  it('but not what somebody has put her name on', async () => {
    const studio = await waiting();
    const forged = ['Authentication-Results: mx.studio.example; dmarc=fail', ...names('<q1@bianchi.example>')];
    studio.mailbox.put('inbox', raw({ headers: forged }), later);
    await studio.at('2026-11-24T10:21:00+01:00');
    expect(isOpen(studio)).toBe(true);
  });
});

describe('a client’s mail is a client’s', () => {
  const client = 'Bianchi <b@bianchi.example>';
  const group = ['Precedence: list', 'List-ID: Studio <info.studio.example>'];
  const table: [what: string, mail: Mail, acknowledged: boolean][] = [
    ['single quotes around the address', { from: `"'b@bianchi.example'" <'b@bianchi.example'>` }, true],
    ['a scheme before it', { from: 'Bianchi <mailto:b@bianchi.example>' }, true],
    ['a dot behind it', { from: 'Bianchi <b@bianchi.example.>' }, true],
    ['a detail in it', { from: 'Bianchi <b+siti@bianchi.example>' }, true],
    [
      'several authors, Sender names the client',
      { from: `Luca <l@altro.example>, ${client}`, headers: ['Sender: b@bianchi.example'] },
      false,
    ],
    ['several authors, no Sender', { from: `Luca <l@altro.example>, ${client}` }, false],
    [
      'a group of hers that puts its own address into From',
      {
        from: `'Bianchi' via Studio <info@studio.example>`,
        to: 'info@studio.example',
        headers: [...group, `X-Original-From: ${client}`, 'Reply-To: Bianchi <b@bianchi.example>'],
      },
      false,
    ],
    [
      'the same, known by Reply-To alone',
      {
        from: `Bianchi via Studio <info@studio.example>`,
        to: 'info@studio.example',
        headers: [...group, `Reply-To: ${client}`],
      },
      false,
    ],
    [
      'a group of hers that keeps From',
      { from: client, to: 'info@studio.example', headers: [...group, 'List-Unsubscribe: <mailto:x@groups.example>'] },
      false,
    ],
    [
      'a form of her own site',
      {
        from: `Sito <info@studio.example>`,
        to: 'info@studio.example',
        headers: [`Reply-To: ${client}`, 'X-Mailer: PHPMailer', 'Auto-Submitted: auto-generated'],
      },
      false,
    ],
    [
      'a form that writes as her site, at no address of hers',
      {
        from: 'WordPress <wordpress@studio.example>',
        headers: [`Reply-To: ${client}`, 'X-Mailer: PHPMailer 6'],
      },
      false,
    ],
    [
      'a list of hers below her domain',
      { from: `Bianchi via Info <info@lists.studio.example>`, headers: [...group, `Reply-To: ${client}`] },
      false,
    ],
  ];

  it('is recorded for the client with a window, whatever stands around the address', async () => {
    const studio = await openStudio({
      now: '2026-11-24T09:30:00+01:00',
      config: { acknowledgement: { holdMinutes: 30 } },
    });
    const bianchi = studio.client('Bianchi Srl', { addresses: ['b@bianchi.example'] });
    for (const [index, [what, mail, acknowledged]] of table.entries()) {
      const subject = `Domanda ${index}`;
      const headers = [`Message-ID: <d${index}@bianchi.example>`, ...(mail.headers ?? [])];
      studio.mailbox.put(
        'inbox',
        raw({ to: owner, ...mail, subject, body: 'Mi manda il preventivo?', headers }),
        asked,
      );
      await studio.at('2026-11-24T10:01:00+01:00');
      const [message] = studio.app.store.read((r) => listMessages(r, { limit: 1 }));
      const { clientId, role, judged } = message ?? {};
      expect({ what, clientId, role, kind: judged?.kind, window: judged?.windowId !== null }).toEqual({
        what,
        clientId: bianchi.id,
        role: 'inbox',
        kind: 'human',
        window: true,
      });
      // one in 72 hours; the others would be refused for that
      const refused = ['acknowledge', 'recently-acknowledged'].includes(judged?.reason ?? '');
      expect({ what, answerable: refused }).toEqual({ what, answerable: acknowledged });
    }
  });
});

describe('what needs no acknowledgement', () => {
  const thread = ['In-Reply-To: <a@studio.example>', 'References: <q1@bianchi.example> <a@studio.example>'];
  const reaction = (body: string): Mail => ({ subject: 'Re: Preventivo sito', headers: thread, body });
  const table: Record<string, Mail> = {
    thanks: reaction('Grazie mille, ricevuto!\n\nBianchi'),
    'thanks with a greeting': reaction('Perfetto, la ringrazio molto.\nCordiali saluti\n\nLucia Bianchi'),
    'thanks in German': reaction('Vielen Dank für die schnelle Antwort!\n\nMit freundlichen Grüßen\nBianchi'),
    'a thumb': reaction('👍'),
    'a sign of Gmail': {
      ...reaction(
        '--r\nContent-Type: text/plain\n\n+1\n--r\nContent-Type: text/vnd.google.email-reaction+json\n\n{}\n--r--',
      ),
      type: 'multipart/alternative; boundary="r"',
    },
    'a sign of Outlook': reaction('Bianchi reacted to your message:\n👍'),
    'a recall': {
      subject: 'Richiamo: Preventivo sito',
      body: 'Bianchi desidera richiamare il messaggio "Preventivo sito".',
    },
  };

  async function answered(): Promise<Studio> {
    const studio = await waiting();
    studio.mailbox.put(
      'sent',
      raw({ headers: ['Message-ID: <a@studio.example>', ...names('<q1@bianchi.example>')] }),
      later,
    );
    await studio.at('2026-11-24T10:21:00+01:00');
    expect(isOpen(studio)).toBe(false);
    return studio;
  }

  it('in an answered thread', async () => {
    const studio = await answered();
    for (const [what, mail] of Object.entries(table)) {
      studio.mailbox.put('inbox', raw({ ...mail, from: 'Lucia Bianchi <b@bianchi.example>', to: owner }), evening);
      await studio.at(evening);
      expect({ what, open: isOpen(studio), letters: studio.letters().length }).toEqual({
        what,
        open: false,
        letters: 1,
      });
    }
  });

  it('a question that begins with thanks is a question', async () => {
    const studio = await answered();
    const body = 'Grazie! Quando possiamo sentirci?';
    studio.mailbox.put('inbox', raw({ from: 'b@bianchi.example', to: owner, headers: thread, body }), evening);
    await studio.at(evening);
    expect(isOpen(studio)).toBe(true);
  });

  it('a second copy, which came another way, is the same mail', async () => {
    const studio = await answered();
    const copy = `Received: from mx2.studio.example by mx1; Tue, 24 Nov 2026 10:40:00 +0100\n${question()}`;
    studio.mailbox.put('inbox', copy, evening);
    await studio.at(evening);
    expect(isOpen(studio)).toBe(false);
    expect(studio.app.store.read((r) => listMessages(r, { role: 'inbox' }))).toHaveLength(1);
    await studio.at('2026-11-25T17:00:00+01:00');
    expect(studio.sent()).toEqual([]);
  });
});

describe('a mail that the owner took out of sight before its acknowledgement left', () => {
  const mailboxOf = ({ mailbox }: Studio) => mailbox as FakeMailbox;
  const acknowledgement = (studio: Studio) => studio.letters()[0];

  it.each([
    ['deleted', (studio: Studio) => mailboxOf(studio).remove('inbox', 0)],
    ['marked as deleted', (studio: Studio) => studio.mailbox.flag('inbox', 0, '\\Deleted')],
  ])('%s: she is asked, with what settles it, and its word leaves by hers alone', async (_how, act) => {
    const studio = await waiting();
    act(studio);
    await studio.at(evening);
    expect(studio.courier.taken).toEqual([]);
    expect(acknowledgement(studio)).toMatchObject({
      state: 'held',
      approval: 'ask',
      approvedAt: null,
      waitsFor: { code: 'mail-taken-away' },
    });
    expect(isOpen(studio)).toBe(true);
    const told = studio.app.store.read((r) => unseenNotices(r)).map(({ text }) => text);
    expect(told.filter((text) => text.includes('inbox answered'))).toHaveLength(1);
    await studio.at('2026-11-25T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    studio.approveAll();
    await studio.at('2026-11-25T10:10:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
  });

  it('and answered by her word: nothing leaves', async () => {
    const studio = await waiting();
    mailboxOf(studio).remove('inbox', 0);
    await studio.at(evening);
    settleMessage(studio.app, windowOf(studio)?.openedBy ?? 0, 'needs-no-answer');
    await studio.at('2026-11-25T10:00:00+01:00');
    expect(studio.courier.taken).toEqual([]);
    expect(acknowledgement(studio)?.state).toBe('dropped');
  });

  it('moved to a folder that is read, it lies there: the acknowledgement leaves', async () => {
    const studio = await waiting();
    mailboxOf(studio).make('inbox:Clienti/Bianchi');
    mailboxOf(studio).move('inbox', 0, 'inbox:Clienti/Bianchi');
    await studio.at(evening);
    expect(studio.courier.taken).toHaveLength(1);
  });

  it.each([
    ['that came after it', '2026-11-24T10:40:00+01:00', '2026-11-24T10:20:00+01:00'],
    ['that was there already', '2026-11-24T10:20:00+01:00', '2026-11-24T10:25:00+01:00'],
  ])('another question of hers, %s, is acknowledged in its place', async (_, askedAgain, deletedAt) => {
    const studio = await waiting();
    const another = question('<other@bianchi.example>', { subject: 'Altra domanda' });
    const acts: [string, () => unknown][] = [
      [askedAgain, () => studio.mailbox.put('inbox', another, askedAgain)],
      [deletedAt, () => mailboxOf(studio).remove('inbox', 0)],
    ];
    for (const [moment, act] of acts.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      act();
      await studio.at(moment);
    }
    await studio.at(evening);
    expect(studio.courier.taken.map(({ raw }) => /^Subject: .*(Altra domanda|Preventivo)/m.exec(raw)?.[1])).toEqual([
      'Altra domanda',
    ]);
    expect(acknowledgement(studio)).toMatchObject({ state: 'held', approval: 'ask' });
    // her word about the first comes too late for a second one to the same address
    studio.approveAll();
    await studio.at('2026-11-25T10:10:00+01:00');
    expect(studio.courier.taken).toHaveLength(1);
  });

  it('while another of the same window lies there, it leaves', async () => {
    const studio = await waiting();
    studio.mailbox.put('inbox', question('<q2@bianchi.example>', { headers: names('<q1@bianchi.example>') }), later);
    await studio.at('2026-11-24T10:25:00+01:00');
    mailboxOf(studio).remove('inbox', 0);
    await studio.at(evening);
    expect(studio.courier.taken).toHaveLength(1);
  });
});
