/** Italian: why letters about money and nudges go, wait or are not wanted any more. */
import type { SettledReason, SettledWay } from '../../../rules/closing.ts';
import type { AsksFirst, DunningReason, StepDue } from '../../../rules/dunning.ts';
import type { HeldReason } from '../../../rules/hold.ts';
import type { NudgeReason } from '../../../rules/requests.ts';
import type { OccasionReason } from '../../../rules/occasion.ts';
import type { SendingReason } from '../../../rules/sending.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { day, listed, ofDay, on, several, since, step, sum, until } from '../grammar.ts';
import { holdReasons, names } from '../names.ts';

export const held: SentencesOf<HeldReason> = {
  held: (reason, say) => {
    const untilEnded = reason.reason === 'payment-question' ? '' : ', finché non la togli';
    const end = reason.until === null ? untilEnded : `, ${until(reason.until)}`;
    return `${holdReasons[reason.reason]}${end}${reason.note === null ? '' : ` (${say(reason.note)})`}`;
  },
};

const days = (amount: number) => several(amount, 'giorno', 'giorni');

function dueWords({ afterDays, dueOn }: StepDue): string {
  if (afterDays === 0) return `il giorno della scadenza, ${day(dueOn)}`;
  return `${days(Math.abs(afterDays))} ${afterDays > 0 ? 'dopo la' : 'prima della'} scadenza ${ofDay(dueOn)}`;
}

function asksWords(asks: AsksFirst): string {
  if (asks.how === 'question') return `; prima chiede a te: ${holdReasons[asks.hold]}`;
  const why = { 'long-gap': ', dopo giorni senza alcun passaggio', always: '', review: ' (modalità di revisione)' };
  return `; prima chiede a te${why[asks.how]}`;
}

export const dunning: SentencesOf<DunningReason> = {
  'step-due': (due) => {
    const { gapDays, previousOn, backOn, goesFirst, asks } = due;
    const gap = `almeno ${days(gapDays)} dopo`;
    const parts = [dueWords(due)];
    if (previousOn !== null) parts.push(`${gap} la lettera ${ofDay(previousOn)}`);
    if (backOn !== null) parts.push(`${gap} ${on(backOn)}, quando è tornata aperta`);
    const first = goesFirst ? `; prima tocca a ${step(due.step)}, nessun gradino si salta` : '';
    return `${parts.join(' e ')}${first}${asks === null ? '' : asksWords(asks)}`;
  },
  'hours-open-on': (reason, say) => `${say(reason.because)}; gli orari di contatto riaprono ${on(reason.day)}`,
  'step-goes-on': (reason, say) => {
    const rolled = reason.movedTo === null ? '' : `, spostata al giorno lavorativo ${day(reason.movedTo)}`;
    return `${step(reason.step)}: parte ${on(reason.day)}${rolled}: ${say(reason.because)}`;
  },
  'step-waits': (reason, say) => `${step(reason.step)}: ${say(reason.because)}`,
  'too-little': (reason) => `${sum(reason.sum)} non valgono una lettera: stralciali, o aspetta che diventino di più`,
  'surplus-came': () => 'da questo cliente è arrivato più di quanto chiesto: può essere per questo',
  'answer-owed': (reason) =>
    `il cliente aspetta una tua risposta${reason.since === null ? '' : ` ${since(reason.since)}`}`,
  'payments-stale': () => 'i pagamenti non sono aggiornati: prima inseriscili',
  'mail-today': () => 'oggi a questo cliente è già andata un’altra lettera',
  'ladder-done': () => 'tutti i gradini della scala sono stati inviati: il seguito lo decidi tu',
  'you-dropped-step': (reason) =>
    `hai scartato ${step(reason.step)}: la scala sta ferma finché non la riprendi: paletti outbox restore`,
  'step-refused': (reason) =>
    `${step(reason.step)}: rifiutata dal server di posta; rimedia alla causa e riprova, o scartala`,
  'step-meaningless': (reason, say) => `${say(reason.because)}; ${step(reason.step)}: non ha più senso`,
  'work-ended': ({ answers }) =>
    `il lavoro per questo cliente è concluso${answers ? ': che cosa rispondere, e quando, lo dici tu' : ''}`,
  'end-announced': () => 'la comunicazione di fine rapporto è partita',
  'letter-in-doubt': (reason) => `${step(reason.step)}: non si sa se è partita; prima chiarisci questo`,
  'letter-pending': (reason) => `${step(reason.step)}: è tra le lettere (${names.letterStates[reason.state]})`,
  'rest-disputed': () => 'il resto è contestato: il caso resta aperto',
  'invoices-held': () => 'ogni fattura è in sospeso',
  'step-gone': (reason) => `${reason.step === '' ? 'questo' : step(reason.step)} non è più un gradino della scala`,
  'due-day-passed': () => 'il giorno della scadenza è passato',
  'nothing-overdue': () => 'non c’è più nulla di scaduto',
  'asked-is-settled': () => 'tutto ciò che era stato chiesto è sistemato',
  'step-sent': (reason) => `${step(reason.step)}: già inviata`,
  'none-of-it-overdue': () => 'di questo nulla è più scaduto',
  'due-later': (reason) => `dopo un pagamento il prossimo gradino è dovuto ${on(reason.day)}`,
  'outside-hours': () => 'fuori dagli orari di contatto',
  'decided-long-ago': (reason) =>
    `${step(reason.step)}: decisa prima di giorni senza alcun passaggio; approvala di nuovo`,
  'nobody-decided': ({ hold }) => `${holdReasons[hold]}, e nessuno ha deciso`,
  'sums-changed': () => 'le somme aperte sono cambiate da quando è stata scritta',
};

const ways: Readonly<Record<SettledWay, string>> = {
  paid: 'pagata',
  void: 'annullata',
  credited: 'stornata',
  'written-off': 'stralciata',
  disputed: 'contestata',
};

const hows: Readonly<Record<Exclude<SettledReason['how'], 'mixed'>, string>> = {
  'nothing-asked': 'niente è scaduto',
  paid: 'tutto ciò che era stato chiesto è pagato',
  void: 'ciò che era stato chiesto è annullato',
  credited: 'ciò che era stato chiesto è stornato da note di credito',
  'written-off': 'ciò che era stato chiesto è stralciato',
  disputed: 'ciò che era stato chiesto è contestato',
  postponed: 'ciò che era stato chiesto non è più dovuto per ora',
};

const besides = {
  'other-currency': '; il lavoro resta sospeso per un’altra valuta',
  'end-stands': '; la fine del lavoro resta com’è',
} as const;

export const settled: SentencesOf<SettledReason> = {
  settled: (reason) => {
    const parts = reason.ways.map((way) => `una parte è ${ways[way]}`);
    const how = reason.how === 'mixed' ? `di ciò che era stato chiesto, ${listed(parts)}` : hows[reason.how];
    return how + (reason.besides === null ? '' : besides[reason.besides]);
  },
};

export const nudges: SentencesOf<NudgeReason> = {
  'no-answer': (reason) => {
    const from =
      reason.of === null
        ? `il giorno in cui era attesa la risposta, ${day(reason.dueOn)}`
        : `il sollecito ${ofDay(reason.of)}`;
    return `${days(reason.days)} dopo ${from}, e nessuna risposta`;
  },
  'nudge-goes-on': (reason, say) => `${step(reason.step)}: parte ${on(reason.day)}: ${say(reason.because)}`,
  'nudges-done': () => 'tutti i solleciti sono stati inviati: il seguito lo decidi tu',
  'you-settled-it': () => 'l’hai chiusa tu',
  'client-answered': (reason) => `il cliente ha risposto ${on(reason.on)}`,
  'you-dropped-nudge': (reason) => `hai scartato ${step(reason.step)}`,
  'nudges-off': () => 'i solleciti sono spenti: scrivi tu',
  'exit-runs': () => 'è in corso una chiusura: intanto niente solleciti',
  'money-asked-for': () => 'si stanno chiedendo soldi: intanto niente solleciti',
};

export const occasion: SentencesOf<OccasionReason> = {
  'part-paid': ({ number }) => `una parte di ${number} è stata pagata`,
  'promise-broken': ({ number }) => `la promessa per ${number} non è stata mantenuta`,
  'promise-made': ({ number }) => `una promessa per ${number}`,
  'client-disputes': ({ number }) => `il cliente contesta ${number}`,
};

export const sending: SentencesOf<SendingReason> = {
  paused: () => 'gli invii sono in pausa: riprendili perché le lettere partano',
  'needs-approval': () => 'aspetta la tua approvazione',
  'day-cap': ({ sent, cap }) => `oggi sono partite ${sent} lettere: il limite è ${cap}`,
  'hour-cap': ({ sent, cap }) => `in quest’ora sono partite ${sent} lettere: il limite è ${cap}`,
  'client-cap': ({ kinds }) =>
    kinds.length === 0
      ? 'questo cliente oggi non riceve lettere: il limite è 0'
      : `questo cliente oggi ha già ricevuto: ${listed(kinds.map((kind) => names.letters[kind]))}`,
  'acknowledgement-first': () => 'prima parte una conferma di ricezione per questo cliente',
};
