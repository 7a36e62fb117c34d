/**
 * What the receiving server found out about the sender: read from Authentication-Results (RFC 8601), with the alignment
 * of DMARC (RFC 7489, section 3.1) worked out where the server left it open. Decides nothing by it: see belief.
 */
import { domainOf } from './client.ts';
import { type BareValue, bareValue, token } from './header-value.ts';
import { grouped } from './grouped.ts';
import type { Header, ParsedMail } from './message.ts';

/**
 * `passed`: it comes from the domain that From names. `failed`: the server looked, and it does not. `unknown`: nobody
 * looked, or there was nothing to look at.
 */
export interface Authentication {
  state: 'passed' | 'failed' | 'unknown';
  /** what was found, as in 'dmarc=fail' or 'spf=fail, dkim=fail'; '' when nothing was */
  found: string;
}

/** As much of a mail as is looked at. */
export type SeenMail = Pick<ParsedMail, 'headers' | 'from' | 'unwrapped'>;

/** One `method=result property=value …` of a header. */
interface Result {
  method: string;
  result: string;
  properties: string;
}

const nothing: Authentication = { state: 'unknown', found: '' };

/**
 * @param authServers names that the owner's mail servers put into the header, lower-cased; none: the topmost is believed
 */
export function authenticationOf(mail: SeenMail, authServers: readonly string[] = noNames): Authentication {
  if (lastAsked?.mail !== mail || lastAsked.authServers !== authServers)
    lastAsked = { mail, authServers, found: read(mail, authServers) };
  return lastAsked.found;
}

const noNames: readonly string[] = [];

/** Of one message it is asked several times in a row. */
let lastAsked: { mail: SeenMail; authServers: readonly string[]; found: Authentication } | undefined;

function read(mail: SeenMail, authServers: readonly string[]): Authentication {
  const values = resultLines(mail.headers, authServers).map(({ value }) => bareValue(value));
  if (values.length === 0) return nothing;
  const results = values.flatMap(resultsIn);
  const failed = results.filter(isFailure);
  const byDmarc = failed.find(({ method, result }) => method === 'dmarc' && result === 'fail');
  // What may have been written by the sender proves nothing in his favour.
  // Of a certified mail the server has looked at the envelope, whose sender is not the one in From.
  const isWhole = !mail.unwrapped && values.every(({ open }) => !open) && hasOneAuthor(mail);
  const passed = isWhole ? results.find((result) => isAligned(result, fromDomain(mail))) : undefined;
  if (byDmarc !== undefined) return { state: 'failed', found: wordsOf([byDmarc]) };
  if (passed !== undefined) return { state: 'passed', found: wordsOf([passed]) };
  if (failed.length > 0) return { state: 'failed', found: wordsOf(failed) };
  return { state: 'unknown', found: wordsOf(results) };
}

/** Of two authors the server may have looked at the one, and we at the other. */
function hasOneAuthor({ headers }: SeenMail): boolean {
  const lines = headers.filter(({ name }) => name === 'from').map(({ value }) => bareValue(value));
  return lines.length < 2 && lines.every(({ text, open }) => !open && text.split('@').length <= 2);
}

function fromDomain(mail: SeenMail): string {
  return domainOf(mail.from?.address ?? '');
}

function wordsOf(results: readonly Result[]): string {
  return [...new Set(results.map(({ method, result }) => `${method}=${result}`))].slice(0, 4).join(', ');
}

/**
 * `permerror` of DMARC: the domain's own record cannot be read, so nothing speaks for the sender. A signature that fails
 * counts as none (RFC 6376, section 6.1): every list that adds a line to the text breaks it.
 */
const failures: Record<string, readonly string[]> = {
  dmarc: ['fail', 'permerror'],
  compauth: ['fail'],
  spf: ['fail', 'hardfail'],
};

function isFailure({ method, result }: Result): boolean {
  return failures[method]?.includes(result) ?? false;
}

/** Whether the result speaks for the domain of From; a pass of anybody else's domain says nothing. */
function isAligned({ method, result, properties }: Result, domain: string): boolean {
  if (domain === '') return false;
  if (method === 'dmarc') {
    const named = propertyOf(properties, 'header.from');
    return (result === 'pass' || result === 'bestguesspass') && (named === undefined || isKin(named, domain));
  }
  if (result !== 'pass') return false;
  const names = { dkim: ['header.d', 'header.i'], spf: ['smtp.mailfrom', 'smtp.mail'] }[method] ?? [];
  return names.some((name) => {
    const value = propertyOf(properties, name);
    return value !== undefined && isKin(value, domain);
  });
}

function propertyOf(properties: string, name: string): string | undefined {
  const at = ` ${properties}`.toLowerCase().indexOf(` ${name}=`);
  if (at < 0) return undefined;
  return properties.slice(at + name.length + 1).split(/[\s,]/, 1)[0];
}

/**
 * The same domain, or one below the other (relaxed alignment). Without a list of public suffixes two labels stand for
 * the organisation: who signs as `co.example` for `firm.co.example` would have to own it.
 */
function isKin(value: string, domain: string): boolean {
  const other = domainOf(value.replace(/[<>]/g, ''));
  if (other === domain) return true;
  const [short, long] = other.length < domain.length ? [other, domain] : [domain, other];
  return short.includes('.') && long.endsWith(`.${short}`);
}

function resultsIn({ text }: BareValue): Result[] {
  return text.split(';').flatMap((part) => {
    const [, method = '', result = '', properties = ''] =
      /^\s*([a-z][a-z0-9-]{0,30})(?:\/\d+)?\s*=\s*([a-z]+)(?![a-z])(.*)$/is.exec(part) ?? [];
    if (method === '') return [];
    return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties: properties.trim() }];
  });
}

/**
 * What the receiving server itself found: the topmost Authentication-Results and those of the same server that follow
 * before the next Received line. All below that may be the sender's own invention (RFC 8601, section 5). Where the
 * owner has named the servers, theirs alone count: they take out what others write in their name.
 */
function resultLines(headers: readonly Header[], authServers: readonly string[]): Header[] {
  const first = headers.findIndex(isResultLine);
  if (first < 0) return [];
  if (authServers.length > 0)
    return headers.filter((line) => isResultLine(line) && authServers.includes(authServer(line)));
  const top = headers[first] as Header;
  const below = headers.slice(first + 1);
  const hop = below.findIndex(({ name }) => name === 'received');
  const beside = below.slice(0, hop < 0 ? below.length : hop);
  return [top, ...beside.filter((line) => isResultLine(line) && authServer(line) === authServer(top))];
}

function isResultLine({ name }: Header): boolean {
  return name === 'authentication-results';
}

/** The first word, by which a server signs its results; '' where it is left out, as by Exchange Online. */
function authServer({ value }: Header): string {
  const [first = ''] = token(value).split(/\s+/);
  return first.includes('=') ? '' : first;
}

/** Who signed the topmost results; null: the mail has none. */
export function topServer({ headers }: Pick<SeenMail, 'headers'>): string | null {
  const top = headers.find(isResultLine);
  return top === undefined ? null : authServer(top);
}

/** From so many domains on it can be told who writes results in a mailbox. */
const fewestDomains = 8;

/**
 * Which names stand topmost in the mail of a mailbox as a rule: that of its own server, which writes them into whatever
 * comes. Where it writes none, what stands there was written by the sender, and as a rule there is nothing.
 * @param votes the topmost name in the newest mail of each domain; null: none
 * @returns null while there is too little mail to tell; the topmost is believed then
 */
export function usualServers(votes: readonly (string | null)[]): string[] | null {
  if (votes.length < fewestDomains) return null;
  const counts = grouped(votes, (name) => name);
  return [...counts].flatMap(([name, ones]) => (name !== null && ones.length * 3 >= votes.length ? [name] : []));
}
