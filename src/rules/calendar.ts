/** Names of months and weekdays, as each language writes them: one list for letters, screens, reasons and files. Decides nothing. */
import type { Language } from './language.ts';

type Names = Readonly<Record<Language, readonly string[]>>;

function names(it: string, en: string): Names {
  return { it: it.split(' '), en: en.split(' ') };
}

/** January first. */
export const monthNames = names(
  'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
  'January February March April May June July August September October November December',
);
export const monthsShort = names(
  'gen feb mar apr mag giu lug ago set ott nov dic',
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec',
);

/** Monday first. */
export const weekdayNames = names(
  'lunedì martedì mercoledì giovedì venerdì sabato domenica',
  'Monday Tuesday Wednesday Thursday Friday Saturday Sunday',
);
export const weekdaysShort = names('lun mar mer gio ven sab dom', 'Mon Tue Wed Thu Fri Sat Sun');
