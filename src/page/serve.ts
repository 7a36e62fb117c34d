/**
 * The page's server: on 127.0.0.1 alone, for the browser that was handed a one-time address. Puts doors, pages and news
 * together; ends by itself when nobody has looked for half an hour.
 */
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from './html.ts';
import type { WritingDesk } from '../app.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { sayFault } from '../words/voice.ts';
import type { Plan } from '../jobs/plan.ts';
import type { Log } from '../log.ts';
import { sha256 } from '../rules/digest.ts';
import { type Instant, minuteMs } from '../rules/time.ts';
import type { Language } from '../rules/language.ts';
import { wordsOf } from '../words/voice.ts';
import { refusalOf } from './door.ts';
import { newsOf } from './news.ts';
import { noIcon, page } from './layout.ts';
import { type PageContext, type PageEnv, type Visit, visitOf } from './page.ts';
import { script } from './script.ts';
import { style } from './style.ts';
import { Tickets } from './tickets.ts';
import * as calendar from './calendar.ts';
import * as client from './client.ts';
import * as clients from './clients.ts';
import * as exit from './exit.ts';
import * as files from './files.ts';
import * as inbox from './inbox.ts';
import * as invoice from './invoice.ts';
import * as journal from './journal.ts';
import * as money from './money.ts';
import * as outbox from './outbox.ts';
import * as plan from './plan.ts';
import * as report from './report.ts';
import * as settings from './settings.ts';
import * as wording from './wording.ts';
import * as today from './today.ts';

export interface PageOptions {
  desk: WritingDesk;
  /** by which sessions and rest are counted, where the desk's stands still; undefined: the desk's */
  wall?: Clock;
  /** 0: any that is free */
  port: number;
  log: Log;
  /** the coming days, by the daemon's own rules */
  plan(days: number, config?: Config): Promise<Plan>;
  /** takes up what the owner changed in the configuration, before she is answered */
  renew?: () => Promise<void>;
  /** what a second call of the same owner shows to be handed an address */
  key: string;
  /** how long nobody may have looked; the page ends then */
  restMs?: number;
}

export interface ServedPage {
  port: number;
  /** lets in once, within five minutes */
  address(): string;
  /** when it has ended, by itself or by {@link stop} */
  ended: Promise<void>;
  stop(): Promise<void>;
}

const halfAnHour = 30 * minuteMs;

/** @throws AppError 'unreachable' when the port is taken */
export async function servePage(options: PageOptions): Promise<ServedPage> {
  const wall = options.wall ?? options.desk.clock;
  const tickets = new Tickets();
  const seen = { at: wall.now() };
  const news = newsOf(options.desk);
  let port = options.port;
  const app = appOf({ ...options, wall, tickets, news, seen, port: () => port });
  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' }) as Server;
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  server.maxHeadersCount = 64;
  // a window that rests for a moment need not connect anew
  server.keepAliveTimeout = 60_000;
  port = await listening(server, options.port);
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));
  const stop = async () => {
    clearInterval(rest);
    news.stop();
    server.close();
    server.closeAllConnections();
    await ended;
  };
  const restMs = options.restMs ?? halfAnHour;
  const rest = setInterval(
    () => {
      if (news.readers() > 0) seen.at = wall.now();
      else if (wall.now() - seen.at >= restMs) void stop();
    },
    Math.min(minuteMs, restMs),
  );
  return {
    port,
    ended,
    stop,
    address: () => `http://127.0.0.1:${port}/?enter=${tickets.address(wall.now())}`,
  };
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new AppError('unreachable', `the page cannot be served on port ${port}`, {
          where: `127.0.0.1:${port}`,
          next: 'Another program has it: set page.port to 0, or to a free one.',
          cause,
        }),
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

interface AppParts extends Omit<PageOptions, 'port'> {
  wall: Clock;
  tickets: Tickets;
  news: ReturnType<typeof newsOf>;
  seen: { at: Instant };
  port(): number;
}

const headers: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  // with no-referrer a form's Origin would be "null", and our own door would refuse it
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

function appOf(parts: AppParts): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) if (!c.res.headers.has(name)) c.header(name, value);
  });
  app.use(async (c, next) => atTheDoor(parts, c) ?? (await signedIn(parts, c, next)));
  app.get('/style.css', (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }));
  app.get('/page.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }));
  app.get('/events', (c) => parts.news.stream(c));
  for (const part of [
    today,
    outbox,
    inbox,
    clients,
    client,
    exit,
    files,
    money,
    invoice,
    journal,
    report,
    calendar,
    settings,
    wording,
  ])
    part.addTo(app);
  plan.addTo(app, parts.plan);
  app.notFound((c) => fault(c, 404, visitOf(c).words.page.faults.notFound));
  app.onError((error, c) => failed(parts, c, error));
  return app;
}

function atTheDoor({ port, log }: AppParts, c: PageContext): Response | null {
  const header = (name: string) => c.req.header(name);
  const refusal = refusalOf(
    {
      method: c.req.method,
      host: header('host'),
      origin: header('origin'),
      site: header('sec-fetch-site'),
      destination: header('sec-fetch-dest'),
    },
    port(),
  );
  if (refusal === null) return null;
  log.warn('page', `refused ${c.req.method}: ${refusal.why}`);
  return c.text(`${refusal.why}\n`, refusal.status);
}

async function signedIn(parts: AppParts, c: PageContext, next: () => Promise<void>): Promise<Response | void> {
  const { desk, tickets } = parts;
  const now = desk.clock.now();
  // a program that reads the dates is nobody who looks: it keeps no page open
  if (c.req.path === '/calendar.ics') return calendar.answerCalendar(c, desk, parts.plan);
  parts.seen.at = parts.wall.now();
  await parts.renew?.();
  const { language } = desk.config.owner;
  const words = wordsOf(language);
  const cookieName = `paletti-${parts.port()}`;
  if (c.req.path === '/address' && c.req.method === 'POST') return handAddress(parts, c);
  const token = c.req.query('enter');
  if (token !== undefined && c.req.method === 'GET') return enter(parts, c, token, cookieName);
  const session = tickets.sessionOf(getCookie(c, cookieName), parts.wall.now());
  if (session === null) return c.html(plainPage(language, words.page.faults.notSignedIn), 403);
  const visit: Visit = {
    desk,
    tickets,
    session,
    language,
    words,
    now,
    zone: desk.config.owner.timeZone,
    home: `http://127.0.0.1:${parts.port()}`,
    path: new URL(c.req.url).pathname,
    outcome: await tickets.outcome(session, c.req.query('done') ?? ''),
  };
  c.set('visit', visit);
  await next();
}

function handAddress({ tickets, wall, key, port }: AppParts, c: PageContext): Response {
  const shown = c.req.header('authorization') ?? '';
  if (sha256(shown) !== sha256(`Bearer ${key}`)) return c.text('not yours\n', 403);
  return c.text(`http://127.0.0.1:${port()}/?enter=${tickets.address(wall.now())}\n`);
}

/**
 * The one-time address becomes a cookie. It answers 200 with a refresh: after a redirect from another program a browser
 * would not send a cookie that is `SameSite=Strict`.
 */
function enter(
  { tickets, desk, wall }: AppParts,
  c: PageContext,
  token: string,
  cookieName: string,
): Response | Promise<Response> {
  const { language } = desk.config.owner;
  const cookie = tickets.enter(token, wall.now());
  if (cookie === null) return c.html(plainPage(language, wordsOf(language).page.faults.usedAddress), 403);
  setCookie(c, cookieName, cookie, { httpOnly: true, sameSite: 'Strict', path: '/' });
  return c.html(
    html`<!doctype html><html lang="${language}"><head><meta charset="utf-8">${noIcon}<meta http-equiv="refresh" content="0;url=/"><title>Paletti</title></head><body><a href="/">Paletti</a></body></html>`,
  );
}

function plainPage(language: Language, text: string) {
  return html`<!doctype html><html lang="${language}"><head><meta charset="utf-8">${noIcon}<meta name="viewport" content="width=device-width, initial-scale=1"><title>Paletti</title></head><body><main><h1>Paletti</h1><p>${text}</p></main></body></html>`;
}

const statuses: Partial<Record<AppError['code'], 400 | 404 | 409>> = { 'not-found': 404, usage: 400, conflict: 409 };

function failed({ log }: AppParts, c: PageContext, error: Error): Response | Promise<Response> {
  const visit = c.get('visit') as Visit | undefined;
  if (error instanceof AppError && visit !== undefined) {
    const { what, next } = sayFault(error, visit.language);
    return fault(c, statuses[error.code] ?? 500, what, next);
  }
  log.error('page', error.stack ?? error.message);
  return visit === undefined ? c.text('error\n', 500) : fault(c, 500, visit.words.page.faults.internal);
}

function fault(
  c: PageContext,
  status: 400 | 404 | 409 | 500,
  text: string,
  next?: string,
): Response | Promise<Response> {
  const visit = visitOf(c);
  const { faults } = visit.words.page;
  const advice = next === undefined ? null : html`<h2>${faults.next}</h2><p>${next}</p>`;
  return c.html(
    page(visit, { title: faults.heading, at: null, body: html`<h1>${faults.heading}</h1><p>${text}</p>${advice}` }),
    status,
  );
}
