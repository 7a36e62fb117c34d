/**
 * Questions that a row of a file leaves open: told with the words that answer them, answered by line, and remembered,
 * so that the same row of the same file asks once. A row in question is left as it is.
 */
import { AppError } from '../errors.ts';
import { sha256 } from '../rules/digest.ts';
import { answerTo, noteAnswer } from '../store/import-answers.ts';
import type { Reader, Writer } from '../store/database.ts';

export interface Question {
  line: number;
  /** what is asked, as a sentence */
  text: string;
  /** word -> what it means */
  answers: Readonly<Record<string, string>>;
  /** a digest of what is in question */
  key: string;
}

/** Line of the file -> the word of the owner. */
export type Answers = ReadonlyMap<number, string>;

/** @param matter what makes it this question, and no other; is not kept itself */
export function question(
  line: number,
  text: string,
  answers: Readonly<Record<string, string>>,
  matter: readonly unknown[],
): Question {
  return { line, text, answers, key: sha256(JSON.stringify(matter)) };
}

/** Collects the questions of a file, and says which are answered. */
export class Inquiry {
  readonly open: Question[] = [];
  readonly #answered: { key: string; answer: string }[] = [];
  readonly #r: Reader;
  readonly #answers: Answers;
  readonly #used = new Set<number>();

  constructor(r: Reader, answers: Answers) {
    this.#r = r;
    this.#answers = answers;
  }

  /** @returns the word that answers it; undefined while it is open. @throws AppError 'usage' for a word it does not know */
  ask(asked: Question): string | undefined {
    const given = this.#answers.get(asked.line);
    const answer = given ?? answerTo(this.#r, asked.key);
    if (given !== undefined) this.#used.add(asked.line);
    if (answer === undefined) {
      this.open.push(asked);
      return undefined;
    }
    if (!(answer in asked.answers)) throw unknownAnswer(asked, answer);
    this.#answered.push({ key: asked.key, answer });
    return answer;
  }

  /** @throws AppError 'usage' for a line that asks nothing: it may be a slip, and the line meant stays unanswered */
  refuseUnused(): void {
    const line = [...this.#answers.keys()].find((one) => !this.#used.has(one));
    if (line === undefined) return;
    throw new AppError('usage', { code: 'line-asks-nothing', line });
  }

  remember(w: Writer): void {
    for (const { key, answer } of this.#answered) if (answerTo(w, key) !== answer) noteAnswer(w, key, answer);
  }
}

function unknownAnswer({ line, answers }: Question, answer: string): AppError {
  return new AppError('usage', `"${answer}" is no answer to line ${line}`, {
    next: `Known are: ${Object.entries(answers)
      .map(([word, meaning]) => `${word} (${meaning})`)
      .join(', ')}.`,
  });
}

/** '3=same', as the option takes it; may be given several times. @throws AppError 'usage' */
export function parseAnswers(texts: readonly string[] = []): Answers {
  return new Map(
    texts.map((text) => {
      const match = /^(\d{1,9})\s*=\s*([a-z]+)$/i.exec(text.trim());
      if (match === null) throw new AppError('usage', { code: 'no-answer-form', text });
      return [Number(match[1]), (match[2] as string).toLowerCase()];
    }),
  );
}
