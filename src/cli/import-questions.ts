/** What the rows of a file leave open, told with the command that answers it. */
import type { Question } from '../desk/import-questions.ts';
import type { Output } from './output.ts';

/** @param command that imports the file, to which the answer is added */
export function tellQuestions(out: Output, questions: readonly Question[], command: string): void {
  for (const { line, text, answers } of questions) {
    out.warn(`line ${line}: ${text}`);
    for (const [word, meaning] of Object.entries(answers)) out.say(`  ${meaning}: ${command} --answer ${line}=${word}`);
  }
}
