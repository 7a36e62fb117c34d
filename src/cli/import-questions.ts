/** What the rows of a file leave open, told with the command that answers it; and how many rows do what. */
import type { Question } from '../desk/import-questions.ts';
import type { DeskContext } from './command.ts';

/** All that telling needs of a command. */
export type Told = Pick<DeskContext, 'out' | 'voice'>;

/** @param command that imports the file, to which the answer is added */
export function tellQuestions({ out, voice }: Told, questions: readonly Question[], command: string): void {
  for (const { line, text, answers } of questions) {
    out.warn(voice.t.clients.import.line(line, text));
    for (const [word, meaning] of Object.entries(answers)) out.say(`  ${meaning}: ${command} --answer ${line}=${word}`);
  }
}

/** How many rows of a file would do what. */
export function counted(changes: readonly { what: string }[]) {
  const of = (wanted: string) => changes.filter(({ what }) => what === wanted).length;
  return { add: of('add'), change: of('change'), unchanged: of('unchanged'), asked: of('asked') };
}
