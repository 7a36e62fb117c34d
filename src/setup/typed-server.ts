/** A server as people type it, or copy it from a provider's page: 'mail.studio.it', 'mail.studio.it:143', 'imaps://mail.studio.it/'. */
import type { Server } from './providers.ts';

const usual = { imap: 993, smtp: 465 } as const;
/** Where encryption begins after the greeting (RFC 8314). */
const laterPorts = [143, 587, 25, 2525];

/** @returns null for what is no name of a server */
export function typedServer(text: string, kind: 'imap' | 'smtp'): Server | null {
  const [before = ''] = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .split('/');
  const plain = before.replace(/\.$/, '');
  const [, host = '', port] = /^([a-z0-9.-]+|\[[0-9a-f:]+\])(?::(\d{1,5}))?$/.exec(plain) ?? [];
  const number = port === undefined ? usual[kind] : Number(port);
  if (host === '' || !isHost(host) || number < 1 || number > 65_535) return null;
  return { host, port: number, secure: laterPorts.includes(number) ? 'starttls' : true };
}

function isHost(host: string): boolean {
  if (host.startsWith('[')) return true;
  return host.split('.').every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
}
