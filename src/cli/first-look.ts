/**
 * From a configuration that has just been written to watching: signs in, reads the mailbox once, proposes hours and clients from
 * it, and looks everything over. Each step can be left for later; nothing is sent.
 */
import type { Command } from 'commander';
import { placeOf } from '../auth/providers.ts';
import { AppError } from '../errors.ts';
import type { InitWords } from '../words/parts/init.ts';
import { wordsOf } from '../words/voice.ts';
import { signInMailbox } from './auth.ts';
import { type DeskContext, outputOf } from './command.ts';
import { lookOver } from './doctor.ts';
import { learnHours } from './hours.ts';
import { inWords } from './init-mailbox.ts';
import { languageOf } from './language.ts';
import { learnClients } from './learn.ts';
import type { Output } from './output.ts';
import { Questions } from './questions.ts';
import { voiceIn } from './voice.ts';
import type { Config, Progress, Ways } from './ways.ts';

interface Parts {
  ways: Ways;
  out: Output;
  config: Config;
  words: InitWords['after'];
}

/**
 * What is broken off is left for later: the configuration stands.
 * @param about.mayRead false: a server has just said no, and would say it again
 */
export async function firstLook(
  ways: Ways,
  command: Command,
  { path, mayRead }: { path: string; mayRead: boolean },
): Promise<void> {
  const words = wordsOf(languageOf(ways)).init.after;
  const out = outputOf(ways, command);
  const parts = { ways, out, words, config: await ways.readConfig(path) };
  try {
    const questions = await Questions.begin(ways, words.title);
    const isReady = mayRead && (await signedIn(questions, parts)) && hasPasswords(parts);
    const reads =
      isReady && (await questions.choose(words.read(parts.config.firstStartDays), nowOrLater(words))) === 'now';
    questions.end(reads ? words.reading : words.later);
    if (reads && (await readOnce(parts))) await propose(parts);
    out.heading(`\n${words.lookOver}`);
    await lookOver(ways, out, { config: path, offline: mayRead && !isReady });
  } catch (fault) {
    if (!(fault instanceof AppError) || fault.fault?.code !== 'nothing-written') throw fault;
    out.say(words.brokenOff);
  }
}

const nowOrLater = ({ now, later }: InitWords['after']) => [
  { value: 'now', label: now },
  { value: 'later', label: later },
];

/** @returns whether every mailbox that signs in has done so */
async function signedIn(questions: Questions, { ways, out, config, words }: Parts): Promise<boolean> {
  let isDone = true;
  for (const mailbox of config.mailboxes) {
    const { login } = mailbox.imap;
    if (!('oauth' in login)) continue;
    const { title } = placeOf(login.oauth);
    isDone &&= (await questions.choose(words.signIn(title, mailbox.imap.user), nowOrLater(words))) === 'now';
    if (!isDone) return false;
    const options = { open: true, check: false };
    const fault = await refusalOf(() => signInMailbox(ways, out, { config, mailbox, oauth: login.oauth, options }));
    if (fault === null) continue;
    questions.tell(inWords(ways, fault));
    return false;
  }
  return isDone;
}

/** A variable of the environment may be set later. */
function hasPasswords({ ways, config }: Parts): boolean {
  return config.mailboxes.every(({ imap: { login } }) => {
    const source = 'password' in login ? login.password : null;
    return source === null || !('env' in source) || (ways.env[source.env] ?? '') !== '';
  });
}

async function refusalOf(act: () => Promise<unknown>): Promise<AppError | null> {
  try {
    await act();
    return null;
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
}

/** Reads and judges; nothing is written to anybody and nothing sent. @returns whether it was read */
async function readOnce({ ways, out, config, words }: Parts): Promise<boolean> {
  const log = await ways.makeLog(config, 'error');
  const told = new Map<string, number>();
  const progress = ({ mailbox, folder, done, total }: Progress) => {
    const tenth = Math.floor((done / total) * 10);
    if (total < 200 || told.get(`${mailbox}/${folder}`) === tenth) return;
    told.set(`${mailbox}/${folder}`, tenth);
    out.say(words.progress(mailbox, done, total));
  };
  const faults: AppError[] = [];
  const fault = await refusalOf(async () => {
    const app = await ways.openApp(config, log, progress);
    try {
      const report = await app.pass(['receive', 'judge'], ways.signal);
      if (report.recorded > 0 || report.faults.length === 0) out.say(words.didRead(report.recorded));
      faults.push(...report.faults);
    } finally {
      await app.shut();
    }
  });
  for (const one of fault === null ? faults : [fault]) out.warn(inWords(ways, one));
  // of several mailboxes those that were read are enough to propose from
  return fault === null && faults.length < config.mailboxes.length && !ways.signal.aborted;
}

/** Without a single mail there is nothing to propose from. */
async function propose({ ways, out, config, words }: Parts): Promise<void> {
  const desk = await ways.openDesk(config);
  try {
    const here = { now: ways.clock.now(), zone: config.owner.timeZone };
    const context: DeskContext = { desk, out, json: false, ...here, voice: voiceIn(languageOf(ways), here) };
    const days = String(config.firstStartDays);
    const fault = await refusalOf(async () => {
      await learnHours(ways, context, { days });
      await learnClients(ways, context, { days });
    });
    if (fault?.fault?.code === 'no-mail-read') return out.say(words.noMail);
    if (fault !== null) throw fault;
  } finally {
    desk.close();
  }
}
