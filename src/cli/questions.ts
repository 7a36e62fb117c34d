/** Questions on the terminal. Ctrl-C at any of them ends the command with nothing written. */
import type { Writable } from 'node:stream';
import type * as Prompts from '@clack/prompts';
import { AppError } from '../errors.ts';
import type { DailyWords } from '../words/parts/terminal.ts';
import { wordsOf } from '../words/voice.ts';
import { languageOf } from './language.ts';
import type { Ways } from './ways.ts';

export interface Choice {
  value: string;
  label: string;
}

/** One of several that may be ticked together. */
export interface Ticked extends Choice {
  ticked: boolean;
  /** why not; '' where there is nothing to say */
  hint: string;
}

const mostShown = 20;

export class Questions {
  readonly #prompts: typeof Prompts;
  readonly #streams: { input: Ways['stdin']; output: Writable };
  readonly #words: DailyWords['ask'];

  constructor(prompts: typeof Prompts, ways: Ways) {
    this.#prompts = prompts;
    this.#words = wordsOf(languageOf(ways)).terminal.daily.ask;
    // stdout is for data
    this.#streams = { input: ways.stdin, output: ways.stderr as unknown as Writable };
  }

  static async begin(ways: Ways, title: string): Promise<Questions> {
    const questions = new Questions(await import('@clack/prompts'), ways);
    questions.#prompts.intro(title, questions.#streams);
    return questions;
  }

  async text(message: string, proposal = '', check?: (value: string) => string | undefined): Promise<string> {
    const validate = (value: string | undefined) =>
      value === undefined || value.trim() === '' ? this.#words.needed : check?.(value);
    return this.#answered(await this.#prompts.text({ ...this.#streams, message, initialValue: proposal, validate }));
  }

  /** @returns '' when it was left out */
  async optional(message: string): Promise<string> {
    const answer = await this.#prompts.text({ ...this.#streams, message, defaultValue: '' });
    return this.#answered(answer).trim();
  }

  async choose(message: string, options: Choice[]): Promise<string> {
    return this.#answered(await this.#prompts.select({ ...this.#streams, message, options }));
  }

  /** Any number of them, none too. @returns the values that were left ticked */
  async tick(message: string, options: Ticked[]): Promise<string[]> {
    const initialValues = options.filter(({ ticked }) => ticked).map(({ value }) => value);
    const shown = options.map(({ value, label, hint }) => ({ value, label, ...(hint === '' ? {} : { hint }) }));
    const answer = await this.#prompts.multiselect({
      ...this.#streams,
      message,
      options: shown,
      initialValues,
      required: false,
      maxItems: mostShown,
    });
    if (Array.isArray(answer)) return answer;
    throw new AppError('usage', { code: 'nothing-written' });
  }

  async secret(message: string): Promise<string> {
    const validate = (value: string | undefined) => ((value ?? '') === '' ? this.#words.needed : undefined);
    return this.#answered(await this.#prompts.password({ ...this.#streams, message, validate }));
  }

  tell(message: string): void {
    this.#prompts.note(message, this.#words.note, this.#streams);
  }

  end(message: string): void {
    this.#prompts.outro(message, this.#streams);
  }

  #answered(answer: string | symbol): string {
    if (typeof answer === 'string') return answer;
    throw new AppError('usage', { code: 'nothing-written' });
  }
}

/** Whether what was shown shall be done. @param title what it is about */
export async function agreed(ways: Ways, title: string): Promise<boolean> {
  const questions = await Questions.begin(ways, title);
  const { ask: words } = wordsOf(languageOf(ways)).terminal.daily;
  const answer = await questions.choose(words.doIt, [
    { value: 'yes', label: words.yes },
    { value: 'no', label: words.no },
  ]);
  questions.end(answer === 'yes' ? words.done : words.left);
  return answer === 'yes';
}
