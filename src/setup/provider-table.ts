/**
 * Servers of mail providers that people have, so that nobody need be asked: each row with where it is from and how sure it
 * is. Data alone; who looks it up is in providers.ts.
 */
import type { ProviderName } from '../auth/providers.ts';

export interface Server {
  host: string;
  port: number;
  secure: true | 'starttls';
}

/** What is typed as the login name: the address, the part before the @, or a code that only its owner knows. */
export type UserForm = 'address' | 'local' | 'code';

export interface Provider {
  name: string;
  domains: readonly string[];
  /** ends of the names of its MX, by which domains of one's own are known to be there */
  mx?: readonly string[];
  imap: Server;
  smtp: Server;
  /** 'password' when left out */
  login?: 'app-password' | 'oauth' | 'oauth-or-app-password';
  /** 'address' when left out */
  imapUser?: UserForm;
  smtpUser?: UserForm;
  /** where it signs in */
  oauth?: ProviderName;
  sure: string;
  /** its passwords for programs end after some months, on a day that it tells */
  passwordEnds?: true;
  source: string;
}

const tls = (host: string, port: number): Server => ({ host, port, secure: true });
const starttls = (host: string, port: number): Server => ({ host, port, secure: 'starttls' });

export const providers: readonly Provider[] = [
  {
    name: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    mx: ['google.com', 'googlemail.com'],
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    login: 'oauth-or-app-password',
    oauth: 'google',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Outlook.com',
    domains: ['outlook.com', 'outlook.it', 'hotmail.com', 'hotmail.it', 'live.com', 'live.it', 'msn.com'],
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp-mail.outlook.com', 587),
    login: 'oauth',
    oauth: 'microsoft',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Microsoft 365',
    domains: ['onmicrosoft.com'],
    mx: ['mail.protection.outlook.com'],
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp.office365.com', 587),
    login: 'oauth',
    oauth: 'microsoft',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: tls('imap.mail.me.com', 993),
    smtp: starttls('smtp.mail.me.com', 587),
    login: 'app-password',
    imapUser: 'local',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    mx: ['messagingengine.com'],
    imap: tls('imap.fastmail.com', 993),
    smtp: tls('smtp.fastmail.com', 465),
    login: 'oauth-or-app-password',
    oauth: 'fastmail',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Yahoo',
    domains: ['yahoo.com', 'yahoo.it', 'ymail.com'],
    imap: tls('imap.mail.yahoo.com', 993),
    smtp: tls('smtp.mail.yahoo.com', 465),
    login: 'app-password',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'AOL',
    domains: ['aol.com', 'aol.it'],
    imap: tls('imap.aol.com', 993),
    smtp: tls('smtp.aol.com', 465),
    login: 'app-password',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Zoho',
    domains: ['zoho.com', 'zohomail.com'],
    imap: tls('imap.zoho.com', 993),
    smtp: tls('smtp.zoho.com', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Zoho Europe',
    domains: ['zoho.eu', 'zohomail.eu'],
    imap: tls('imap.zoho.eu', 993),
    smtp: tls('smtp.zoho.eu', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'GMX (de)',
    domains: ['gmx.net', 'gmx.de', 'gmx.at', 'gmx.ch', 'gmx.eu'],
    imap: tls('imap.gmx.net', 993),
    smtp: tls('mail.gmx.net', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'GMX (com)',
    domains: ['gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr', 'gmx.es'],
    imap: tls('imap.gmx.com', 993),
    smtp: tls('mail.gmx.com', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'WEB.DE',
    domains: ['web.de'],
    imap: tls('imap.web.de', 993),
    smtp: tls('smtp.web.de', 465),
    imapUser: 'local',
    smtpUser: 'local',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'mail.com',
    domains: ['mail.com', 'email.com', 'europe.com', 'consultant.com', 'engineer.com'],
    imap: tls('imap.mail.com', 993),
    smtp: tls('smtp.mail.com', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Posteo',
    domains: ['posteo.de', 'posteo.net', 'posteo.it'],
    imap: tls('posteo.de', 993),
    smtp: tls('posteo.de', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'T-Online',
    domains: ['t-online.de', 'magenta.de'],
    imap: tls('secureimap.t-online.de', 993),
    smtp: tls('securesmtp.t-online.de', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: '1&1 / IONOS (de)',
    domains: ['online.de', 'onlinehome.de'],
    imap: tls('imap.1und1.de', 993),
    smtp: tls('smtp.1und1.de', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Strato',
    domains: ['strato.de'],
    mx: ['rzone.de'],
    imap: tls('imap.strato.de', 993),
    smtp: tls('smtp.strato.de', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'OVH',
    domains: ['ovh.net'],
    mx: ['ovh.net'],
    imap: tls('ssl0.ovh.net', 993),
    smtp: tls('ssl0.ovh.net', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Gandi',
    domains: ['gandi.net'],
    mx: ['gandi.net'],
    imap: tls('mail.gandi.net', 993),
    smtp: tls('mail.gandi.net', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Hetzner',
    domains: ['your-server.de'],
    imap: tls('mail.your-server.de', 993),
    smtp: tls('mail.your-server.de', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'one.com',
    domains: ['one.com'],
    imap: tls('imap.one.com', 993),
    smtp: tls('send.one.com', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'GoDaddy / secureserver',
    domains: ['secureserver.net'],
    mx: ['secureserver.net'],
    imap: tls('imap.secureserver.net', 993),
    smtp: tls('smtpout.secureserver.net', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Bluewin',
    domains: ['bluewin.ch', 'bluemail.ch'],
    imap: tls('imaps.bluewin.ch', 993),
    smtp: tls('smtpauths.bluewin.ch', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Orange',
    domains: ['orange.fr', 'wanadoo.fr'],
    imap: tls('imap.orange.fr', 993),
    smtp: tls('smtp.orange.fr', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Free',
    domains: ['free.fr'],
    imap: tls('imap.free.fr', 993),
    smtp: tls('smtp.free.fr', 465),
    imapUser: 'local',
    smtpUser: 'local',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'La Poste',
    domains: ['laposte.net'],
    imap: tls('imap.laposte.net', 993),
    smtp: tls('smtp.laposte.net', 465),
    imapUser: 'local',
    smtpUser: 'local',
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Libero',
    domains: ['libero.it', 'iol.it', 'blu.it', 'inwind.it', 'giallo.it'],
    imap: tls('imapmail.libero.it', 993),
    smtp: tls('smtp.libero.it', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Virgilio',
    domains: ['virgilio.it'],
    imap: tls('in.virgilio.it', 993),
    smtp: tls('out.virgilio.it', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Tiscali',
    domains: ['tiscali.it'],
    imap: tls('imap.tiscali.it', 993),
    smtp: tls('smtp.tiscali.it', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'TIM',
    domains: ['tim.it'],
    imap: starttls('imap.tim.it', 143),
    smtp: starttls('smtp.tim.it', 587),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Alice',
    domains: ['alice.it'],
    imap: starttls('in.alice.it', 143),
    smtp: starttls('out.alice.it', 587),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Fastweb',
    domains: ['fastwebnet.it'],
    imap: tls('imap.fastwebnet.it', 993),
    smtp: starttls('smtp.fastwebnet.it', 587),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'email.it',
    domains: ['email.it'],
    imap: tls('in.email.it', 993),
    smtp: tls('out.email.it', 465),
    sure: 'ispdb',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12)',
  },
  {
    name: 'Aruba hosting',
    domains: ['aruba.it'],
    mx: ['mx.aruba.it'],
    imap: tls('imaps.aruba.it', 993),
    smtp: tls('smtps.aruba.it', 465),
    sure: 'provider page',
    source: 'guide.hosting.aruba.it (smtps.aruba.it, pop3s.aruba.it seen); imaps.aruba.it from ux.md',
  },
  {
    name: 'Register.it (ordinary)',
    domains: [],
    imap: tls('imap.register.it', 993),
    smtp: tls('smtp.register.it', 465),
    sure: 'unverified',
    source: 'two preset lists in public repositories',
  },
  {
    name: 'PEC Aruba',
    domains: ['pec.it', 'arubapec.it', 'mypec.eu', 'gigapec.it', 'ingpec.eu'],
    imap: tls('imaps.pec.aruba.it', 993),
    smtp: tls('smtps.pec.aruba.it', 465),
    passwordEnds: true,
    sure: 'ispdb + provider page',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12); guide.pec.it; another project, real sends 2026-09-19',
  },
  {
    name: 'PEC Legalmail (InfoCert)',
    domains: ['legalmail.it', 'cert.legalmail.it'],
    imap: tls('mbox.cert.legalmail.it', 993),
    smtp: tls('sendm.cert.legalmail.it', 465),
    imapUser: 'code',
    smtpUser: 'code',
    sure: 'provider page',
    source: 'help.infocert.it, read 2026-09-26 by another project; pecmailer preset',
  },
  {
    name: 'PEC Namirial',
    domains: ['sicurezzapostale.it'],
    imap: tls('imaps.sicurezzapostale.it', 993),
    smtp: tls('smtps.sicurezzapostale.it', 465),
    sure: 'two projects agree',
    source: 'pecmailer, Postclient; three other lists name other hosts',
  },
  {
    name: 'PEC Poste (postecert.it)',
    domains: ['postecert.it'],
    imap: tls('mail.postecert.it', 993),
    smtp: tls('mail.postecert.it', 465),
    sure: 'ispdb + provider page',
    source: 'Thunderbird ISPDB c6ad796 (2026-03-12); postecert.poste.it/pec/configurazione.shtml',
  },
  {
    name: 'PEC Postel (postecertifica.it)',
    domains: ['postecertifica.it'],
    imap: tls('mail.postecertifica.it', 993),
    smtp: tls('mail.postecertifica.it', 465),
    sure: 'provider manual',
    source: 'PEC PosteCertifica, manuale operativo, read 2026-09-26 by another project',
  },
  {
    name: 'PEC Register.it',
    domains: ['pec-email.com'],
    imap: tls('imap.pec-email.com', 993),
    smtp: tls('smtp.pec-email.com', 465),
    sure: 'unverified',
    source: 'Postclient README; six other lists say imap.pec.register.it / smtp.pec.register.it',
  },
  {
    name: 'PEC Libero',
    domains: ['pec.libero.it'],
    imap: tls('mail.postacert.it.net', 993),
    smtp: tls('mail.postacert.it.net', 465),
    sure: 'unverified',
    source: 'Postclient README',
  },
  {
    name: 'PEC/REM Intesi',
    domains: ['ig-trustmail.com'],
    imap: tls('imap.ig-trustmail.com', 993),
    smtp: tls('smtp.ig-trustmail.com', 465),
    sure: 'unverified',
    source: 'Postclient README',
  },
];
