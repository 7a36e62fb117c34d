/** `paletti report --accountant`: one month as its accountant wants it, in the terminal, as JSON, or as a CSV file. */
import {
  accountParts,
  accountsFile,
  type AccountLine,
  type AccountsView,
  viewAccounts,
} from '../desk/views/accounts.ts';
import { parseMonth } from '../desk/values.ts';
import { type Month, monthBefore } from '../rules/accounts.ts';
import { dayOf } from '../rules/time.ts';
import type { DeskContext } from './command.ts';
import { deliver } from './files.ts';
import type { Voice } from './voice.ts';
import type { Ways } from './ways.ts';

export interface AccountantOptions {
  month?: string;
  output?: string;
  force?: boolean;
}

export async function reportAccounts(ways: Ways, context: DeskContext, options: AccountantOptions): Promise<void> {
  const { desk, out, json, voice } = context;
  const view = desk.store.read((r) => viewAccounts(r, monthAsked(context, options.month)));
  if (json) return out.json(view);
  if (options.output === undefined) return print(context, view);
  const { accounts: words } = voice.t.report;
  const text = accountsFile(view, {
    headings: words.headings,
    part: (part) => words.parts[part],
    note: (line) => noteOf(line, voice),
  });
  await deliver(ways, out, text, { output: options.output, ...(options.force === true && { force: true }) });
}

/** The one before this, when none is named: that is the one an accountant asks for. */
function monthAsked({ now, desk }: DeskContext, text: string | undefined): Month {
  return parseMonth(text ?? monthBefore(dayOf(now, desk.config.owner.timeZone))) as Month;
}

function print({ out, voice }: DeskContext, { first, last, parts }: AccountsView): void {
  const { accounts: words } = voice.t.report;
  out.heading(words.title(first, last));
  for (const part of accountParts) {
    const { lines, totals } = parts[part];
    out.heading(`\n${words.parts[part]}`);
    if (lines.length === 0) {
      out.data(`  ${words.none}`);
      continue;
    }
    const { columns } = words;
    out.table(
      [
        { title: columns.day },
        { title: columns.invoice },
        { title: columns.client, flexible: true },
        { title: columns.sum, align: 'right' },
        { title: columns.note, flexible: true },
      ],
      lines.map((line) => [
        line.on,
        line.number,
        line.client,
        voice.sum(line.cents, line.currency),
        noteOf(line, voice),
      ]),
      { indent: '  ' },
    );
    out.data(`  ${words.total(totals.map(({ cents, currency }) => voice.sum(cents, currency)).join(' + '))}`);
  }
  out.say(`\n${words.asOnRecord}`);
}

function noteOf({ note, currency }: AccountLine, voice: Voice): string {
  const { notes } = voice.t.report.accounts;
  if (note === null) return '';
  if (note.what === 'withheld') return notes.withheld(voice.sum(note.cents, currency));
  if (note.what === 'credit-note') return notes.creditNote(note.number);
  return note.what === 'reference' ? note.text : notes[note.what];
}
