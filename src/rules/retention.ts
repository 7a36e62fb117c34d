/** How long the law wants papers kept, whoever asks to be erased. Italian law; a lawyer knows the exceptions. */
import type { LocalDay } from './time.ts';

/** Italian Civil Code, article 2220: ten years from the last entry. The GDPR lets a law go first (Article 17(3)(b)). */
const yearsKept = 10;

/** Invoices with something on or after this day are kept: the whole year in which the tenth year begins. */
export function invoicesKeptFrom(today: LocalDay): LocalDay {
  const year = Number(today.slice(0, 4)) - yearsKept;
  return `${String(year).padStart(4, '0')}-01-01` as LocalDay;
}
