/** Who is let in, by headers alone. */
import { describe, expect, it } from 'vitest';
import { type Knock, refusalOf } from '../../src/page/door.ts';

const port = 4711;
const home = `127.0.0.1:${port}`;

function knock(values: Partial<Knock>): Knock {
  return { method: 'GET', host: home, origin: undefined, site: undefined, destination: undefined, ...values };
}

describe('the door', () => {
  it.each<[string, Partial<Knock>, number | null]>([
    ['the address bar', { site: 'none', destination: 'document' }, null],
    ['a link on our page', { site: 'same-origin', destination: 'document' }, null],
    ['a link on another site', { site: 'cross-site', destination: 'document' }, null],
    ['the other name of this machine', { host: `localhost:${port}` }, null],
    ['our style sheet', { site: 'same-origin', destination: 'style' }, null],
    ['a name that resolves to us', { host: `evil.example:${port}` }, 421],
    ['another port', { host: '127.0.0.1:80' }, 421],
    ['no host', { host: undefined }, 421],
    ['a picture on another site', { site: 'cross-site', destination: 'image' }, 403],
    ['a frame of another program of this machine', { site: 'same-site', destination: 'iframe' }, 403],
    ['our form', { method: 'POST', origin: `http://${home}`, site: 'same-origin' }, null],
    ['our form, from a browser that says less', { method: 'POST', origin: `http://${home}` }, null],
    ['a form of another site', { method: 'POST', origin: 'https://evil.example', site: 'cross-site' }, 403],
    [
      'a form of another program of this machine',
      { method: 'POST', origin: 'http://127.0.0.1:9', site: 'same-site' },
      403,
    ],
    ['a form of the other name', { method: 'POST', origin: `http://localhost:${port}`, site: 'cross-site' }, 403],
    ['a form of a page that hides where it is', { method: 'POST', origin: 'null', site: 'cross-site' }, 403],
    ['a form that says nothing', { method: 'POST' }, 403],
    ['another verb', { method: 'DELETE', origin: 'https://evil.example' }, 403],
  ])('%s', (_who, values, status) => {
    expect(refusalOf(knock(values), port)?.status ?? null).toBe(status);
  });
});
