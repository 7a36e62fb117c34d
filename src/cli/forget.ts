/** `paletti clients forget`: erases a person on request. The name is typed, at the prompt or with --confirm. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { ForgetView } from '../desk/forget.ts';
import { AppError } from '../errors.ts';
import type { Remain } from '../store/forget.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import type { Told } from './import-questions.ts';
import type { Voice } from './voice.ts';
import { mayAsk } from './terminal.ts';
import type { Ways } from './ways.ts';

interface ForgetOptions {
  confirm?: string;
  evenSo?: boolean;
  why: string;
}

export function addForget(clients: Command, ways: Ways): void {
  reading(clients.command('forget'))
    .description(
      'Erase a client on request: messages, letters, log, terms, marks, requests and exits. Invoices stay as figures without a name. The journal keeps its chain and says that it was done. It cannot be undone.',
    )
    .argument('<client>', 'number, name or address')
    .option('--confirm <name>', "the client's name as the register has it, instead of typing it at the prompt")
    .option('--why <text>', 'for the journal instead of "asked by the person"; name nobody', '')
    .option('--even-so', 'although a letter waits to leave, an exit is running or money is owed')
    .addHelpText('after', others)
    .action((who: string, _options, command: Command) =>
      withDesk(ways, command, (context) => forget(ways, context, { who, options: optionsOf(command) })),
    );
}

const others = `
What Paletti does not reach: its backups, dossiers you have made, the log of your system, the mails on the server and
in your mail program. They are yours to delete.`;

async function forget(
  ways: Ways,
  context: DeskContext,
  { who, options }: { who: string; options: ForgetOptions & { input?: boolean } },
): Promise<void> {
  const { forgetClient, viewForget } = await import('../desk/forget.ts');
  const { dossierEnded, dossierParts } = await import('../desk/dossier.ts');
  const { desk, out, json, now, zone, voice } = context;
  const { forget: words } = voice.t.clients;
  const view = desk.store.read((r) => viewForget(r, who, { now, zone }));
  const evenSo = options.evenSo === true;
  if (!view.isDone) sayWhatGoes(context, view);
  const typed = options.confirm ?? (view.isDone ? '' : await typedName(ways, view, options, voice));
  const { client, holdings, remains, wasDone } = forgetClient(desk, String(view.client.id), {
    zone,
    typed,
    evenSo,
    why: options.why,
  });
  const parts = desk.store.read((r) => dossierParts(r)).filter((part) => part.clientId === client.id);
  const halfMade = parts.map((part) => part.path).filter((path) => existsSync(path));
  for (const { path } of parts) dossierEnded(desk, path);
  if (json)
    return out.json({
      client: client.id,
      erased: wasDone ? null : holdings,
      wasErasedBefore: wasDone,
      remains,
      halfMade,
    });
  out.say(wasDone ? words.doneBefore(client.id) : words.done(client.id));
  sayRemains(context, remains);
  for (const path of halfMade) out.warn(words.halfMade(path));
  out.say(words.notReached);
}

function sayWhatGoes({ out, voice }: Told, { client, reasons, holdings }: ForgetView): void {
  const { forget: words } = voice.t.clients;
  out.say(words.goes(client.name, holdings));
  out.say(words.stays(holdings.invoices));
  for (const reason of reasons) out.warn(voice.why(reason));
}

async function typedName(
  ways: Ways,
  { client }: ForgetView,
  options: { input?: boolean },
  { t }: Voice,
): Promise<string> {
  const { forget: words } = t.clients;
  if (!mayAsk(ways, options)) throw new AppError('usage', { code: 'name-not-typed', name: client.name });
  const { Questions } = await import('./questions.ts');
  const questions = await Questions.begin(ways, words.title);
  const typed = await questions.text(words.type(client.name));
  questions.end(words.typed);
  return typed;
}

const mostShown = 20;

function sayRemains({ out, voice }: Told, remains: readonly Remain[]): void {
  if (remains.length === 0) return;
  const shown = remains.slice(0, mostShown).map(({ table, id }) => `${table} ${id}`);
  const more = remains.length - shown.length;
  out.warn(voice.t.clients.forget.remains(remains.length, shown.join(', '), more));
}
