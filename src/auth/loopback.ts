/**
 * Waits on this machine for the browser to come back from a sign-in page (RFC 8252, section 7.3): on a free port, for one
 * answer with the state that was sent. Whoever else knocks is turned away, and the wait goes on.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../errors.ts';

export interface Loopback {
  /** what the provider is told, without a slash at its end */
  redirect: string;
  /** @throws AppError when nobody came in time, or the signal came */
  back: Promise<URL>;
  close(): void;
}

export interface LoopbackOptions {
  host: '127.0.0.1' | 'localhost';
  state: string;
  /** a page for the person, HTML */
  page: string;
  timeoutMs: number;
  signal: AbortSignal;
}

/** `localhost` may be either address to a browser: both are listened on, where there are two. */
export async function openLoopback({ host, state, page, timeoutMs, signal }: LoopbackOptions): Promise<Loopback> {
  const first = createServer();
  await listening(first, '127.0.0.1', 0);
  const { port } = first.address() as AddressInfo;
  const second = createServer();
  const servers = (await listening(second, '::1', port).catch(() => false)) === false ? [first] : [first, second];
  const redirect = `http://${host}:${port}`;
  let settle: { done(url: URL): void; fail(fault: Error): void } = { done: () => {}, fail: () => {} };
  const back = new Promise<URL>((done, fail) => {
    settle = { done, fail };
  });
  back.catch(() => {});
  for (const server of servers)
    server.on('request', (request, response) =>
      answer(request, response, { redirect, state, page, done: settle.done }),
    );
  const timer = setTimeout(() => settle.fail(nobodyCame(timeoutMs)), timeoutMs);
  const stop = () => settle.fail(new AppError('stopped', 'the sign-in was broken off'));
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const close = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  };
  return { redirect, back, close };
}

function nobodyCame(timeoutMs: number): AppError {
  return new AppError('unreachable', `nobody came back from the sign-in page within ${timeoutMs / 60_000} minutes`, {
    next: 'Start again, and stay signed in there until this window says so.',
  });
}

interface Expected {
  redirect: string;
  state: string;
  page: string;
  done(url: URL): void;
}

function answer(request: IncomingMessage, response: ServerResponse, { redirect, state, page, done }: Expected): void {
  const port = redirect.slice(redirect.lastIndexOf(':'));
  const isOurs = [`127.0.0.1${port}`, `localhost${port}`, `[::1]${port}`].includes(request.headers.host ?? '');
  const here = URL.canParse(request.url ?? '', redirect) ? new URL(request.url ?? '', redirect) : null;
  const isExpected = here !== null && here.pathname === '/' && here.searchParams.get('state') === state;
  if (!isOurs || !isExpected || request.method !== 'GET') {
    response.writeHead(404, { connection: 'close' }).end();
    return;
  }
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    connection: 'close',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'referrer-policy': 'no-referrer',
  };
  response.writeHead(200, headers).end(page, () => done(here));
}

function listening(server: Server, host: string, port: number): Promise<true> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => done(true));
  });
}
