/** Servers of mail providers that people have, so that the wizard need not ask. Facts from the providers' help pages. */

export interface Server {
  host: string;
  port: number;
  secure: true | 'starttls';
}

export interface Provider {
  domains: readonly string[];
  imap: Server;
  smtp: Server;
  /** what the owner has to know first: said by the words of `init` */
  note?: 'app-password' | 'oauth-only';
}

const tls = (host: string, port: number): Server => ({ host, port, secure: true });
const starttls = (host: string, port: number): Server => ({ host, port, secure: 'starttls' });

const providers: readonly Provider[] = [
  {
    domains: ['gmail.com', 'googlemail.com'],
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    note: 'app-password',
  },
  {
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: tls('imap.mail.me.com', 993),
    smtp: starttls('smtp.mail.me.com', 587),
    note: 'app-password',
  },
  {
    domains: ['fastmail.com', 'fastmail.fm'],
    imap: tls('imap.fastmail.com', 993),
    smtp: tls('smtp.fastmail.com', 465),
    note: 'app-password',
  },
  {
    domains: ['yahoo.com', 'yahoo.it', 'ymail.com'],
    imap: tls('imap.mail.yahoo.com', 993),
    smtp: tls('smtp.mail.yahoo.com', 465),
    note: 'app-password',
  },
  { domains: ['gmx.de', 'gmx.net'], imap: tls('imap.gmx.net', 993), smtp: tls('mail.gmx.net', 465) },
  { domains: ['web.de'], imap: tls('imap.web.de', 993), smtp: starttls('smtp.web.de', 587) },
  {
    domains: ['libero.it', 'iol.it', 'inwind.it', 'blu.it', 'giallo.it'],
    imap: tls('imapmail.libero.it', 993),
    smtp: tls('smtp.libero.it', 465),
  },
  { domains: ['virgilio.it'], imap: tls('in.virgilio.it', 993), smtp: tls('out.virgilio.it', 465) },
  { domains: ['tiscali.it'], imap: tls('imap.tiscali.it', 993), smtp: tls('smtp.tiscali.it', 465) },
  { domains: ['tim.it'], imap: starttls('imap.tim.it', 143), smtp: starttls('smtp.tim.it', 587) },
  { domains: ['alice.it'], imap: starttls('in.alice.it', 143), smtp: starttls('out.alice.it', 587) },
  { domains: ['aruba.it'], imap: tls('imaps.aruba.it', 993), smtp: tls('smtps.aruba.it', 465) },
  {
    domains: ['pec.it', 'arubapec.it', 'mypec.eu', 'gigapec.it', 'ingpec.eu'],
    imap: tls('imaps.pec.aruba.it', 993),
    smtp: tls('smtps.pec.aruba.it', 465),
  },
  { domains: ['legalmail.it'], imap: tls('mbox.cert.legalmail.it', 993), smtp: tls('sendm.cert.legalmail.it', 465) },
  {
    domains: ['outlook.com', 'outlook.it', 'hotmail.com', 'hotmail.it', 'live.com', 'live.it', 'msn.com'],
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp-mail.outlook.com', 587),
    note: 'oauth-only',
  },
];

/** @returns undefined for a domain nobody here knows: then the person is asked */
export function providerOf(address: string): Provider | undefined {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return providers.find((provider) => provider.domains.includes(domain));
}
