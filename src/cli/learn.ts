/**
 * `paletti clients learn`: clients proposed from the mailbox, nothing typed. At a terminal the owner ticks; without one it
 * prints what it would propose, and changes nothing unless it is told.
 */
import type { Command } from 'commander';
import { proposedClients, takeClients } from '../desk/learn-clients.ts';
import { parseWhole } from '../desk/values.ts';
import { AppError } from '../errors.ts';
import { clockFace } from '../rules/contact-hours.ts';
import type { Proposal } from '../rules/correspondents.ts';
import { collect, type DeskContext, optionsOf, reading, withDesk } from './command.ts';
import { Questions } from './questions.ts';
import { mayAsk } from './terminal.ts';
import type { Voice } from './voice.ts';
import type { Ways } from './ways.ts';

interface LearnOptions {
  yes?: boolean;
  only?: string[];
  days: string;
  json?: boolean;
  input?: boolean;
}

export function addLearn(clients: Command, ways: Ways): void {
  reading(clients.command('learn'))
    .description(
      'Propose clients from the mailbox: who writes with you both ways, in which language, with Lei or tu, and when. You tick; without a terminal nothing changes unless --yes or --only says so.',
    )
    .option('--yes', 'add those that are ticked')
    .option('--only <whom>', 'add this one, by name, domain or address as shown; may be repeated', collect)
    .option('--days <days>', 'how far back', '90')
    .action((_options, command: Command) =>
      withDesk(ways, command, async (context) => {
        await learnClients(ways, context, optionsOf<LearnOptions>(command));
      }),
    );
}

/** @returns how many clients were added */
export async function learnClients(ways: Ways, context: DeskContext, options: LearnOptions): Promise<number> {
  const { desk, out, json, now, voice } = context;
  const { learn: words } = voice.t;
  const days = parseWhole(options.days, 'number of days', { min: 1, max: 3650 });
  const { owner } = desk.config;
  const found = desk.store.read((r) => proposedClients(r, owner, { now, days }));
  const { proposals } = found;
  if (!json && proposals.length === 0) out.say(words.none(days));
  const isTold = options.yes === true || options.only !== undefined;
  const asks = !isTold && !json && proposals.length > 0 && mayAsk(ways, options);
  const choice = asks ? await asked(ways, proposals, voice) : told(proposals, options);
  const clients = isTold || asks ? takeClients(desk, owner, choice) : [];
  if (json) {
    const shown = proposals.map(({ doubt, ...proposal }) => ({
      ...proposal,
      ticked: doubt === null,
      doubt: doubt === null ? null : { ...doubt, text: words.doubt(doubt) },
    }));
    out.json({ ...found, proposals: shown, added: clients });
    return clients.length;
  }
  if (!asks) show(context, proposals);
  if (!asks) out.say(words.left(found.oneWay, found.known));
  if (isTold || asks) out.say(words.taken(clients.map(({ name, id }) => `${name} (${id})`)));
  else if (proposals.length > 0)
    out.say(`${words.unchanged}\n${words.toTake(proposals.slice(0, 2).map(({ key }) => key))}`);
  if (clients.length > 0) out.say(words.change);
  return clients.length;
}

interface Choice {
  chosen: Proposal[];
  declined: Proposal[];
}

/** @throws AppError 'not-found' for one that is not proposed */
function told(proposals: readonly Proposal[], { only }: LearnOptions): Choice {
  if (only === undefined) return { chosen: proposals.filter(({ doubt }) => doubt === null), declined: [] };
  const wanted = only.map((text) => ({ text, key: text.trim().toLowerCase() }));
  const isOf = ({ key, name, addresses }: Proposal, text: string) =>
    key === text || addresses.includes(text) || name.toLowerCase() === text;
  for (const { text, key } of wanted) {
    if (proposals.some((proposal) => isOf(proposal, key))) continue;
    const known = proposals.slice(0, 5).map((proposal) => proposal.key);
    throw new AppError('not-found', { code: 'not-proposed', key: text, known: known.join(', ') || '-' });
  }
  return { chosen: proposals.filter((proposal) => wanted.some(({ key }) => isOf(proposal, key))), declined: [] };
}

async function asked(ways: Ways, proposals: readonly Proposal[], voice: Voice): Promise<Choice> {
  const { learn: words } = voice.t;
  const questions = await Questions.begin(ways, words.title);
  const ticked = await questions.tick(
    words.ask,
    proposals.map((proposal) => ({
      value: proposal.key,
      label: lineOf(proposal, voice),
      ticked: proposal.doubt === null,
      hint: noteOf(proposal, voice),
    })),
  );
  const chosen = proposals.filter(({ key }) => ticked.includes(key));
  questions.end(words.taken(chosen.map(({ name }) => name)));
  return { chosen, declined: proposals.filter(({ key, doubt }) => doubt === null && !ticked.includes(key)) };
}

function show({ out, voice }: DeskContext, proposals: readonly Proposal[]): void {
  if (proposals.length === 0) return;
  const { columns } = voice.t.learn;
  out.table(
    [
      { title: '' },
      { title: columns.client, flexible: true },
      { title: columns.at, flexible: true },
      { title: columns.mail },
      { title: columns.manner },
      { title: columns.when },
      { title: columns.note, flexible: true },
    ],
    proposals.map((proposal) => [
      proposal.doubt === null ? '[x]' : '[ ]',
      whoOf(proposal),
      proposal.key,
      voice.t.learn.mail(proposal.received, proposal.sent),
      mannerOf(proposal, voice),
      timesOf(proposal, voice),
      noteOf(proposal, voice),
    ]),
  );
}

function lineOf(proposal: Proposal, voice: Voice): string {
  const { learn: words } = voice.t;
  const { key, received, sent } = proposal;
  const parts = [key, words.mail(received, sent), mannerOf(proposal, voice), timesOf(proposal, voice)];
  return `${whoOf(proposal)}: ${parts.filter((part) => part !== '').join('; ')}`;
}

function whoOf({ name, contactName }: Proposal): string {
  return contactName === null ? name : `${name} (${contactName})`;
}

function mannerOf({ language, tone }: Proposal, { t: { learn: words } }: Voice): string {
  const tones = language?.value === 'en' ? words.tonesInEnglish : words.tones;
  const spoken = language === null ? words.notShown : words.languages[language.value];
  return `${spoken}, ${tone === null ? words.notShown : tones[tone.value]}`;
}

function timesOf({ writes, outOfHours }: Proposal, { t: { learn: words } }: Voice): string {
  const times = writes === null ? '' : words.when(clockFace(writes.from), clockFace(writes.to));
  return [times, outOfHours === 0 ? '' : words.outOfHours(outOfHours)].filter((part) => part !== '').join(', ');
}

/** Why it is not ticked; else the words that show how she writes. */
function noteOf({ doubt, tone, language }: Proposal, { t: { learn: words } }: Voice): string {
  if (doubt !== null) return words.doubt(doubt);
  const sentence = tone?.sentence ?? language?.sentence;
  return sentence === undefined ? '' : words.quoted(sentence);
}
