/**
 * Puts the commands together. A command's file is loaded only when it is named, so that `paletti status` does not pay
 * for the wizard. Runs nothing by itself.
 */
import { exitCodes } from '../errors.ts';
import { acting } from './command.ts';
import { Command, Option } from './commander.ts';
import { asTyped } from './output.ts';
import { cleanJson, clean } from './table.ts';
import type { Terminal } from './terminal.ts';

interface Entry {
  name: string;
  summary: string;
  load(): Promise<{ addTo(program: Command, ways: Terminal): void }>;
}

const entries: readonly Entry[] = [
  { name: 'init', summary: 'make a configuration, by asking a few questions', load: () => import('./init.ts') },
  { name: 'doctor', summary: 'check everything, and say how to mend what is wrong', load: () => import('./doctor.ts') },
  {
    name: 'run',
    summary: 'watch the mailboxes and do what is due; with --once, one pass',
    load: () => import('./run.ts'),
  },
  { name: 'demo', summary: 'try it on a sample studio; no mailbox needed', load: () => import('./demo.ts') },
  {
    name: 'status',
    summary: 'what is going on, what waits for you, what leaves next',
    load: () => import('./status.ts'),
  },
  { name: 'page', summary: 'the page in the browser, on this machine', load: () => import('./page.ts') },
  { name: 'inbox', summary: 'messages as recorded and judged', load: () => import('./inbox.ts') },
  {
    name: 'decide',
    summary: 'judge one mail file; needs no network and changes nothing',
    load: () => import('./decide.ts'),
  },
  { name: 'clients', summary: 'the register of clients', load: () => import('./clients.ts') },
  { name: 'invoices', summary: 'invoices, payments, disputes, promises', load: () => import('./invoices.ts') },
  {
    name: 'payments',
    summary: 'files of your bank, what their lines pay, and what is asked of you',
    load: () => import('./payments.ts'),
  },
  { name: 'outbox', summary: 'letters: approve, edit, drop, retry', load: () => import('./outbox.ts') },
  { name: 'requests', summary: 'what you asked clients for, and who is silent', load: () => import('./requests.ts') },
  {
    name: 'letter',
    summary: 'say where the line is: hours, decisions, scope, contract',
    load: () => import('./letter.ts'),
  },
  { name: 'exit', summary: 'end the work for a client, decently', load: () => import('./exit.ts') },
  {
    name: 'week',
    summary: 'who crossed which line, what answers it, what staying costs',
    load: () => import('./week.ts'),
  },
  { name: 'plan', summary: 'which letters would leave in the coming days', load: () => import('./plan.ts') },
  {
    name: 'report',
    summary: 'when clients write, what is owed, the signs and what they weigh',
    load: () => import('./report.ts'),
  },
  {
    name: 'dossier',
    summary: 'all that is on record of one client, in a folder of its own',
    load: () => import('./dossier.ts'),
  },
  { name: 'signs', summary: 'try what is heard in sentences', load: () => import('./listen.ts') },
  { name: 'journal', summary: 'what happened, when and why', load: () => import('./journal.ts') },
  { name: 'templates', summary: 'the letters: list, check, preview', load: () => import('./templates.ts') },
  { name: 'config', summary: 'check the configuration, print its schema', load: () => import('./config.ts') },
  { name: 'jobs', summary: 'what runs when: each job, its last run and its next', load: () => import('./jobs.ts') },
  {
    name: 'sieve',
    summary: 'a script for your mail server: flags mail out of hours while you sleep',
    load: () => import('./sieve.ts'),
  },
  { name: 'pause', summary: 'let nothing leave', load: () => import('./pause.ts') },
  { name: 'resume', summary: 'let letters leave again', load: () => import('./resume.ts') },
  { name: 'notices', summary: 'what you have to know or decide', load: () => import('./notices.ts') },
  { name: 'backup', summary: 'copy the database, safely, while it is in use', load: () => import('./backup.ts') },
  {
    name: 'auth',
    summary: 'sign in at Google, Microsoft and others, in place of a password',
    load: () => import('./auth.ts'),
  },
  { name: 'service', summary: 'start Paletti when you log in', load: () => import('./service.ts') },
  { name: 'logs', summary: 'what the service has written', load: () => import('./logs.ts') },
  { name: 'notify', summary: 'try the notifications on your desktop', load: () => import('./notify.ts') },
  {
    name: 'completion',
    summary: 'a script that completes commands in your shell',
    load: () => import('./completion.ts'),
  },
];

/** @param argv the words after `paletti`: they tell which commands to load */
export async function buildProgram(ways: Terminal, argv: readonly string[]): Promise<Command> {
  const program = newProgram(ways);
  for (const entry of entries) {
    if (argv.includes(entry.name)) (await entry.load()).addTo(program, ways);
    else program.command(entry.name).summary(entry.summary).description(entry.summary);
  }
  for (const command of allOf(program)) {
    if (command.parent !== null && command.commands.length === 0) acting(command);
    for (const names of sameOptions) takeEither(command, names);
    settle(command, ways, argv.includes('--json'));
  }
  return program;
}

/** With every command loaded: what is made from the table of them needs all. */
export function wholeProgram(ways: Terminal): Promise<Command> {
  return buildProgram(
    ways,
    entries.map(({ name }) => name),
  );
}

/** What is one thing to a person is taken by each of its names, whichever the command shows. */
const sameOptions: readonly (readonly string[])[] = [
  ['--until', '--by'],
  ['--contract', '--contract-signed'],
  ['--reason', '--why', '--note'],
];

/** Where a command has exactly one of the names, the others stand for it; they are not shown in its help. */
function takeEither(command: Command, names: readonly string[]): void {
  const known = command.options.filter(({ long }) => names.includes(long ?? ''));
  const [target] = known;
  if (target === undefined || known.length > 1) return;
  for (const name of names) {
    if (name === target.long) continue;
    command.addOption(new Option(`${name} <value>`).hideHelp());
    command.on(`option:${name.slice(2)}`, (value: string) => command.setOptionValue(target.attributeName(), value));
  }
}

function newProgram(ways: Terminal): Command {
  return new Command('paletti')
    .description('Keeps the agreements with your clients: contact hours, an answer in time, payment.')
    .version(ways.version, '-V, --version', 'print the version')
    .option('-c, --config <file>', 'the configuration (or $PALETTI_CONFIG; else ./config.json)')
    .option('--lang <language>', 'speak it or en (or $PALETTI_LANG; else owner.language of the configuration)')
    .option('-q, --quiet', 'print data and faults only')
    .option('--no-input', 'ask nothing')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', helpEnd);
}

const helpEnd = `
Begin with: paletti demo, or paletti init.
Exit codes: 0 ok, 1 error, 2 usage, 3 configuration, 4 server unreachable,
5 login refused, 6 already running, 7 waits for approval, 130 stopped by Ctrl-C.`;

function allOf(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allOf)];
}

/** Faults of usage come back as exceptions, so that only `main.ts` decides the exit code. */
function settle(command: Command, ways: Terminal, isJson: boolean): void {
  command
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => void ways.stdout.write(text),
      writeErr: (text) => void ways.stderr.write(text),
      getOutHelpWidth: () => ways.stdout.columns ?? 80,
      getErrHelpWidth: () => ways.stderr.columns ?? 80,
      outputError: (text, write) => {
        const said = asTyped(usageText(command, text), ways.calledAs ?? 'paletti');
        write(isJson ? usageJson(said) : said);
      },
    });
}

/** What is wrong with the line, and where it is explained. */
function usageText(command: Command, text: string): string {
  const noun = command.parent;
  const [word = ''] = command.args;
  // A mistyped verb after a noun reaches the command that the noun alone stands for.
  if (noun?.parent && text.startsWith('error: too many arguments') && command.registeredArguments.length === 0) {
    const verbs = noun.commands.map((one) => one.name()).join(', ');
    return `paletti: unknown command '${noun.name()} ${clean(word)}'\n  next:  Known are: ${verbs}. See: ${lineOf(noun)} --help\n`;
  }
  return `${text.replace(/^error: /, 'paletti: ')}  next:  See: ${lineOf(command)} --help\n`;
}

/** The same fault for a program, as cli/faults tells it. */
function usageJson(said: string): string {
  const [first = '', ...rest] = said.trim().split(/\n? {2}next: {2}/);
  const error = { code: 'usage', exitCode: exitCodes.usage, message: first.replace(/^paletti: /, '').trim() };
  return `${cleanJson(JSON.stringify({ ok: false, error: { ...error, where: null, next: rest.join(' ').trim() } }))}\n`;
}

/** As it is typed: 'paletti clients add'. */
function lineOf(command: Command): string {
  return command.parent ? `${lineOf(command.parent)} ${command.name()}` : command.name();
}
