/** English: what a mail server refused, or why it was not reached, and what to change. What stands here the other languages must bring as well. */
import type { TlsTrouble } from '../../../rules/tls-trouble.ts';
import { said } from '../../said.ts';

const tls: Readonly<Record<TlsTrouble, string>> = {
  expired: 'the certificate of the server has expired; whoever runs it must renew it',
  'not-yet': 'the certificate of the server is not valid yet; is the clock of this machine right?',
  'self-signed': 'the server shows a certificate that it signed itself',
  'unknown-authority': 'the server shows a certificate of an authority that is not known here',
  'other-name': 'the certificate of the server is for another name',
  'no-tls': 'no TLS is spoken on that port; it is a port for "starttls", or another one',
};

function tlsWords({ trouble, name, words }: { trouble: TlsTrouble | null; name: string; words: string }): string {
  if (trouble === null) return words;
  return name === '' ? tls[trouble] : `${tls[trouble]} (${name})`;
}

const checkSmtp = 'Check host, port and "secure", and the network.';

export const servers = {
  'imap-refused': ({ what, words }: { what: string; words: string }) =>
    said(`the mail server refused to ${what}: ${words}`),
  /** `isPlace`: nobody answers at that name or port, which will not mend itself */
  'imap-lost': ({ what, words, isPlace }: { what: string; words: string; isPlace: boolean }) =>
    said(
      `the mail server was lost or not reached (${what}): ${words}`,
      isPlace
        ? 'Check the network, and host, port and "secure" of imap in config.json.'
        : 'It is tried again by itself. If it stays so: paletti doctor',
    ),
  'imap-wants-tls': () =>
    said(
      'the mail server takes no login on a line that is not encrypted',
      'Set "secure": true (port 993) or "secure": "starttls" (port 143) for imap in config.json.',
    ),
  /** `advice`: what the way to log in advises; null: a password */
  'imap-login-refused': ({ words, advice }: { words: string; advice: string | null }) =>
    said(
      `the mail server refused the login: ${words}`,
      advice ??
        'Check user and password of imap in config.json; many providers want an app password. Then: paletti doctor',
    ),
  'imap-no-token': () =>
    said(
      'the mail server takes no access token, only passwords',
      'Check host and port of imap in config.json, or name a password there in place of "oauth".',
    ),
  'imap-no-tls': (facts: { trouble: TlsTrouble | null; name: string; words: string }) =>
    said(
      `no safe (TLS) connection: ${tlsWords(facts)}`,
      'Check host, port and "secure" of imap in config.json; for a server with a certificate of its own name its authority: "ca".',
    ),
  'smtp-no-tls': (facts: { trouble: TlsTrouble | null; name: string; words: string }) =>
    said(
      `no safe (TLS) connection: ${tlsWords(facts)}`,
      'For a server with a certificate of its own name its authority: "ca" of smtp. Otherwise check "port" and "secure".',
    ),
  'smtp-not-reached': ({ words }: { words: string }) => said(`no connection: ${words}`, checkSmtp),
  'smtp-silent': () => said('the server does not answer', checkSmtp),
  'smtp-hung-up': () => said('the server hung up without a word', checkSmtp),
  'no-smtp-there': () => said('the server does not speak SMTP there', 'Check "port" and "secure".'),
};
