/**
 * Finds the servers of an address: from the table by its domain; else at once, each with three seconds, by who takes its
 * mail (MX), by what its domain says of itself (autoconfig) and by SRV records (RFC 6186, RFC 8314). The surest answer is
 * kept, and only what is encrypted. The address is told to nobody but its own domain; nobody is logged in to.
 */
import { Resolver } from 'node:dns/promises';
import { get } from 'node:https';
import { domainOf, isProvidersHost, type Provider, providerByMx, providerOf, type Server } from './providers.ts';

export interface FoundServers {
  how: 'table' | 'mx' | 'autoconfig' | 'srv';
  imap: Server;
  smtp: Server;
  provider: Provider | null;
  /** the servers lie in the address's own domain or at a provider of the table: others want a person's yes */
  isTrusted: boolean;
}

interface Record {
  name: string;
  port: number;
  priority: number;
}

/** The ways to the network; each may fail, which is as if there were nothing. */
export interface Lookups {
  mx(domain: string): Promise<{ exchange: string; priority: number }[]>;
  srv(name: string): Promise<Record[]>;
  /** the text at an https address */
  text(address: string): Promise<string>;
}

const limitMs = 3_000;

export async function findServers(address: string, lookups: Lookups = network()): Promise<FoundServers | null> {
  const known = providerOf(address);
  if (known !== undefined) return ofProvider(known, 'table');
  const domain = domainOf(address);
  const [mx, autoconfig, srv] = await Promise.all([
    within(byMx(domain, lookups)),
    within(byAutoconfig(address, domain, lookups)),
    within(bySrv(domain, lookups)),
  ]);
  return mx ?? autoconfig ?? srv;
}

/** Late is as if there were nothing. */
async function within<T>(looking: Promise<T | null>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(done, limitMs, null);
  });
  try {
    return await Promise.race([looking.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}

function ofProvider(provider: Provider, how: 'table' | 'mx'): FoundServers {
  const { imap, smtp } = provider;
  return { how, imap, smtp, provider, isTrusted: true };
}

async function byMx(domain: string, lookups: Lookups): Promise<FoundServers | null> {
  const exchanges = (await lookups.mx(domain)).toSorted((a, b) => a.priority - b.priority);
  const provider = providerByMx(exchanges.map(({ exchange }) => exchange));
  return provider === undefined ? null : ofProvider(provider, 'mx');
}

async function byAutoconfig(address: string, domain: string, { text }: Lookups): Promise<FoundServers | null> {
  const asked = `emailaddress=${encodeURIComponent(address)}`;
  const places = [
    `https://autoconfig.${domain}/mail/config-v1.1.xml?${asked}`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml?${asked}`,
  ];
  const answers = await Promise.all(places.map((place) => text(place).catch(() => '')));
  for (const answer of answers) {
    const [imap, smtp] = [bestIn(answer, 'incomingServer', 'imap'), bestIn(answer, 'outgoingServer', 'smtp')];
    if (imap !== null && smtp !== null) return found('autoconfig', domain, imap, smtp);
  }
  return null;
}

/** The most secure of those that the file names; none in clear. */
function bestIn(xml: string, element: string, type: string): Server | null {
  const blocks = xml
    .split(`<${element} `)
    .slice(1)
    .map((rest) => rest.split(`</${element}>`)[0] ?? '')
    .filter((block) => (block.split('>')[0] ?? '').includes(`type="${type}"`));
  const servers = blocks.flatMap((block) => {
    const secure = { SSL: true, STARTTLS: 'starttls' }[memberIn(block, 'socketType')] as Server['secure'] | undefined;
    const [host, port] = [memberIn(block, 'hostname').toLowerCase(), Number(memberIn(block, 'port'))];
    return secure !== undefined && isHost(host) && isPort(port) ? [{ host, port, secure }] : [];
  });
  return servers.find(({ secure }) => secure === true) ?? servers[0] ?? null;
}

/** The text of the first such member; '' when there is none. Cut by names alone: a file may hold anything. */
function memberIn(block: string, name: string): string {
  return (block.split(`<${name}>`)[1] ?? '').split('<')[0]?.trim() ?? '';
}

async function bySrv(domain: string, lookups: Lookups): Promise<FoundServers | null> {
  const one = async (service: string, secure: Server['secure']): Promise<Server | null> => {
    const records = await lookups.srv(`${service}.${domain}`).catch(() => []);
    const [best] = records.toSorted((a, b) => a.priority - b.priority);
    const host = best?.name.toLowerCase().replace(/\.$/, '') ?? '';
    // '.' says that there is none (RFC 6186, section 3.4)
    return best !== undefined && isHost(host) && isPort(best.port) ? { host, port: best.port, secure } : null;
  };
  const [imaps, imap, submissions, submission] = await Promise.all([
    one('_imaps._tcp', true),
    one('_imap._tcp', 'starttls'),
    one('_submissions._tcp', true),
    one('_submission._tcp', 'starttls'),
  ]);
  const [reading, sending] = [imaps ?? imap, submissions ?? submission];
  return reading === null || sending === null ? null : found('srv', domain, reading, sending);
}

/** Names come from a network that may lie: what lies elsewhere is not trusted with a password unasked (RFC 6186, section 6). */
function found(how: 'autoconfig' | 'srv', domain: string, imap: Server, smtp: Server): FoundServers {
  const isOwn = (host: string) => host === domain || host.endsWith(`.${domain}`) || isProvidersHost(host);
  return { how, imap, smtp, provider: null, isTrusted: isOwn(imap.host) && isOwn(smtp.host) };
}

function isHost(text: string): boolean {
  const labels = text.split('.');
  const isLabel = (label: string) => /^[a-z0-9-]{1,63}$/.test(label) && !label.startsWith('-') && !label.endsWith('-');
  return text.length <= 253 && labels.length > 1 && labels.every(isLabel);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port < 65_536;
}

function network(): Lookups {
  const resolver = new Resolver({ timeout: limitMs, tries: 1 });
  return { mx: (domain) => resolver.resolveMx(domain), srv: (name) => resolver.resolveSrv(name), text };
}

const largestText = 65_536;

/** Follows nothing, and reads no more than such a file can hold. */
function text(address: string): Promise<string> {
  return new Promise((done, fail) => {
    const request = get(address, { agent: false, timeout: limitMs, headers: { accept: 'text/xml' } }, (response) => {
      let read = '';
      if (response.statusCode !== 200) return request.destroy(new Error(`${response.statusCode}`));
      response.setEncoding('utf8');
      response.on('data', (piece: string) => {
        read += piece;
        if (read.length > largestText) request.destroy(new Error('too large'));
      });
      response.on('end', () => done(read));
      response.on('error', fail);
    });
    request.on('timeout', () => request.destroy(new Error('late')));
    request.on('error', fail);
  });
}
