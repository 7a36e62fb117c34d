/**
 * One mailbox of a pass is read: not while its login is paused, and its fault is part of what comes of it. Decides neither
 * when nor what follows.
 */
import { AppError, isOfTheNetwork } from '../errors.ts';
import type { Mailbox } from '../ports.ts';
import { clockFace } from '../rules/contact-hours.ts';
import type { Place } from '../rules/message.ts';
import { type Instant, minuteMs, wallClock } from '../rules/time.ts';
import { judgingAtOnce } from './judge.ts';
import { loginPausedUntil, noteLoginAccepted, noteLoginRefused, wasLoginRefused } from './login-pause.ts';
import type { PassParts } from './pass.ts';
import type { Alive } from './reads.ts';
import { type ReceiveReport, receive } from './receive.ts';

/** What came of reading one. */
export interface MailboxRead extends ReceiveReport {
  mailbox: Mailbox;
  /** null: it was read to its end */
  fault: AppError | null;
  endedAt: Instant;
}

/** What a look into the mailbox found is trusted so long, when the laptop slept between the look and the pass. */
const freshMs = minuteMs;

/** Where there are several, the daemon waits for a server only while it speaks. @throws AppError 'store', 'internal' */
export async function readInPass(parts: PassParts, mailbox: Mailbox): Promise<MailboxRead> {
  if (parts.reads === undefined || parts.mailboxes.length === 1) return readMailbox(parts, mailbox, receive);
  const read = await parts.reads.of(mailbox, (alive) => readMailbox(parts, mailbox, receive, alive));
  if (read === null) return unread(parts, mailbox, stillSilent(mailbox));
  return parts.clock.now() - read.endedAt > freshMs ? readInPass(parts, mailbox) : read;
}

/** @throws AppError 'store', 'internal' */
export async function readMailbox(
  parts: PassParts,
  mailbox: Mailbox,
  how: typeof receive,
  alive?: Alive,
): Promise<MailboxRead> {
  const { store, clock } = parts;
  const pausedUntil = store.read((r) => loginPausedUntil(r, mailbox.name, clock.now()));
  if (pausedUntil !== undefined) return unread(parts, mailbox, leftAlone(parts, mailbox, pausedUntil));
  const progress = (folder: Place, done: number, total: number) => {
    alive?.();
    parts.progress?.(mailbox.name, folder, done, total);
  };
  try {
    const read = await how({ ...parts, mailbox, progress, judgeAtOnce: judgingAtOnce(parts) });
    if (store.read((r) => wasLoginRefused(r, mailbox.name)))
      store.write(clock.now(), (w) => noteLoginAccepted(w, mailbox.name));
    return { ...read, mailbox, fault: null, endedAt: clock.now() };
  } catch (error) {
    if (!isOfTheNetwork(error)) throw error;
    if (error.code === 'login-refused') store.write(clock.now(), (w) => noteLoginRefused(w, mailbox.name, error));
    return unread(parts, mailbox, named(error, mailbox.name));
  }
}

function unread({ clock }: PassParts, mailbox: Mailbox, fault: AppError): MailboxRead {
  return { mailbox, recorded: 0, quarantined: 0, judged: 0, fault, endedAt: clock.now() };
}

function stillSilent({ name }: Mailbox): AppError {
  return new AppError('unreachable', `${name} was not read: its server has not answered yet`, {
    next: 'It is waited for; meanwhile nothing leaves through this mailbox.',
  });
}

/** Which mailbox it was: of several the server alone does not tell. */
function named(error: AppError, mailbox: string): AppError {
  const { code, message, where, next, passing } = error;
  const detail = { where: where === undefined ? mailbox : `${mailbox}, ${where}`, passing, cause: error };
  return new AppError(code, message, next === undefined ? detail : { ...detail, next });
}

/** Said in each pass: whoever has mended the password in the meantime must not take silence for success. */
function leftAlone({ settings }: PassParts, { name }: Mailbox, until: Instant): AppError {
  const time = clockFace(wallClock(until, settings.owner.timeZone).minute);
  return new AppError(
    'login-refused',
    `${name} was not read: the server refused the login, and is left alone until ${time}`,
    {
      next: 'Mend user and password, then run "paletti doctor": once it logs in, the wait is over.',
    },
  );
}
