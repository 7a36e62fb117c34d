/**
 * A sound shape -> Config: defaults that follow from other values, times parsed, paths absolute; and what only shows
 * when values are seen together. Opens nothing, and looks up no country: see `checkPlace` in rules/holidays.ts.
 */
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type OAuthSettings, providerNames } from '../auth/providers.ts';
import type { LoginSource, SecretSource } from '../auth/secret.ts';
import { type ContactHours, parseBlock, parseWeek, type WeeklyHours } from '../rules/contact-hours.ts';
import type { LadderStep } from '../rules/dunning.ts';
import { approvalOf, effectOf } from '../rules/ladder-step.ts';
import type { ReferenceRate } from '../rules/interest.ts';
import type { MoreRates } from '../rules/late-law.ts';
import type { RateSeries } from '../rules/reference-rates.ts';
import { holidayCalendar, type HolidayYears } from '../rules/holidays.ts';
import { ladders } from '../rules/ladders.ts';
import type { Settings } from '../rules/settings.ts';
import { type LocalDay, localDay, type Weekday, weekdays } from '../rules/time.ts';
import { type ConfigFault, waysToKeepPassword } from './faults.ts';
import type { JsonPath } from './json-text.ts';
import type { ConfigInput } from './schema.ts';

/** As written in the file. false is clear text, on loopback only. */
type Security = boolean | 'starttls';

export interface ServerConfig {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS is required, except on loopback */
  secure: boolean;
  /** STARTTLS is required on loopback as well: "starttls" was written */
  starttls: boolean;
  user: string;
  login: LoginSource;
  /** absolute path of a PEM file, or null for the system's authorities */
  ca: string | null;
}

export interface MailboxConfig {
  name: string;
  imap: ServerConfig;
  smtp: ServerConfig;
  /** 'auto', or the paths of the folders of sent mail: the first is where letters are filed */
  sent: string[];
  /** further folders that clients' mail is filed in, by path or pattern */
  also: string[];
  /** the last day of a password that ends */
  passwordUntil: LocalDay | null;
  /** the folder in which the owner's own mails wait for hours */
  sendInHours?: string;
  /** the address letters come from */
  from: string;
}

export interface Config extends Settings {
  /** absolute path of the file it was read from */
  path: string;
  mailboxes: MailboxConfig[];
  interest: { rates: MoreRates };
  watch: {
    /** absolute paths; the account that its bank files are about, where they do not say it themselves */
    folders: readonly { path: string; account: string | null }[];
    /** attachments are proposed */
    mail: boolean;
  };
  page: { port: number };
  notifications: { desktop: boolean };
  /** absolute */
  dataDir: string;
  /** absolute; null: only the templates of the program */
  templatesDir: string | null;
}

/**
 * @param path absolute path of the file: relative paths in it start from its folder
 * @param holidays years of public holidays that are known already
 * @returns the faults too: with one, the config is not to be used
 */
export function buildConfig(
  input: ConfigInput,
  path: string,
  holidays: HolidayYears = {},
): { config: Config; faults: readonly ConfigFault[] } {
  const faults: ConfigFault[] = [];
  const config = new Builder({ ...input, holidays }, resolve(path), faults).build();
  return { config, faults };
}

/** The folder of the database, known before all else is. */
export function dataDirOf(input: { dataDir: string }, path: string): string {
  return absolute(input.dataDir, path);
}

/** A path as written in the file at `from`; ~ is the home of whoever runs the program. */
function absolute(path: string, from: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  return isAbsolute(path) ? path : resolve(dirname(from), path);
}

type SmtpInput = ConfigInput['mailboxes'][number]['smtp'];
type Login = Pick<ServerConfig, 'user' | 'login'>;
type MailboxInput = ConfigInput['mailboxes'][number];

/** Without blanks, in capitals, as IBANs are compared. */
function accountNumber(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}

/** Turns a sound shape into a Config, and notes what only shows when values are seen together. */
class Builder {
  readonly #input: ConfigInput & { holidays: HolidayYears };
  readonly #path: string;
  readonly #faults: ConfigFault[];

  constructor(input: ConfigInput & { holidays: HolidayYears }, path: string, faults: ConfigFault[]) {
    this.#input = input;
    this.#path = path;
    this.#faults = faults;
  }

  build(): Config {
    const {
      acknowledgement,
      responseWindow,
      requests,
      welcome,
      referrals,
      exit,
      sending,
      signs,
      firstStartDays,
      channels,
      jobs,
    } = this.#input;
    if (acknowledgement.holdMinutes > responseWindow.hours * 60) {
      this.#fault(['acknowledgement', 'holdMinutes'], 'must not be longer than responseWindow.hours');
    }
    const owner = this.#owner();
    const hours = this.#contactHours();
    return {
      path: this.#path,
      owner,
      hours,
      phoneHours: { ...hours, week: this.#phoneWeek(hours.week) },
      channels,
      responseWindow,
      acknowledgement: this.#acknowledgement(),
      dunning: this.#dunning(),
      requests,
      welcome,
      referrals: referrals.map(({ name, does = '', contact = '' }) => ({ name, does, contact })),
      exit,
      sending,
      signs,
      firstStartDays,
      mailboxes: this.#mailboxes(owner.addresses),
      jobs,
      interest: { rates: this.#rates() },
      watch: this.#watch(),
      page: this.#input.page,
      notifications: this.#input.notifications,
      dataDir: this.#file(this.#input.dataDir),
      templatesDir: this.#fileOrNull(this.#input.templatesDir),
    };
  }

  #rates(): MoreRates {
    const rates: Partial<Record<RateSeries, ReferenceRate[]>> = {};
    for (const { series, from, percent, source } of this.#input.interest.rates)
      (rates[series] ??= []).push({ from: localDay(from), basisPoints: Math.round(percent * 100), source });
    return rates;
  }

  #watch(): Config['watch'] {
    const { folders, mail } = this.#input.watch;
    return {
      folders: folders.map((folder) => {
        const { path, account } = typeof folder === 'string' ? { path: folder, account: null } : folder;
        return { path: this.#file(path), account: account === null ? null : accountNumber(account) };
      }),
      mail,
    };
  }

  #acknowledgement(): Config['acknowledgement'] {
    const { enabled, holdMinutes, to, duringClosures, authServers, ...answered } = this.#input.acknowledgement;
    const servers = authServers.map((name) => name.toLowerCase());
    return { enabled, holdMinutes, to, duringClosures, policies: { ...answered, authServers: servers } };
  }

  #owner(): Config['owner'] {
    const { owner } = this.#input;
    return {
      name: owner.name,
      business: owner.business ?? '',
      addresses: [...new Set(owner.addresses.map((address) => address.toLowerCase()))],
      colleagues: owner.colleagues.map((address) => address.toLowerCase()),
      language: owner.language,
      timeZone: owner.timeZone,
      signature: owner.signature ?? owner.name,
      iban: owner.iban ?? '',
      accountHolder: owner.accountHolder ?? '',
      bic: owner.bic ?? '',
      accounts: [...new Set([owner.iban ?? '', ...owner.accounts].map(accountNumber).filter((text) => text !== ''))],
      vat: owner.vat ?? '',
      taxCode: owner.taxCode ?? '',
    };
  }

  #contactHours(): ContactHours {
    const { contactHours, owner } = this.#input;
    const week = this.#week(contactHours, ['contactHours']);
    if (weekdays.every((day) => contactHours[day].length === 0)) {
      this.#fault(['contactHours'], 'needs at least one block, as in "mon": ["09:00-13:00", "14:00-18:00"]');
    }
    const closures = contactHours.closures.map(({ from, to, note }, index) => {
      if (to < from) this.#fault(['contactHours', 'closures', index, 'to'], 'must not be before "from"');
      return { from: localDay(from), to: localDay(to), note };
    });
    return { timeZone: owner.timeZone, week, holiday: this.#holidays(), closures };
  }

  #holidays(): ContactHours['holiday'] {
    const { contactHours, owner } = this.#input;
    try {
      return holidayCalendar({ ...contactHours.holidays, language: owner.language, known: this.#input.holidays });
    } catch (cause) {
      this.#fault(['contactHours', 'holidays'], `cannot be used: ${(cause as Error).message}`);
      return () => undefined;
    }
  }

  #phoneWeek(contactWeek: WeeklyHours): WeeklyHours {
    const { phoneHours } = this.#input;
    return phoneHours === undefined ? contactWeek : this.#week(phoneHours, ['phoneHours']);
  }

  #week(days: Record<Weekday, string[]>, path: JsonPath): WeeklyHours {
    const faultsBefore = this.#faults.length;
    const blocksOf = (day: Weekday) =>
      days[day].flatMap((text, index) => {
        try {
          return [parseBlock(text)];
        } catch (cause) {
          this.#fault([...path, day, index], `must be a block of hours: ${(cause as Error).message}`);
          return [];
        }
      });
    const week = Object.fromEntries(weekdays.map((day) => [day, blocksOf(day)])) as unknown as WeeklyHours;
    if (this.#faults.length === faultsBefore) this.#overlaps(days, path);
    return week;
  }

  /** Looks at the whole week, since an overnight block may meet the next day's first. */
  #overlaps(days: Record<Weekday, string[]>, path: JsonPath): void {
    try {
      parseWeek(Object.fromEntries(weekdays.map((day) => [day, days[day]])));
    } catch (cause) {
      this.#fault(path, `has blocks that meet in time: ${(cause as Error).message}`);
    }
  }

  #dunning(): Config['dunning'] {
    const { steps, ladder, leastAmount, ...rest } = this.#input.dunning;
    const least = typeof leastAmount === 'number' ? { default: leastAmount, by: {} } : { default: 1, by: leastAmount };
    const own = steps.map((step, index) => this.#step(step, index));
    const isOwn = JSON.stringify(own) !== JSON.stringify(ladders.three);
    if (ladder !== null && isOwn)
      this.#fault(['dunning', 'ladder'], 'stands beside steps of your own', 'Keep one of the two.');
    return { ...rest, leastAmount: least, steps: ladder === null ? own : [...ladders[ladder]] };
  }

  #step(step: ConfigInput['dunning']['steps'][number], index: number): LadderStep {
    const { steps } = this.#input.dunning;
    const path: JsonPath = ['dunning', 'steps', index];
    const name = step.name ?? step.letter;
    const before = steps[index - 1];
    if (steps.slice(0, index).some((other) => (other.name ?? other.letter) === name)) {
      this.#fault(path, `has the name "${name}" of an earlier step`, 'Give it a "name" of its own.');
    }
    if (before !== undefined && step.afterDays < before.afterDays) {
      this.#fault([...path, 'afterDays'], 'must not be earlier than the step before it');
    }
    const effect = effectOf(step);
    if (effect === 'terminate' && index < steps.length - 1) {
      this.#fault(path, 'ends the collaboration and so must be the last step');
    }
    const next = steps[index + 1];
    if (step.letter === 'pause-notice' && (next === undefined || effectOf(next) !== 'pause')) {
      this.#fault(path, 'announces a pause, and the step behind it pauses nothing');
    }
    const { letter, afterDays, afterPreviousDays } = step;
    return { name, letter, afterDays, afterPreviousDays, approval: approvalOf(step), effect };
  }

  #mailboxes(own: readonly string[]): MailboxConfig[] {
    return this.#input.mailboxes.map((mailbox, index) => {
      const path: JsonPath = ['mailboxes', index];
      if (this.#input.mailboxes.slice(0, index).some((other) => other.name === mailbox.name)) {
        this.#fault([...path, 'name'], 'is the name of an earlier mailbox');
      }
      const from = mailbox.from?.toLowerCase() ?? (own[0] as string);
      if (!own.includes(from)) {
        this.#fault([...path, 'from'], 'must be one of owner.addresses', 'Add the address to owner.addresses.');
      }
      const login = { user: mailbox.imap.user, login: this.#login(mailbox, path) };
      const imap = this.#server(mailbox.imap, login, 'imap', [...path, 'imap']);
      const smtp = this.#server(mailbox.smtp, this.#smtpLogin(mailbox.smtp, login, path), 'smtp', [...path, 'smtp']);
      const { name, sent, also, sendInHours } = mailbox;
      const held = sendInHours === undefined ? {} : { sendInHours };
      const passwordUntil = mailbox.passwordUntil === null ? null : localDay(mailbox.passwordUntil);
      return { name, imap, smtp, sent: typeof sent === 'string' ? [sent] : sent, also, ...held, passwordUntil, from };
    });
  }

  /** What is not said of SMTP is as it is for IMAP. */
  #smtpLogin(smtp: SmtpInput, imap: Login, path: JsonPath): Login {
    const { user = imap.user, password } = smtp;
    if (password === undefined) return { user, login: imap.login };
    return { user, login: { password: this.#secret(password, [...path, 'smtp', 'password']) } };
  }

  /** Exactly one way: nobody has to guess which of two was meant. */
  #login({ imap, oauth, tokenCommand }: MailboxInput, path: JsonPath): LoginSource {
    const named = { 'imap.password': imap.password, oauth, tokenCommand };
    const ways = Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`"${name}"`]));
    if (ways.length > 1)
      this.#fault(path, `has more than one way to log in: ${ways.join(' and ')}`, 'Leave one of them.');
    if (oauth !== undefined) return { oauth: this.#oauth(oauth, [...path, 'oauth']) };
    if (tokenCommand !== undefined) return { tokenCommand };
    const place = [...path, 'imap', 'password'];
    if (imap.password !== undefined) return { password: this.#secret(imap.password, place) };
    this.#fault(
      place,
      'is missing',
      `${waysToKeepPassword} Or sign in in place of a password: "oauth" of the mailbox.`,
    );
    return { password: { env: '' } };
  }

  #oauth(input: NonNullable<MailboxInput['oauth']>, path: JsonPath): OAuthSettings {
    const { provider = null, issuer = null, clientId, clientSecret, tenant, scopes } = input;
    if ((provider === null) === (issuer === null))
      this.#fault(path, 'must name either "provider" or "issuer"', `"provider" is one of ${providerNames.join(', ')}.`);
    else if (issuer !== null && scopes.length === 0)
      this.#fault(
        [...path, 'scopes'],
        'is missing',
        'Name what the issuer calls reading and sending mail, and offline_access.',
      );
    if (tenant !== 'common' && provider !== 'microsoft')
      this.#fault([...path, 'tenant'], 'is of Microsoft alone', 'Leave it out.');
    const secret = clientSecret === undefined ? null : this.#secret(clientSecret, [...path, 'clientSecret']);
    return { provider, issuer, clientId, clientSecret: secret, tenant, scopes };
  }

  #server(
    server: Pick<SmtpInput, 'host' | 'port' | 'secure' | 'ca'>,
    login: Login,
    protocol: 'imap' | 'smtp',
    path: JsonPath,
  ): ServerConfig {
    const { host, secure } = server;
    const port = server.port ?? usualPorts[protocol][secure === true ? 'tls' : 'clear'];
    if (!isLoopback(host)) this.#security({ secure, port, protocol, path });
    return {
      host,
      port,
      secure: secure === true,
      starttls: secure === 'starttls',
      ...login,
      ca: this.#fileOrNull(server.ca),
    };
  }

  #security({
    secure,
    port,
    protocol,
    path,
  }: {
    secure: Security;
    port: number;
    protocol: 'imap' | 'smtp';
    path: JsonPath;
  }): void {
    if (secure === false) {
      this.#fault(
        [...path, 'secure'],
        'must not be false: passwords and mail would travel in clear',
        'Write true (TLS from the first byte) or "starttls". Clear text is for a server on this machine only.',
      );
    } else if (secure === true && port === usualPorts[protocol].clear) {
      this.#fault(
        [...path, 'secure'],
        `does not fit port ${port}, which begins in clear`,
        'Write "secure": "starttls".',
      );
    } else if (secure === 'starttls' && port === usualPorts[protocol].tls) {
      this.#fault(
        [...path, 'secure'],
        `does not fit port ${port}, which is TLS from the first byte`,
        'Write "secure": true.',
      );
    }
  }

  #secret(source: NonNullable<SmtpInput['password']>, path: JsonPath): SecretSource {
    const ways = Object.values(source).filter((way) => way !== undefined);
    if (ways.length !== 1) {
      this.#fault(path, 'must name exactly one of "env", "command", "file", "keyring"');
    }
    if (source.file !== undefined) return { file: this.#file(source.file) };
    return source as SecretSource;
  }

  #file(path: string): string {
    return absolute(path, this.#path);
  }

  #fileOrNull(path: string | null): string | null {
    return path === null ? null : this.#file(path);
  }

  #fault(path: JsonPath, message: string, next?: string): void {
    this.#faults.push({ path, message, ...(next === undefined ? {} : { next }) });
  }
}

const usualPorts = { imap: { tls: 993, clear: 143 }, smtp: { tls: 465, clear: 587 } };

/** Names and addresses that never leave the machine (RFC 5735, RFC 4291). */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}
