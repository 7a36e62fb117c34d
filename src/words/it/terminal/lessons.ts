/** Italian: the look back at a client who is gone, and what was learned by it. */
import type { IntakeItem } from '../../../rules/intake.ts';
import type { LessonRule, LessonState } from '../../../rules/lesson.ts';
import type { IntakeWords, LessonWords, LookBackWords } from '../../parts/terminal.ts';
import { listed, several, sumIn } from '../grammar.ts';
import { codes } from './codes.ts';

export const lookBack: LookBackWords = {
  title: (client) => `Uno sguardo indietro: ${client}`,
  private: 'Solo per te: nessuna lettera dice nulla di tutto questo.',
  noSign: 'In archivio non si vede nessun segnale.',
  firstSign: (sign, day, quote) =>
    `Primo segnale: ${sign}, in archivio entro ${day}${quote === null ? '' : ` («${quote}»)`}.`,
  answered: (day, days) => `La tua prima risposta: ${day}, ${several(days, 'giorno', 'giorni')} dopo.`,
  messages: (messages, outOfHours) => `${messages} email sue, ${outOfHours} fuori orario.`,
  hours: (hours, late) => `${hours} h annotate, di cui ${late} fuori orario.`,
  noHours: 'Nessuna ora annotata: quanto ha reso un’ora non si può dire.',
  received: (sums) => `Incassato: ${listed(sums)}.`,
  nothingReceived: 'Incassato: nulla.',
  lost: (sums) => `Fatturato e mai pagato: ${listed(sums)}.`,
  spent: (sums) => `Speso per lui: ${listed(sums)}.`,
  realRate: (sum) => `Ogni ora ha reso davvero ${sum}.`,
  proposed: (rule) => `Una regola che sarebbe servita: ${rule}.`,
  takeUp: (id, rule) =>
    `Per adottarla: paletti exit ${id} look-back --rule ${rule}; oppure --rule "una frase tua", o --rate 60`,
  learned: (rule) => `Imparato: ${rule}. Chi prendi dopo si misura con questa regola.`,
  undo: (id) => `Per toglierla: paletti exit ${id} look-back --drop`,
};

const rules: Readonly<Record<LessonRule, string>> = {
  'contract-first': 'niente lavoro senza un contratto firmato',
  'paid-ahead': 'pagamento a vista fattura, prima di andare avanti',
  'scope-written': 'ciò che è compreso si scrive prima di cominciare',
  'revisions-agreed': 'quante revisioni sono comprese si decide prima di cominciare',
  'welcome-first': 'orari, canali e condizioni si dicono con una lettera di benvenuto prima di cominciare',
  'least-rate': 'niente lavoro sotto un certo prezzo',
  'own-words': 'una regola tua',
};

const states: Readonly<Record<LessonState, string>> = {
  kept: 'rispettata',
  open: 'ancora da dire',
  broken: 'non rispettata',
  asks: 'la giudichi tu',
};

const items: Readonly<Record<IntakeItem, string>> = {
  goals: 'Il cliente sa a che cosa serve il lavoro?',
  field: 'È nel tuo campo e nella tua nicchia, e hai il tempo?',
  contract: 'C’è un contratto firmato?',
  scope: 'È scritto che cosa è compreso?',
  revisions: 'È deciso quante revisioni sono comprese?',
  price: 'Il prezzo è deciso, e ne vale la pena?',
  payment: 'È deciso quando si pagano le fatture?',
  welcome: 'Il cliente conosce i tuoi orari, i canali e le condizioni?',
};

export const intake: IntakeWords = {
  title: (client) => `Prima di cominciare con ${client}`,
  items,
  several: (exits) =>
    `In un anno si sono proposte ${exits} chiusure: con questo prenditi tempo, e ascolta il tuo istinto.`,
};

export const lessons: LessonWords = {
  states,
  said: ({ rule, rate, words }) => {
    if (rule === 'own-words') return words;
    return rate === null ? rules[rule] : `niente lavoro sotto ${sumIn(rate)} per ${codes.rateUnit(rate.unit)}`;
  },
  heading: (client) => `Ciò che hai imparato da altri, a confronto con ${client}:`,
  line: (rule, taughtBy, state) => `${states[state]}: ${rule} (da quando c’era ${taughtBy})`,
};
