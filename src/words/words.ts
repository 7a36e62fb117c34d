/** What a language has to bring, part by part. What is missing in one of them does not compile. */
import type { Language } from '../rules/language.ts';
import type { AuthWords } from './parts/auth.ts';
import type { ClientPageWords } from './parts/client-page.ts';
import type { ExitPageWords } from './parts/exit-page.ts';
import type { FaultWords } from './parts/faults.ts';
import type { InitWords } from './parts/init.ts';
import type { MoneyPageWords } from './parts/money-page.ts';
import type { NameWords } from './parts/names.ts';
import type { PageWords } from './parts/page.ts';
import type { Sentences } from './parts/reasons.ts';
import type { SettingsWords } from './parts/settings.ts';
import type { TerminalWords } from './parts/terminal.ts';
import type { TimeWords } from './parts/times.ts';
import type { ToldWords } from './parts/told.ts';

export interface Words extends NameWords {
  language: Language;
  /** BCP 47, for `Intl` */
  locale: string;
  /** January first */
  months: readonly string[];
  monthsShort: readonly string[];
  /** Monday first */
  weekdays: readonly string[];
  weekdaysShort: readonly string[];
  /** between thousands, and before cents */
  decimals: { group: string; point: string };
  times: TimeWords;
  reasons: Sentences;
  told: ToldWords;
  page: PageWords;
  settings: SettingsWords;
  exitPage: ExitPageWords;
  clientPage: ClientPageWords;
  moneyPage: MoneyPageWords;
  terminal: TerminalWords;
  faults: FaultWords;
  auth: AuthWords;
  init: InitWords;
}
