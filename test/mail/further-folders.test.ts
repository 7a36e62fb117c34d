/** Folders besides INBOX and Sent: which are meant, found on a server, and surveyed. */
import { ImapFlow, type ListResponse } from 'imapflow';
import { describe, expect, it, onTestFinished } from 'vitest';
import { alsoPaths, surveyed } from '../../src/mail/further-folders.ts';
import { openMailbox } from '../../src/mail/mailbox.ts';
import { openParser } from '../../src/mail/parser.ts';
import { sentLikePaths, sentPath } from '../../src/mail/sent-folder.ts';
import { isJunkFolder } from '../../src/rules/junk-folder.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { startEmbeddedImap } from '../support/embedded-imap.ts';

const now = instant('2026-11-24T08:00:00Z');

function folder(path: string, use?: string, delimiter = '/'): ListResponse {
  const name = path.slice(path.lastIndexOf(delimiter) + 1);
  return { path, name, delimiter, flags: new Set<string>(), specialUse: use } as ListResponse;
}

const listed = [
  folder('INBOX'),
  folder('Sent', '\\Sent'),
  folder('Bozze'),
  folder('Trash', '\\Trash'),
  folder('Posta indesiderata'),
  folder('Archivio'),
  folder('Clienti/Bianchi'),
  folder('Clienti/Bianchi/2026'),
  folder('Clienti/Società Verdi'),
];

describe('what "also" means', () => {
  it.each<[string[], string[]]>([
    [['Clienti/*'], ['Clienti/Bianchi', 'Clienti/Bianchi/2026', 'Clienti/Società Verdi']],
    [['clienti/bianchi'], ['Clienti/Bianchi']],
    [['Clienti/Societa\u0300*'], ['Clienti/Società Verdi']],
    [
      ['Archivio', 'Posta indesiderata'],
      ['Posta indesiderata', 'Archivio'],
    ],
    [['*'], ['Archivio', 'Clienti/Bianchi', 'Clienti/Bianchi/2026', 'Clienti/Società Verdi']],
    [['Trash'], ['Trash']],
    [['Clienti'], []],
    [['.*', '('], []],
    [[], []],
  ])('%j', (also, paths) => {
    expect(alsoPaths(listed, also, ['Sent'])).toEqual(paths);
  });

  it('is the same on servers with another delimiter, and with everything below INBOX', () => {
    const dotted = ['INBOX', 'INBOX.Clienti.Bianchi', 'INBOX.Clienti.Verdi'].map((path) =>
      folder(path, undefined, '.'),
    );
    expect(alsoPaths(dotted, ['Clienti/*'], [])).toEqual(['INBOX.Clienti.Bianchi', 'INBOX.Clienti.Verdi']);
  });

  it('leaves in a survey what nobody reads, Junk with it, and what is asked for in vain', () => {
    expect(surveyed([...listed, folder('Sent Messages')], ['Clienti/*', 'Vecchi'], ['Sent'])).toEqual({
      read: ['Clienti/Bianchi', 'Clienti/Bianchi/2026', 'Clienti/Società Verdi'],
      unmatched: ['Vecchi'],
      sentLike: ['Sent Messages'],
      unread: ['Posta indesiderata', 'Archivio'],
    });
  });
});

describe('folders of sent mail', () => {
  it.each([
    ...['Sent', 'Sent Items', 'Sent Messages', 'SENT MAIL', 'Posta inviata', 'Inviati', 'Elementi inviati'],
    ...['Gesendet', 'Gesendete Objekte', 'Gesendete Elemente', 'Gesendete Nachrichten', 'Envoyés', 'Messages envoyés'],
    ...['Éléments envoyés', 'E\u0301le\u0301ments envoye\u0301s', 'Courrier envoyé', 'Enviados', 'Elementos enviados'],
    ...[
      'Correo enviado',
      'Itens enviados',
      'Mensagens enviadas',
      'Verzonden',
      'Verzonden items',
      'Verzonden berichten',
    ],
  ])('are known as %s', (name) => {
    expect(sentPath([folder('INBOX'), folder(name)])).toBe(name);
    expect(sentLikePaths([folder('INBOX'), folder(name)])).toEqual([name]);
  });

  it('are not what only speaks of sending', () => {
    expect(sentLikePaths(['Sent to clients', 'Da inviare', 'Consent', 'Outbox'].map((name) => folder(name)))).toEqual(
      [],
    );
  });
});

it.each([
  'Junk',
  'INBOX.Spam',
  '[Gmail]/Spam',
  'Junk E-mail',
  'Posta indesiderata',
  'Unerwünscht',
  'Correo no deseado',
])('a folder for unsolicited mail is %s', (path) => {
  expect(isJunkFolder(path)).toBe(true);
  expect(isJunkFolder(`${path} (vecchia)`)).toBe(false);
});

describe('on a server', () => {
  const mail = (from: string, id: string) =>
    Buffer.from(
      `From: ${from}\r\nTo: studio@me.example\r\nSubject: x\r\nMessage-ID: <${id}@x.example>\r\n\r\nText.\r\n`,
    );

  async function served() {
    const imap = await startEmbeddedImap();
    const parser = openParser();
    const { host, port, user } = imap;
    const login = { host, port, secure: false, user, password: async () => imap.password };
    const open = (config: { sent?: string | string[]; also?: string[] }) => {
      const mailbox = openMailbox({ name: 'studio', imap: login, sent: 'auto', ...config }, { parser, now: () => now });
      onTestFinished(() => mailbox.close());
      return mailbox;
    };
    const client = new ImapFlow({ host, port, secure: false, auth: { user, pass: imap.password }, logger: false });
    client.on('error', () => {});
    await client.connect();
    onTestFinished(async () => {
      client.close();
      await parser.close();
      await imap.stop();
    });
    return { open, client };
  }

  it('a further folder is read like INBOX, and one that is made later is found', async () => {
    const { open, client } = await served();
    const mailbox = open({ also: ['Clienti/*'] });
    expect((await mailbox.places?.())?.places).toEqual([]);
    await client.mailboxCreate('Clienti/Bianchi');
    await client.append('Clienti/Bianchi', mail('Anna <anna@bianchi.example>', 'm1'), [], new Date(now));
    expect((await mailbox.places?.())?.places).toEqual(['inbox:Clienti/Bianchi']);
    const state = await mailbox.open('inbox:Clienti/Bianchi');
    expect(state).toMatchObject({ role: 'inbox', path: 'Clienti/Bianchi', uidNext: 2 });
    const read = [];
    for await (const arrival of mailbox.fetch('inbox:Clienti/Bianchi', await mailbox.list('inbox:Clienti/Bianchi', 0)))
      read.push(arrival.mail?.from?.address);
    expect(read).toEqual(['anna@bianchi.example']);
  });

  it('a second folder of sent mail is read, and a letter is looked for in it, but filed in the first', async () => {
    const { open, client } = await served();
    await client.mailboxCreate('Sent Messages');
    await client.append('Sent Messages', mail('studio@me.example', 'elsewhere'), ['\\Seen'], new Date(now));
    for (const sent of ['auto', ['Sent', 'Sent Messages']]) {
      const mailbox = open({ sent });
      expect((await mailbox.places?.())?.places).toEqual(['sent:Sent Messages']);
      expect((await mailbox.open('sent'))?.path).toBe('Sent');
      expect(await mailbox.isInSent('<elsewhere@x.example>')).toBe(true);
      expect(await mailbox.isInSent('<nowhere@x.example>')).toBe(false);
    }
    expect((await open({ sent: 'Sent' }).places?.())?.places).toEqual([]);
  });

  it('the survey says who writes into folders that nobody reads', async () => {
    const { open, client } = await served();
    await client.mailboxCreate('Clienti/Bianchi');
    await client.mailboxCreate('Junk');
    for (const [index, path] of ['Clienti/Bianchi', 'Clienti/Bianchi', 'Junk'].entries())
      await client.append(path, mail(`Anna${index} <Anna${index}@bianchi.example>`, `m${index}`), [], new Date(now));
    const survey = await open({ sent: ['Sent', 'Inviata'] }).survey?.(localDay('2026-10-24'));
    expect(survey).toMatchObject({ read: [], unmatched: ['Inviata'], sentLike: [] });
    const found = survey?.unread.filter(({ senders }) => senders.length > 0) ?? [];
    expect(found.toSorted((a, b) => a.path.localeCompare(b.path))).toEqual([
      { path: 'Clienti/Bianchi', senders: ['anna0@bianchi.example', 'anna1@bianchi.example'] },
      { path: 'Junk', senders: ['anna2@bianchi.example'] },
    ]);
  });
});
