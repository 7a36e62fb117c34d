/**
 * `paletti completion SHELL`: a script that completes commands and options in a shell, made from the table of commands itself, so
 * that it names each of them. Prints it; writes into no file of the shell.
 */
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { outputOf } from './command.ts';
import type { Ways } from './ways.ts';

/** A command with what may stand behind it. */
export interface Completed {
  /** 'clients learn'; '' for the program itself */
  path: string;
  summary: string;
  commands: { name: string; summary: string }[];
  /** long ones */
  options: string[];
}

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
type Shell = (typeof shells)[number];

export function addTo(program: Command, ways: Ways): void {
  program
    .command('completion')
    .summary('a script that completes commands in your shell')
    .description(
      'Print a script that completes commands and options: bash, zsh, fish or powershell. Bash: eval "$(paletti completion bash)" in ~/.bashrc; zsh the same in ~/.zshrc; fish: paletti completion fish > ~/.config/fish/completions/paletti.fish; PowerShell: paletti completion powershell | Out-String | Invoke-Expression, in $PROFILE.',
    )
    .argument('<shell>', shells.join(', '))
    .action(async (name: string, _options, command: Command) => {
      const shell = shells.find((one) => one === name);
      if (shell === undefined) throw new AppError('usage', { code: 'no-shell', name, known: shells.join(', ') });
      const { wholeProgram } = await import('./program.ts');
      outputOf(ways, command).raw(completionFor(shell, tableOf(await wholeProgram(ways))));
    });
}

/** Every command, the program first. */
export function tableOf(program: Command, path = ''): Completed[] {
  const inner = program.commands.filter((command) => command.name() !== 'help');
  const here = {
    path,
    summary: program.summary() || program.description(),
    commands: inner.map((command) => ({ name: command.name(), summary: command.summary() || command.description() })),
    options: program.options.filter(({ hidden }) => !hidden).flatMap(({ long }) => long ?? []),
  };
  return [here, ...inner.flatMap((command) => tableOf(command, `${path} ${command.name()}`.trim()))];
}

export function completionFor(shell: Shell, table: readonly Completed[]): string {
  if (shell === 'fish') return fish(table);
  if (shell === 'powershell') return powershell(table);
  const script = bash(table);
  return shell === 'bash' ? script : `autoload -U +X bashcompinit && bashcompinit\n${script}`;
}

/** What stands behind the program up to the word in hand, options left out, tells which command it is. */
function bash(table: readonly Completed[]): string {
  const cases = table.map(({ path, commands, options }) => {
    const words = [...commands.map(({ name }) => name), ...options, '--help'].join(' ');
    return `    '${path}') words='${words}' ;;`;
  });
  return `_paletti() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" path='' words='' word next
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    next="\${path:+$path }$word"
    case "$next" in
${table
  .filter(({ path }) => path !== '')
  .map(({ path }) => `      '${path}') path="$next" ;;`)
  .join('\n')}
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$cur"))
}
complete -F _paletti paletti
`;
}

function fish(table: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const lines = table.flatMap(({ path, commands, options }) => {
    const [first, second] = path.split(' ');
    const names = commands.map(({ name }) => name).join(' ');
    const when =
      path === ''
        ? '__fish_use_subcommand'
        : second === undefined
          ? `__fish_seen_subcommand_from ${first}${names === '' ? '' : `; and not __fish_seen_subcommand_from ${names}`}`
          : `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`;
    return [
      ...commands.map(
        ({ name, summary }) =>
          `complete -c paletti -f -n ${quoted(when)} -a ${name} -d ${quoted(summary.split('\n')[0] ?? '')}`,
      ),
      ...options.map((option) => `complete -c paletti -n ${quoted(when)} -l ${option.slice(2)}`),
    ];
  });
  return `${lines.join('\n')}\n`;
}

function powershell(table: readonly Completed[]): string {
  const rows = table.map(({ path, commands, options }) => {
    const words = [...commands.map(({ name }) => name), ...options].map((word) => `'${word}'`).join(', ');
    return `    '${path}' = @(${words})`;
  });
  return `Register-ArgumentCompleter -Native -CommandName paletti -ScriptBlock {
  param($word, $line, $position)
  $table = @{
${rows.join('\n')}
  }
  $path = ''
  foreach ($part in ($line.CommandElements | Select-Object -Skip 1)) {
    $next = ($path + ' ' + $part.ToString()).Trim()
    if ($table.ContainsKey($next)) { $path = $next }
  }
  $table[$path] | Where-Object { $_ -like "$word*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
