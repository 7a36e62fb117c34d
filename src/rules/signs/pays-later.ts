/**
 * 'Keep working, I will pay later': heard once is enough to be told of it. The same is said by a client who pays each time
 * later than the time before, from the second time on.
 */
import { phrases } from '../phrases.ts';
import { overdueDebts } from '../dunning.ts';
import { debtsOf } from '../invoice.ts';
import { settledDates } from '../settled-dates.ts';
import { quotesOf, type RuleFacts, sign, speaks } from '../sign.ts';
import { dayOf, daysBetween, type Instant, type LocalDay } from '../time.ts';

/** What was agreed is not put off. */
const agreed =
  '!receive|ricevo|agreed|usual|accordi|concordat*|pattuit*|sempre|previst*|terms|contratto|contract|scadenza|due|caparra|acconto|deposit';

const payLater = phrases(
  [
    'ti|vi|la|le saldo|saldiamo|pago|paghiamo tutto|tutte? .. fine|dopo|insieme',
    'ti|vi|la|le saldo|saldiamo|saldero|paghero tutto|il|la|i? alla fine',
    'poi|dopo .. accordo|mettiamo|vediamo|parliamo|pensiamo .. sui|sul|per|dei|del|ai soldi|prezzo|compenso|pagamento|pagamenti',
    'comincia|inizia|parti|vai|intanto|procedi pure|intanto|avanti|a? .. poi|dopo .. soldi|paga*|accordo|compenso|fattura',
    'pago|paghero|salder*|paghiamo|pagheremo|saldo quando|appena|se|dopo|finche .. !ricevo|ricevo|fattura',
    'bonifico|saldo|pagamento|soldi|versamento .. a|ad|al|alla|dopo lavoro|lavori|opera|progetto|consegna|lancio ultimat*|finit*|conclus*|consegnat*|complet*|avvenut*|terminat*',
    'a lavoro|lavori|opera|progetto|consegna ultimat*|finit*|conclus*|complet*|terminat* .. pag*|sald*|bonific*|sold*',
    'fattura .. a gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre|fine !del|di|emett*',
    'sentiamo|vediamo|parliamo|risentiamo .. per|della|del|per fattura|saldo|pagamento|soldi|compenso .. !ricevuta|grazie',
    'a settembre|gennaio|primavera|natale|fine|marzo|luglio .. per|della|la fattura|saldo|pagamento',
    'chiud*|aspett*|pazient* un|ancora|qualche .. fattura|pagamento|saldo|soldi',
    'non ti|si|vi? preoccupare|preoccuparti|preoccupi|preoccupate|preoccuparsi .. soldi|pagamento|fattura|compenso',
    'ai|dei soldi|pagamenti ci|ne|penso|pensiamo|pensa pens*|parl*|dopo|poi|io',
    'prima consegniamo|finiamo|finisci|consegna|chiudiamo|pubblichiamo|lanciamo .. soldi|paga*|fattura|poi|dopo|preoccupare|saldo',
    'i|the money|payment|invoice ll|will|can|is be|wait|come|follow|coming later|afterwards|eventually|soon|after',
    'worry about getting|the|your|any money|payment|invoice|paid',
    'you ll|will get|be|have your|the|paid|it money|once|when|after|as|then|later|eventually',
    'pago|paghero|paghiamo|pagheremo|pagherei|saldo|saldero|salderemo|saldiamo|pagherai|bonifico .. dopo|quando|appena|intanto|finito|finisci|finiremo|piu|fine|poi|prossimo|prossima|consegna .. progetto|lavoro|avanti|posso|finito|lavori|vai|tutto|mese|incass*|consegn*|vedo|vediamo|lancio|calma|tardi|settimana|volta|anno|finisci|soldi|continua|procedi',
    'pago|paghero|paghiamo|pagheremo|ti|vi|la|saldo|saldero pago|paghero|paghiamo|pagheremo|dopo|poi|quando|appena|piu|in|con|alla|a|il dopo|poi|quando|appena|alla|a|piu|in|con|il|la fine|avanti|calma|lavoro|finito|seguito|visibilita|mese|prossimo|prossima|primi|progetto|incass*|posso|finisci|consegn*|termine',
    'intanto|frattempo|ora|adesso|continua|continuate|vai|andate|procedi|procedete|lavora|comincia|inizia|parti .. pago|paghero|pagheremo|paghiamo|pagamento|saldo|saldero|salderemo|soldi|bonifico|sistemiamo|pagare !fattura',
    'alla|a fine|lavoro|progetto|conclusione|termine|opera lavori?|progetto?|finito?|conclusa? .. pago|paghero|pagheremo|paghiamo|saldo|saldero|salderemo',
    'paghero|pagheremo|pagherei|pago|paghiamo|saldero|salderemo .. vai|andate|continua|procedi|lavora|avanti|intanto|tranquill*',
    'alla fine ti|vi pag*|sald*',
    'ora|adesso|momento|mese|ancora|purtroppo|oggi|settimana non posso|riesco|possiamo|riusciamo|ho|abbiamo|sono|siamo .. pagar*|saldar*|soldi|liquidita|budget|bonifico|cassa|grado',
    'non posso|riesco|possiamo|riusciamo a? pagar*|saldar* .. ora|adesso|subito|mese|momento|ancora|prima|oggi|tutto|fino',
    'non ho|abbiamo ancora? i|il|la|soldi|liquidita|incassato|budget|disponibilita soldi?|liquidita?|budget? .. !fattura',
    'appena incasso|incassiamo|incassero|mi|ci|posso|possiamo|ho|abbiamo|entra|entrano|arriva|arrivano|riesco|avro|avremo|il .. pag*|sald*|sold*|bonific*|liquid*|incass* !ricevut*|ufficio',
    'pago|paghero|pagheremo|saldo|saldero|sistemo .. appena|quando incasso|incassiamo|mi|ci|posso|possiamo|avro|avremo|il|entra*|arriva*|riesco|ho',
    'quando incasso|incassiamo|incassero|mi|ci|avro|avremo|il|finisci|finirai|consegni|vedo|vedremo|finite .. pago|paghero|pagheremo|paghiamo|saldo|saldero|salderemo|soldi',
    'posticip*|rimand*|rinvi*|spost*|slitt*|dilazion*|ritard* .. pagament*|saldo|fattura|rata|bonifico|rate !appuntamento|riunione',
    'pagament*|saldo|bonifico|rata .. posticip*|rimand*|slitt*|rinvi*|piu|in|poi|vediamo|vedremo avanti?|seguito?|poi?',
    'per i|il|quanto|la soldi|pagamento|compenso|riguarda .. vediamo|vedremo|poi|avanti|dopo|tranquill*|preoccuparti|preoccuparsi|sistemiamo|accordo|calma',
    'dei soldi|pagamento|compenso ne|parliamo|ne parliamo|poi|dopo|piu',
    'ti|vi|la sistemo|sistemiamo|sistemero|regolo|saldo dopo|poi|a|con|quando|piu',
    'prima finisci|finite|consegna|consegni|vediamo|vedo|il|i|fammi|voglio|finiamo|completa .. poi|dopo .. pag*|sald*|sold*|parliamo',
    'con i|le primi|prime incassi|guadagni|ricavi|vendite',
    'pagarti|pagarvi|pagarla|pagare|saldare|saldarti .. dopo|fine|prossimo|mese|piu|quando|appena|in .. !anticipo|entro|subito|come|dove|quanto',
    'ti|vi|la pagheremo|paghero|pago|paghiamo .. visibilita|percentuale|risultati|vendite',
    'anticip* non|niente|zero',
    'niente|nessun|senza|non anticipo|acconto|anticipi|acconti .. prima|lavoro|fine|pag*',
    'i|we ll|will|can|could|promise|am|are|m|re|would pay|settle|to|going|only pay?|settle? .. later|after|when|once|end|next|eventually|soon|until|finished|done|launch',
    'pay|paying|paid you|the|for|it|everything|this .. later|when|once|after|end|next|soon|eventually|finished|afterwards|launch',
    'keep|carry|continue|go|just|start|get working|going|on|ahead|with|finish|start|doing .. pay|paid|payment|money|settle|sort',
    'can|cannot|cant|couldn|won t|not|be|able pay|to|able|afford .. now|yet|right|this|at|until|month|moment|before !wait',
    'don|do|haven|didn|not|no t|not|have|got|the have|get|got|money|cash|budget|funds .. money|cash|budget|funds|right|yet|at|now|this|moment|month',
    'cash flow',
    'postpone|delay|defer|push|hold|put|move .. payment|invoice|paying|bill|off|deposit !meeting|launch|call',
    'payment|money|invoice .. wait|later|tight|delayed|postponed|next|after|end|eventually|worry|talk|sort|discuss !attached|received|sent|paid|on',
    'once|when|as|after we|i|the|soon get|are|have|receive|raise|client|customer|investor*|money|project|launch|as|sales .. paid|funding|money|pays|comes|arrives|pay|funded|in|settle',
    'finish|deliver|complete|do|see it|the|first|everything|this|results .. then|before .. pay|paid|money|payment|settle',
    'no|without|not upfront|advance|deposit|prepayment paying?|payment?|payments? !problem',
    'pay|paid|payment you|in|with|is in|with|exposure|equity|from exposure|equity|shares|percentage|installments|instalments|revenue|sales',
    'at the end .. pay|settle|payment|money !month|week',
    'worry about money|payment|invoices',
  ].map((line) => `${line} ${agreed}`),
);

const limits = { lateDays: 3 } as const;

export const paysLater = sign({
  name: 'pays-later',
  weight: 2,
  type: 'pays-later',
  answer: 'in-advance',
  listens: { 'pay-later': payLater },
  rule(facts, now, heard) {
    const said = heard('pay-later');
    const growing = laterEachTime(facts, now);
    if (said.length === 0 && growing.length === 0) return null;
    const daysLate = growing.map((one) => one.daysLate);
    const strength = said.length > 1 || growing.length > 2 || (said.length > 0 && growing.length > 0) ? 1 : 0.6;
    const evidence = [...quotesOf(said).slice(-5), ...growing.map(({ invoiceId }) => ({ invoiceId }))];
    return speaks(strength, { code: 'shows-pays-later', messages: said.length, daysLate }, evidence);
  },
});

interface Cycle {
  invoiceId: number;
  dueOn: LocalDay;
  daysLate: number;
}

/** The last cycles, each later than the one before; what is open counts as of today. At least two, the last truly late. */
function laterEachTime(facts: Pick<RuleFacts, 'invoices' | 'hours'>, now: Instant): Cycle[] {
  const today = dayOf(now, facts.hours.timeZone);
  const open = facts.invoices
    .filter((invoice) => invoice.state === 'open')
    .flatMap((invoice) => overdueDebts(debtsOf(invoice), today))
    .map(({ invoiceId, dueOn }) => ({ invoiceId, dueOn, daysLate: daysBetween(dueOn, today) }));
  const cycles = oneForEachDay(
    [...facts.invoices.flatMap(settledDates), ...open]
      .map(({ invoiceId, dueOn, daysLate }) => ({ invoiceId, dueOn, daysLate: Math.max(0, daysLate) }))
      .toSorted((a, b) => (a.dueOn === b.dueOn ? a.daysLate - b.daysLate : a.dueOn < b.dueOn ? -1 : 1)),
  );
  const from = cycles.findLastIndex(
    (one, index) => index === 0 || one.daysLate <= (cycles[index - 1] as Cycle).daysLate,
  );
  const growing = cycles.slice(Math.max(0, from));
  return growing.length > 1 && (growing.at(-1) as Cycle).daysLate > limits.lateDays ? growing : [];
}

/** Two invoices that were due on one day are one time, the later of the two. */
function oneForEachDay(sorted: readonly Cycle[]): Cycle[] {
  return sorted.filter(({ dueOn }, index) => sorted[index + 1]?.dueOn !== dueOn);
}
