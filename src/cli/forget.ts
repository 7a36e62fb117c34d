/** `paletti clients forget`: erases a person on request. The name is typed, at the prompt or with --confirm. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { ForgetView } from '../desk/forget.ts';
import { AppError } from '../errors.ts';
import type { Remain } from '../store/forget.ts';
import { type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import type { Output } from './output.ts';
import { mayAsk, type Ways } from './ways.ts';
import { several } from './words.ts';

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
    .option('--why <text>', 'for the journal; name nobody', 'asked by the person')
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
  const { forgetClient, forgetWords, viewForget } = await import('../desk/forget.ts');
  const { dossierEnded, dossierParts } = await import('../desk/dossier.ts');
  const { desk, out, json, now, zone } = context;
  const view = desk.store.read((r) => viewForget(r, who, { now, zone }));
  const evenSo = options.evenSo === true;
  if (!view.isDone) sayWhatGoes(out, view, forgetWords(view.holdings));
  const typed = options.confirm ?? (view.isDone ? '' : await typedName(ways, view, options));
  const { client, holdings, remains, wasDone } = forgetClient(desk, String(view.client.id), {
    ...{ zone, typed, evenSo, why: options.why },
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
  out.say(
    wasDone
      ? `Client ${client.id} was forgotten before; the file is written anew once more.`
      : `Erased. Client ${client.id} is a number now, and the journal says so: paletti journal verify`,
  );
  sayRemains(out, remains);
  for (const path of halfMade)
    out.warn(`a dossier of the person was begun and never finished; delete the folder yourself: ${path}`);
  out.say(
    'Backups, dossiers, the log of your system and the mails on the server are not reached: delete them yourself.',
  );
}

function sayWhatGoes(
  out: Output,
  { client, reasons }: ForgetView,
  { goes, stays }: { goes: string; stays: string },
): void {
  out.say(`Of ${client.name} goes: ${goes}.`);
  out.say(`Stays: ${stays}.`);
  for (const reason of reasons) out.warn(reason);
}

async function typedName(ways: Ways, { client }: ForgetView, options: { input?: boolean }): Promise<string> {
  if (!mayAsk(ways, options))
    throw new AppError('usage', 'the name is not typed', {
      next: `It cannot be undone. If you mean it, add: --confirm "${client.name}"`,
    });
  const { Questions } = await import('./questions.ts');
  const questions = await Questions.begin(ways, 'Erase a client');
  const typed = await questions.text(`It cannot be undone. Type the name to erase it: ${client.name}`);
  questions.end('The name is typed.');
  return typed;
}

const mostShown = 20;

function sayRemains(out: Output, remains: readonly Remain[]): void {
  if (remains.length === 0) return;
  const shown = remains.slice(0, mostShown).map(({ table, id }) => `${table} ${id}`);
  const more = remains.length - shown.length;
  out.warn(
    `${several(remains.length, 'record')} of others still mention the person, and were left as they are: ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  );
}
