/** What a server says it takes before anybody logs in: in its words, encrypted or encrypted later; and silence. */
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { offeredBy, offeredIn } from '../../src/setup/probe.ts';
import { authority, cert, hostName, key } from '../support/certificate.ts';

async function listening(server: Server): Promise<number> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => open.add(socket));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** Says these capabilities, and what it was asked. */
function answering(socket: Socket, capabilities: string, asked: string[], starttls?: () => void): void {
  socket.on('error', () => {});
  socket.on('data', (piece: Buffer) => {
    const [tag, command] = piece.toString().trim().split(' ');
    asked.push(command ?? '');
    if (command === 'STARTTLS') {
      socket.removeAllListeners('data');
      socket.write(`${tag} OK begin\r\n`, () => starttls?.());
    } else socket.write(`* CAPABILITY IMAP4rev1 ${capabilities}\r\n${tag} OK done\r\n`);
  });
}

const reached = { ca: authority, at: '127.0.0.1' };

describe('what a server says that it takes', () => {
  it.each([
    ['AUTH=PLAIN AUTH=XOAUTH2', { passwords: true, tokens: true }],
    ['AUTH=OAUTHBEARER LOGINDISABLED', { passwords: false, tokens: true }],
    ['LOGINDISABLED AUTH=PLAIN', { passwords: true, tokens: false }],
    ['IDLE', { passwords: true, tokens: false }],
    ['LOGINDISABLED', { passwords: false, tokens: false }],
  ])('%s', (capabilities, offered) => {
    expect(offeredIn(`* CAPABILITY IMAP4rev1 ${capabilities}\r\na2 OK done\r\n`)).toEqual(offered);
  });

  it('is not told by an answer without the line', () => {
    expect([offeredIn(''), offeredIn('a2 BAD what?\r\n')]).toEqual([null, null]);
  });
});

describe('the look', () => {
  it('asks on a line that is encrypted from the first', async () => {
    const asked: string[] = [];
    const port = await listening(
      createTlsServer({ key, cert }, (socket) => {
        answering(socket, 'AUTH=XOAUTH2 LOGINDISABLED', asked);
        socket.write('* OK hello\r\n');
      }),
    );
    expect(await offeredBy({ host: hostName, port, secure: true }, reached)).toEqual({
      host: hostName,
      passwords: false,
      tokens: true,
    });
    expect(asked).toEqual(['CAPABILITY']);
  });

  it('believes only what is said once the line is encrypted', async () => {
    const asked: string[] = [];
    const port = await listening(
      createServer((socket) => {
        answering(socket, 'AUTH=PLAIN', asked, () => {
          const secured = new TLSSocket(socket, { isServer: true, key, cert });
          answering(secured, 'AUTH=PLAIN AUTH=OAUTHBEARER', asked);
        });
        socket.write('* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello\r\n');
      }),
    );
    const offered = await offeredBy({ host: hostName, port, secure: 'starttls' }, reached);
    expect([offered?.passwords, offered?.tokens, asked]).toEqual([true, true, ['STARTTLS', 'CAPABILITY']]);
  });

  it('knows nothing of a server that is another, is not there, or hangs up', async () => {
    const other = await listening(createTlsServer({ key, cert }, (socket) => void socket.write('* OK hello\r\n')));
    const rude = await listening(createServer((socket) => socket.end('220 smtp\r\n')));
    const at = '127.0.0.1';
    const looks = [
      offeredBy({ host: 'imap.other.example', port: other, secure: true }, { ca: authority, at }),
      offeredBy({ host: hostName, port: other, secure: true }, { at }),
      offeredBy({ host: hostName, port: rude, secure: 'starttls' }, reached),
      offeredBy({ host: hostName, port: 1, secure: true }, reached),
    ];
    expect(await Promise.all(looks)).toEqual([null, null, null, null]);
  });
});
