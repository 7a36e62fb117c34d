/** Servers found from an address alone: by the table, MX, autoconfig and SRV; the network may be silent, late or lie. */
import { describe, expect, it } from 'vitest';
import { findServers, type Lookups } from '../../src/setup/discover.ts';
import { providers } from '../../src/setup/provider-table.ts';
import { providerByMx, providerOf, userFor } from '../../src/setup/providers.ts';

const never = () => new Promise<never>(() => {});
const nothing: Lookups = {
  mx: () => Promise.reject(new Error('ENOTFOUND')),
  srv: () => Promise.reject(new Error('ENOTFOUND')),
  text: () => Promise.reject(new Error('ENOTFOUND')),
};

const server = (type: string, host: string, socket: string, port: number) => {
  const element = type === 'smtp' ? 'outgoingServer' : 'incomingServer';
  return `<${element} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType></${element}>`;
};
const autoconfig =
  (...servers: string[]) =>
  async () =>
    `<clientConfig version="1.1"><emailProvider id="x">${servers.join('')}</emailProvider></clientConfig>`;

describe('the table', () => {
  it('has every row whole: servers encrypted, domains once, a source', () => {
    const domains = providers.flatMap((provider) => provider.domains);
    expect(new Set(domains).size).toBe(domains.length);
    for (const { imap, smtp, source, sure } of providers) {
      expect([true, 'starttls']).toContain(imap.secure);
      expect([imap.port, smtp.port].every((port) => [143, 993, 465, 587].includes(port))).toBe(true);
      expect(source !== '' && sure !== '').toBe(true);
    }
    expect(providers.length).toBeGreaterThan(40);
  });

  it.each([
    ['Anna@Gmail.com', 'Gmail'],
    ['anna@hotmail.it', 'Outlook.com'],
    ['anna@libero.it', 'Libero'],
    ['anna@pec.it', 'PEC Aruba'],
    ['anna@studio.example', undefined],
    ['anna@notgmail.com', undefined],
  ])('%s is %s', (address, name) => expect(providerOf(address)?.name).toBe(name));

  it.each([
    ['aspmx.l.google.com', 'Gmail'],
    ['studio-it.mail.protection.outlook.com.', 'Microsoft 365'],
    ['mx.aruba.it', 'Aruba hosting'],
    ['in1-smtp.messagingengine.com', 'Fastmail'],
    ['mx.evilgoogle.com', undefined],
  ])('mail that %s takes is with %s', (exchange, name) => expect(providerByMx([exchange])?.name).toBe(name));

  it.each([
    ['anna@icloud.com', 'anna', 'anna@icloud.com'],
    ['anna@web.de', 'anna', 'anna'],
    ['anna@legalmail.it', undefined, undefined],
    ['anna@gmail.com', 'anna@gmail.com', 'anna@gmail.com'],
  ])('%s logs in as %s for reading and %s for sending', (address, reading, sending) => {
    const provider = providerOf(address);
    expect([userFor(address, provider?.imapUser), userFor(address, provider?.smtpUser)]).toEqual([reading, sending]);
  });
});

describe('a domain of one’s own', () => {
  it('is found by who takes its mail, the preferred one first', async () => {
    const mx = async () => [
      { exchange: 'mx.elsewhere.example', priority: 20 },
      { exchange: 'aspmx.l.google.com', priority: 10 },
    ];
    const found = await findServers('anna@studio.example', { ...nothing, mx });
    expect(found).toMatchObject({
      how: 'mx',
      imap: { host: 'imap.gmail.com' },
      isTrusted: true,
      provider: { name: 'Gmail' },
    });
  });

  it('is found by what it says of itself: the most secure server, none in clear', async () => {
    const text = autoconfig(
      server('pop3', 'pop.studio.example', 'SSL', 995),
      server('imap', 'clear.studio.example', 'plain', 143),
      server('imap', 'later.studio.example', 'STARTTLS', 143),
      server('imap', 'imap.studio.example', 'SSL', 993),
      server('smtp', 'smtp.studio.example', 'STARTTLS', 587),
    );
    expect(await findServers('anna@studio.example', { ...nothing, text })).toMatchObject({
      how: 'autoconfig',
      isTrusted: true,
      imap: { host: 'imap.studio.example', port: 993, secure: true },
      smtp: { host: 'smtp.studio.example', port: 587, secure: 'starttls' },
    });
  });

  it('is found by SRV, also where nothing else answers in time', async () => {
    const records: Record<string, [string, number]> = {
      '_imaps._tcp.studio.example': ['mail.studio.example.', 993],
      '_imap._tcp.studio.example': ['clear.studio.example', 143],
      '_submission._tcp.studio.example': ['mail.studio.example', 587],
    };
    const srv = async (name: string) => {
      const [host, port] = records[name] ?? [];
      return host === undefined || port === undefined ? [] : [{ name: host, port, priority: 0 }];
    };
    expect(await findServers('anna@studio.example', { mx: never, text: never, srv })).toMatchObject({
      how: 'srv',
      imap: { host: 'mail.studio.example', port: 993, secure: true },
      isTrusted: true,
      smtp: { port: 587, secure: 'starttls' },
    });
  });

  it('that names servers elsewhere is not trusted unasked; at a provider that is known it is', async () => {
    const at = (host: string) => autoconfig(server('imap', host, 'SSL', 993), server('smtp', host, 'SSL', 465));
    const trusted = async (host: string) =>
      (await findServers('anna@studio.example', { ...nothing, text: at(host) }))?.isTrusted;
    expect(await trusted('mail.evil.example')).toBe(false);
    expect(await trusted('mail.evilstudio.example')).toBe(false);
    expect(await trusted('posteo.de')).toBe(true);
  });

  it.each([
    ['a service that is not offered', async () => [{ name: '.', port: 0, priority: 0 }]],
    ['a name that is none', async () => [{ name: 'a b\r\n', port: 993, priority: 0 }]],
    ['a port that is none', async () => [{ name: 'mail.studio.example', port: 0, priority: 0 }]],
  ])('with %s has none', async (_, srv) => {
    expect(await findServers('anna@studio.example', { ...nothing, srv })).toBeNull();
  });

  it('is not found where nobody answers, and nobody is waited for longer than three seconds', async () => {
    expect(await findServers('anna@studio.example', nothing)).toBeNull();
    expect(await findServers('anna@studio.example', { mx: never, srv: never, text: never })).toBeNull();
  });

  it('tells the address to its own domain alone', async () => {
    const asked: string[] = [];
    const text = async (address: string) => (asked.push(new URL(address).host), '');
    await findServers('anna@studio.example', { ...nothing, text });
    expect(asked.toSorted()).toEqual(['autoconfig.studio.example', 'studio.example']);
  });
});
