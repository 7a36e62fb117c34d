/** A browser of its own making for the page's tests: keeps the cookie, reads forms, says where it comes from. */
import { readFileSync, writeFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { silentLog } from '../../src/log.ts';
import { planFor, Renewal, type WritingDesk } from '../../src/app.ts';
import { checkConfig } from '../../src/config.ts';
import type { Language } from '../../src/rules/language.ts';
import { type PageOptions, type ServedPage, servePage } from '../../src/page/serve.ts';
import type { Studio } from '../support/studio.ts';

export const key = 'a key for the second call';

export interface Served extends ServedPage {
  /** what the page works with */
  desk: WritingDesk;
  /** config.json, written before the page is served */
  configFile: string;
}

/** As `paletti page` serves it, on a configuration that stands in a file; in English unless another language is wanted. */
export async function served(
  studio: Studio,
  { language = 'en', ...options }: Partial<PageOptions> & { language?: Language } = {},
): Promise<Served> {
  const configFile = studio.config.path;
  const owner = { ...(studio.source['owner'] as object), language };
  writeFileSync(configFile, `${JSON.stringify({ ...studio.source, owner }, null, 2)}\n`, { mode: 0o600 });
  const reread = async () => checkConfig(readFileSync(configFile, 'utf8'), configFile);
  const desk: WritingDesk = { ...studio.app, config: await reread() };
  const renewal = new Renewal(desk, silentLog, reread);
  const page = await servePage({
    desk,
    port: 0,
    log: silentLog,
    key,
    plan: (days, other = desk.config) => planFor({ ...desk, config: other }, silentLog, days),
    renew: async () => void (await renewal.look()),
    ...options,
  });
  onTestFinished(() => page.stop());
  return { ...page, desk, configFile };
}

export class Visitor {
  readonly home: string;
  #cookie = '';

  constructor(page: Pick<ServedPage, 'port'>) {
    this.home = `http://127.0.0.1:${page.port}`;
  }

  async enter(address: string): Promise<Response> {
    const answer = await fetch(address, { redirect: 'manual' });
    this.#cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
    return answer;
  }

  get cookie(): string {
    return this.#cookie;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.home}${path}`, { redirect: 'manual', headers: { cookie: this.#cookie, ...headers } });
  }

  async text(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  /** The hidden fields of the form with this address, as they stand on a page. */
  async fields(page: string, action: string): Promise<Record<string, string>> {
    return this.fieldsIn(await this.text(page), action);
  }

  /** The same of a page that is at hand already. */
  fieldsIn(text: string, action: string): Record<string, string> {
    const [, form] = new RegExp(`<form method="post" action="${action}"[^>]*>(.*?)</form>`, 's').exec(text) ?? [];
    if (form === undefined) throw new Error(`there is no form for ${action}`);
    const found = form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g);
    return Object.fromEntries([...found].map(([, name, value]) => [name as string, unescaped(value as string)]));
  }

  /** As a form that brings files sends them. */
  async bring(
    page: string,
    action: string,
    files: Readonly<Record<string, string>>,
    typed: Readonly<Record<string, string>> = {},
    headers: Record<string, string> = {},
  ): Promise<Response> {
    // made before the form is asked for: a connection that rests for seconds is closed by the server
    const brought = Object.entries(files).map(([name, content]) => [new Blob([content]), name] as const);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...(await this.fields(page, action)), ...typed }))
      body.append(name, value);
    for (const [blob, name] of brought) body.append('files', blob, name);
    const own = { cookie: this.#cookie, origin: this.home, ...headers };
    return fetch(`${this.home}${action}`, { method: 'POST', redirect: 'manual', headers: own, body });
  }

  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.home}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie: this.#cookie,
        origin: this.home,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  /** As a click on a button of the page does: the form is sent, and its answer followed. */
  async click(page: string, action: string, typed: Record<string, string> = {}): Promise<string> {
    const answer = await this.post(action, { ...(await this.fields(page, action)), ...typed });
    if (answer.status !== 303) throw new Error(`${action} answered ${answer.status}: ${await answer.text()}`);
    return this.text(answer.headers.get('location') as string);
  }
}

function unescaped(text: string): string {
  const signs: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (sign) => signs[sign] as string);
}
