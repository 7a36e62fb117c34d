/**
 * Every sentence that a letter may say, and the fact that must hold when it says it: the record, a decision of the
 * owner, or nothing (a request, a courtesy). What stands in no row is said by no letter.
 */
import type { ClosingLetterFacts } from '../../src/letters/closing.ts';
import type {
  AcknowledgementFacts,
  BoundaryFacts,
  DunningFacts,
  FinalReportFacts,
  NudgeFacts,
} from '../../src/letters/write.ts';

export type Facts =
  | ({ of: 'acknowledgement' } & AcknowledgementFacts)
  | ({ of: 'money' } & DunningFacts)
  | ({ of: 'nudge' } & NudgeFacts)
  | ({ of: 'closing' } & ClosingLetterFacts)
  | { of: 'boundary'; facts: BoundaryFacts; written: boolean }
  | ({ of: 'report' } & FinalReportFacts);

export interface Sentence {
  it: RegExp;
  en: RegExp;
  /** in words, for whoever reads the table */
  fact: string;
  holds(facts: Facts): boolean;
}

const money = (facts: Facts, test: (facts: DunningFacts) => boolean): boolean => facts.of === 'money' && test(facts);
const closing = (facts: Facts, test: (facts: ClosingLetterFacts) => boolean): boolean =>
  facts.of === 'closing' && test(facts);
const report = (facts: Facts, test: (facts: FinalReportFacts) => boolean): boolean =>
  facts.of === 'report' && test(facts);
const invoices = (facts: DunningFacts) => new Set(facts.debts.map((debt) => debt.invoiceId)).size;
const isOverdue = (facts: DunningFacts) => facts.debts.some((debt) => debt.dueOn < facts.today);
const sent = (facts: DunningFacts, kind: string) => facts.earlier.some((letter) => letter.kind === kind);
const always = (): boolean => true;
const of =
  (...kinds: Facts['of'][]) =>
  (facts: Facts) =>
    kinds.includes(facts.of);
const boundary = (facts: Facts, kind: BoundaryFacts['kind'], test: (facts: never) => boolean = always): boolean =>
  facts.of === 'boundary' && facts.facts.kind === kind && test(facts.facts as never);
const owed = (facts: Facts): boolean =>
  (facts.of === 'money' || facts.of === 'report') &&
  facts.debts.length > 0 &&
  facts.debts.every((debt) => debt.openCents > 0);
const asked = (facts: Facts): boolean => owed(facts) && (facts as DunningFacts).payBy !== undefined;
const outside = (kind: 'week' | 'holiday' | 'closure') => (facts: Facts) =>
  facts.of === 'acknowledgement' && facts.outside?.kind === kind;
const leftOn = (facts: Facts) => (facts as { receivedAt?: number }).receivedAt !== undefined;

function row(fact: string, it: RegExp, en: RegExp, holds: Sentence['holds']): Sentence {
  return { fact, it, en, holds };
}

export const sentences: readonly Sentence[] = [
  // money
  row(
    'one invoice is overdue and not wholly paid',
    /^(faccio seguito .*|può esserLe sfuggito|magari ti è sfuggito|riprendo il mio .*|.* accreditato)?:? ?questa fattura non risulta ancora saldata\.$/,
    /(the following|[tT]his) invoice is still outstanding\.$/i,
    (f) => owed(f) && money(f, (m) => isOverdue(m) && invoices(m) === 1),
  ),
  row(
    'several invoices are overdue and not wholly paid',
    /^(faccio seguito .*|può esserLe sfuggito|magari ti è sfuggito|riprendo il mio .*|.* accreditato)?:? ?queste fatture non risultano ancora saldate\.$/,
    /(the following|[tT]hese) invoices are still outstanding\.$/i,
    (f) => owed(f) && money(f, (m) => isOverdue(m) && invoices(m) > 1),
  ),
  row(
    'a payment was confirmed and taken back',
    /confermato un pagamento che poi non è risultato accreditato/,
    /confirmed a payment that has since turned out not to have been credited/,
    (f) => money(f, (m) => m.confirmedOn !== undefined),
  ),
  row('a reminder left before', /promemoria d/, /my reminder of|payment reminder of/, (f) =>
    money(f, (m) => sent(m, 'payment-reminder')),
  ),
  row(
    'it falls due today or later, on one day',
    /^(Le|ti) ricordo la prossima scadenza:$/,
    /reminder of the payment that falls due next:$/,
    (f) => money(f, (m) => !isOverdue(m) && new Set(m.debts.map((debt) => debt.dueOn)).size === 1),
  ),
  row(
    'they fall due today or later, on several days',
    /^(Le|ti) ricordo le prossime scadenze:$/,
    /reminder of the payments that fall due next:$/,
    (f) => money(f, (m) => !isOverdue(m) && new Set(m.debts.map((debt) => debt.dueOn)).size > 1),
  ),
  row(
    'money is owed, and there is a day to pay by',
    /(disporre|fare) (il bonifico|i bonifici alle scadenze indicate, il primo) entro|saldare entro|^Resta(no)? da saldare entro/,
    /make the transfers? (by the due dates shown, the first )?by|settle (it|the amount) by|(is|are) to be paid by|^Still to be paid by/,
    asked,
  ),
  row(
    'a courtesy for who has paid since',
    /^(Se lo ha già fatto, La ringrazio|Se hai già pagato, grazie): non/,
    /^If you(’ve| have) already paid, thank you/,
    (f) => f.of === 'money',
  ),
  row(
    'a courtesy for who is about to pay',
    /^Se il bonifico è già partito, (La ringrazio|grazie)\.$/,
    /^If the transfer is already on its way, thank you\.$/,
    (f) => f.of === 'money',
  ),
  row(
    'an offer to mend it',
    /^Se (invece )?qualcosa non torna, o se (Le|ti) serve una copia/,
    /^If something does(n’t| not) look right, or you need a copy/,
    (f) => f.of === 'money',
  ),
  row(
    'the letter that pauses the work',
    /^Da oggi (quindi )?sospendo|^Da oggi sospendo quindi/,
    /pausing all work in progress from today/,
    (f) => money(f, (m) => m.kind === 'work-paused' && m.pausedOn === undefined),
  ),
  row(
    'the letter that pauses the work that another paused before',
    /^I lavori in corso sono sospesi d.* e restano sospesi/,
    /^Work in progress has been paused since .* and stays paused/,
    (f) => money(f, (m) => m.kind === 'work-paused' && m.pausedOn !== undefined),
  ),
  row(
    'the work waits for more than this letter asks for',
    /^Riprendo entro .* dall’arrivo di tutto quanto è scaduto\.$/,
    /^I(’ll pick it up again| will resume) within .* of (receiving everything that is overdue|everything overdue arriving)\.$/,
    (f) => money(f, (m) => m.resumeWithinDays >= 0 && m.pausedOn !== undefined),
  ),
  row(
    'days from payment to the resumption are agreed',
    /^Riprendo entro .* dall’arrivo del pagamento\.$/,
    /^I(’ll pick it up again| will resume) within .* (of receiving payment|of the payment arriving)\.$/,
    (f) => money(f, (m) => m.resumeWithinDays >= 0),
  ),
  row(
    'an offer of instalments',
    /(se|Se) preferisc[ei] pagare a rate/,
    /^If you(’d| would) rather pay in instalments/,
    (f) => money(f, (m) => m.kind === 'work-paused'),
  ),
  row(
    'money is owed: the total and where to',
    /^(Totale da saldare|IBAN|BIC|Intestatario|Causale|Coordinate bancarie): /,
    /^(Total to pay|IBAN|BIC|Account holder|Payment reference|Bank details): /,
    owed,
  ),
  row(
    'the next step may pause the work, from that day',
    /^Se entro .* potrei dover sospendere i lavori in corso\.$/,
    /^If the payment has(n’t| not) arrived by .* I may have to pause the work in progress from/,
    (f) => money(f, (m) => m.next?.effect === 'pause' && m.payBy !== undefined && m.next.on > m.payBy),
  ),
  row(
    'the next step may end the work',
    /^Se entro .* dovrò valutare se proseguire/,
    /^If the payment has(n’t| not) arrived by .* to consider whether to/,
    (f) => money(f, (m) => m.next?.effect === 'terminate'),
  ),
  // how the money went
  row(
    'money came',
    /^il pagamento è arrivato(: La ringrazio|, grazie)\.$/,
    /^Your payment has arrived, thank you\.$/,
    (f) => closing(f, (c) => c.settlement.received.length > 0 && c.settlement.receivedOn !== null),
  ),
  row(
    'payments are recorded, with their sums',
    /^(Ricevuto:|Totale ricevuto: )/,
    /^(Received:|Total received: )/,
    (f) => (f.of === 'report' ? f.payments.length > 0 : closing(f, (c) => c.settlement.received.length > 0)),
  ),
  row('more came in than these invoices ask for', /restano a (Suo|tuo) credito\.$/, /stays to your credit\.$/, (f) =>
    closing(f, (c) => (c.settlement.beyondCents ?? 0) > 0),
  ),
  row('invoices are void', /^Annullato, e quindi/, /^Cancelled, and so/, (f) =>
    closing(f, (c) => c.settlement.voided.length > 0),
  ),
  row('credit notes took it off', /^Stornato con nota di credito/, /^Taken off by credit note/, (f) =>
    closing(f, (c) => c.settlement.credited.length > 0),
  ),
  row(
    'something is disputed, and was not paid',
    /^Non compreso, perché in contestazione:$|^Ho preso nota della (Sua|tua) contestazione|^Finché non ci siamo chiariti/,
    /^Not included, because you dispute it:$|^I(’ve| have) noted that you dispute|^I (won’t|do not) ask you for it/,
    (f) => closing(f, (c) => c.settlement.disputed.length > 0),
  ),
  row(
    'the letter is about invoices on record',
    /^(Le|ti) scrivo a proposito di quest[ae] fattur[ae]\.$|^Se qualcosa non coincide con i/,
    /^I(’m| am) writing about (this|these) invoices?\.$|^If anything differs from your records, (just|please) reply here/,
    (f) => closing(f, ({ settlement: s }) => s.voided.length + s.credited.length + s.disputed.length > 0),
  ),
  row(
    'the work goes on, by a day that is to come',
    /^[Ii] lavori(, sospesi .*,)? riprendono entro |^(Alla ripresa Le|Quando riprendo ti) mand/,
    /^(The work( I)?( paused on .*)?|The paused work) (will resume|picks up again) by |^Once work has resumed/,
    (f) => closing(f, (c) => c.resumes),
  ),
  row('a letter left that paused it', /, sospesi (il|l’)/, /[Tt]he work( I)? paused on/, (f) =>
    closing(f, (c) => c.pausedOn !== undefined),
  ),
  row('a wish', /^Se nel frattempo le (Sue|tue) priorità/, /^If your priorities have changed/, (f) =>
    closing(f, (c) => c.resumes),
  ),
  row(
    'nothing is open and nothing disputed, in any currency',
    /^Non resta nulla da saldare/,
    /^Nothing remains to be paid/,
    (f) => closing(f, (c) => c.nothingRemains),
  ),
  row('it is a receipt', /^(Può conservare|Puoi tenere) questo messaggio/, /^You (may|can) keep this message/, (f) =>
    closing(f, (c) => c.kind === 'payment-received'),
  ),
  // the end
  row(
    'the letter that ends the work',
    /^(con questa lettera recedo dall’incarico|ti scrivo per chiudere la nostra collaborazione)/,
    /^(With this letter I end our engagement|I’m writing to end our work together)/,
    (f) => money(f, (m) => m.kind === 'termination'),
  ),
  row('just cause: unpaid invoices', /per giusta causa/, /(?!)/, (f) =>
    money(f, (m) => m.justCause === true && m.debts.length > 0),
  ),
  row('a clause of the contract is on record', /come prevede /, /as (set out|provided) in /, (f) =>
    money(f, (m) => m.clause !== undefined),
  ),
  row('the last day of the notice', /^L’ultimo giorno è /, /^The last day is /, (f) =>
    money(f, (m) => m.noticeOn !== undefined && m.milestone === undefined),
  ),
  row('the last day is that of the letter', /^L’ultimo giorno è oggi, /, /^The last day is today, /, (f) =>
    money(f, (m) => m.noticeOn !== undefined && m.noticeOn <= m.today),
  ),
  row('a milestone ends it', /chiude con il completamento di “/, /^It runs until “/, (f) =>
    money(f, (m) => m.milestone !== undefined),
  ),
  row('one reason', /^Il motivo è uno: /, /^There( is|’s) one reason: /, (f) =>
    money(f, (m) => m.reason !== undefined || m.debts.length > 0),
  ),
  row(
    'letters on the matter left before',
    /ho già scritto in proposito:$/,
    /^I (have written|wrote) to you about this before:$/,
    (f) => money(f, (m) => m.earlier.length > 0),
  ),
  row(
    'the day by which the client has what is hers',
    /^Entro .* (Le|ti) consegno ciò che è (Suo|tuo)/,
    /^By .* I(’ll| will) hand over what(’s| is) yours/,
    (f) => money(f, (m) => m.noticeOn !== undefined),
  ),
  row(
    'what is hers comes with the milestone',
    /^A quel punto (Le|ti) consegno/,
    /^At that point I(’ll| will) hand over/,
    (f) => money(f, (m) => m.noticeOn === undefined && m.milestone !== undefined),
  ),
  row('something is left to the payment', /^A conto saldato passano a/, /once the account is settled:$/, (f) =>
    money(f, (m) => (m.onPayment ?? []).length > 0),
  ),
  row(
    'work in the log is not invoiced',
    /^Il lavoro svolto e non ancora fatturato/,
    /^Work done and not yet invoiced/,
    (f) => money(f, (m) => m.unbilled === true),
  ),
  row('work is paid beyond the last day', /^Quanto ha(i)? pagato in anticipo/, /^What you(’ve| have) paid ahead/, (f) =>
    money(f, (m) => m.refundBy !== undefined),
  ),
  row('the work is paused', /^I lavori restano sospesi; resto a disposizione/, /^Work (remains|stays) paused; /, (f) =>
    money(f, (m) => m.paused === true),
  ),
  row(
    'the work is not paused, and there is notice',
    /^Fino ad allora proseguo i lavori concordati/,
    /^Until then I(’ll| will) carry on with the agreed work/,
    (f) => money(f, (m) => m.paused !== true && (m.noticeOn === undefined || m.noticeOn > m.today)),
  ),
  row(
    'no notice is left',
    /^Resto a disposizione per il passaggio/,
    /^I(’m still| remain) available for the handover/,
    (f) => money(f, (m) => m.noticeOn !== undefined && m.noticeOn <= m.today),
  ),
  row(
    'somebody is recommended',
    /^Per proseguire, (Le|ti) segnalo/,
    /^To (continue the work|carry on), I can recommend/,
    (f) => money(f, (m) => m.referral !== undefined),
  ),
  row(
    'thanks',
    /^(La ringrazio|Grazie) per il lavoro fatto insieme\.$/,
    /^Thank you for the work we(’ve| have) done together\.$/,
    of('money', 'report'),
  ),
  // the report
  row(
    'the work has ended',
    /^la nostra collaborazione si è conclusa/,
    /^Our work together ended on/,
    (f) => f.of === 'report' && f.endsOn < f.today,
  ),
  row('what follows is the report', /^Ecco il riepilogo\.$/, /^Here(’s| is) a summary\.$/, of('report')),
  row('work is in the log', /^Lavori svolti:$/, /^Work done:$/, (f) => f.of === 'report' && f.done.length > 0),
  row(
    'deliveries are in the log, or were handed over',
    /^Materiale consegnato:$/,
    /^(Material d|D)elivered:$/,
    (f) => f.of === 'report' && f.delivered.length > 0,
  ),
  row('payments are recorded', /^Pagamenti ricevuti:$/, /^Payments received:$/, (f) =>
    report(f, (r) => r.payments.length > 0),
  ),
  row(
    'nothing is open in any currency, and nothing was given up',
    /(^A|, a)d oggi non risultano importi scaduti\.$/,
    /(^A|, a)s of today nothing is overdue\.$/,
    (f) => report(f, (r) => r.isClear && r.debts.length + r.elsewhere.length === 0),
  ),
  row(
    'money is owed in another currency, too',
    /^(In altra valuta, entro lo stesso giorno:$|Totale in altra valuta: )/,
    /^(In another currency, by the same day:$|Total in another currency: )/,
    (f) => report(f, (r) => r.elsewhere.length > 0 && r.elsewhere.every((debt) => debt.currency !== r.currency)),
  ),
  row(
    'something is disputed, and nothing else of it is open',
    /^In contestazione, e non richiesto qui:$|^Questo riepilogo non decide|^Per il resto, /,
    /^In dispute, and not asked for here:$|^This report does(n’t| not) settle|^Apart from that, /,
    (f) => report(f, (r) => r.disputed.length > 0),
  ),
  row(
    'a day for objections',
    /^Se qualcosa non corrisponde ai (Suoi|tuoi) dati/,
    /^If anything differs from your records/,
    (f) => f.of === 'report' || f.of === 'closing',
  ),
  // contact
  row(
    'a message came, in hours',
    /^ho ricevuto il (Suo|tuo) messaggio di/,
    /^Thank(s| you) for your message, which arrived on/,
    (f) => f.of === 'acknowledgement' && f.outside === null,
  ),
  row(
    'it came outside the weekly hours',
    /fuori dai miei orari di contatto\.$/,
    /outside my contact hours\.$/,
    outside('week'),
  ),
  row('it came on a holiday', /in un giorno di festa\.$/, /a public holiday here\.$/, outside('holiday')),
  row('it came in a closure', /mentre lo studio era chiuso \(/, /while the studio was closed \(/, outside('closure')),
  row(
    'the answer is due by then',
    /(L’ho ricevuto e )?(Le|Ti|ti) rispond(erò|o) entro/,
    /^I(’ve got it, and I| have received it and| )?(’ll| will) reply by|^I’ve got it, and I’ll reply by/,
    (f) => f.of === 'acknowledgement' && f.promisedAt > f.receivedAt,
  ),
  row(
    'contact hours',
    /^(I miei orari di contatto:|Questi sono gli orari in cui leggo la posta e rispondo:|(lun|mar|mer|gio|ven|sab|dom|tutti)[ ,-])/,
    /^(My contact hours:|These are the hours (in which|when) I read and answer mail:|(Mon|Tue|Wed|Thu|Fri|Sat|Sun|every)[ ,-])/,
    leftOn,
  ),
  row(
    'the channels',
    /^Per il lavoro uso (questi canali|un solo canale): /,
    /^For work I use (these channels|one channel only|just one channel): /,
    leftOn,
  ),
  row(
    'all of the channels are written ones',
    /^Così (nulla va perso|non si perde nulla)\.$/,
    /^That way nothing gets lost\.$/,
    (f) => f.of === 'acknowledgement' && f.channels.every((one) => one === 'email'),
  ),
  row(
    'an invitation to add something',
    /^Se (nel frattempo )?vuo(le|i) aggiungere qualcosa/,
    /^If you (would like|want) to add anything/,
    leftOn,
  ),
  row(
    'it is automatic',
    /^Questa conferma (è automatica|parte da sola)/,
    /^This confirmation (is automatic|went out by itself)\.$|^The reply will come from me/,
    leftOn,
  ),
  // silence
  row('the request, and its day', /(Le|ti) ho chiesto:$/, /^On .* I asked you:$/, of('nudge')),
  row(
    'no answer came',
    /^Non ho ancora ricevuto risposta|^Per andare avanti mi serve/,
    /^I have(n’t had| not yet received) an answer|^I need your answer/,
    of('nudge'),
  ),
  row(
    'one day was lost',
    /^Finora si è perso 1 giorno/,
    /^The wait so far is 1 day[:,]/,
    (f) => f.of === 'nudge' && f.daysLost === 1,
  ),
  row(
    'several days were lost',
    /^Finora si sono persi \d+ giorni/,
    /^The wait so far is \d+ days/,
    (f) => f.of === 'nudge' && f.daysLost > 1,
  ),
  row(
    'a date of delivery was agreed',
    /la (nuova data di consegna è|consegna passa)/,
    /(the new delivery date is|delivery moves to)/,
    (f) => f.of === 'nudge' && f.newDeliveryOn !== null,
  ),
  row(
    'a day to answer by',
    /^(Riesci a|Riesce a|Le chiedo di|Ti chiedo di) risponder(mi|e) entro|^Riesce a rispondermi|^Riesci a rispondermi/,
    /^(Could you|Please) reply by/,
    of('nudge'),
  ),
  row(
    'an offer',
    /^Se (Le|ti) serve più tempo|^Se preferisc[ei] mettere in pausa|^Se mi ha(i)? già risposto/,
    /^If you need more time|^If you(’d| would) rather put|^If you(’ve| have) already answered/,
    of('nudge'),
  ),
  // where the line is
  row(
    'the day from which hours hold',
    /miei orari e canali di contatto, validi d/,
    /here are my contact hours and channels from/,
    (f) => boundary(f, 'boundary-hours'),
  ),
  row('hours and channels', /^(Orari|Canal[ei]): /, /^(Hours|Channels?): /, (f) => boundary(f, 'boundary-hours')),
  row('the phone is a channel', /^Telefono: /, /^Phone: /, (f) =>
    f.of === 'acknowledgement'
      ? typeof f.phoneHours === 'string'
      : boundary(f, 'boundary-hours', (b: { phoneHours: string | null }) => b.phoneHours !== null),
  ),
  row(
    'the response window, in working days',
    /^Di regola rispondo entro \d+ giorn[oi] lavorativ[oi]\.$/,
    /^As a rule I answer within \d+ working days?\.$/,
    (f) => boundary(f, 'boundary-hours'),
  ),
  row(
    'a message may come at any time',
    /^(Può scrivere|Scrivi pure) quando/,
    /^(You are welcome to w|W)rite whenever it suits you/,
    (f) => boundary(f, 'boundary-hours'),
  ),
  row(
    'the wish for these channels only',
    /^(Le|Ti) chiedo di usare solo quest[io] canal[ei](, così|\.)/,
    /^Please use only (these channels|this channel)(, so|\.)/,
    (f) => boundary(f, 'boundary-hours'),
  ),
  row(
    'all of the channels are written ones',
    /così ogni richiesta resta scritta/,
    /so (that )?every request is in writing/,
    (f) => f.of === 'boundary' && f.written,
  ),
  row(
    'an offer of another way',
    /^Se per (Lei|te) (c’è un ostacolo|è un problema)/,
    /^If (this is difficult for you|that’s a problem for you)/,
    (f) => boundary(f, 'boundary-hours'),
  ),
  row(
    'a division of decisions is proposed',
    /^per lavorare meglio|^A ogni consegna|^Tra una consegna e l’altra|^Se preferisc[ei] un’altra divisione/,
    /^To help us work well|^At each delivery|^Between deliveries|^If you(’d| would) prefer a different/,
    (f) => boundary(f, 'boundary-decisions'),
  ),
  row('revisions were agreed', /gli accordi comprendono \d+/, /what we agreed covers \d+/, (f) =>
    boundary(f, 'boundary-decisions', (b: { revisions: number | null }) => (b.revisions ?? 0) > 0),
  ),
  row('no revisions were agreed', /gli accordi non comprendono revisioni/, /what we agreed covers no revisions/, (f) =>
    boundary(f, 'boundary-decisions', (b: { revisions: number | null }) => b.revisions === 0),
  ),
  row('the client wrote so, on that day', /mi ha(i)? scritto:$/, /^On .* you wrote:$/, (f) =>
    boundary(f, 'boundary-scope'),
  ),
  row(
    'it goes beyond what was agreed, as the owner says',
    /^È una richiesta in più/,
    /^(This|That) goes beyond what we agreed/,
    (f) => boundary(f, 'boundary-scope'),
  ),
  row(
    'what was agreed is on record',
    /^È una richiesta in più .*, cioè:$/,
    /^(This|That) goes beyond .*, namely:$/,
    (f) => boundary(f, 'boundary-scope', (b: { scope: readonly string[] }) => b.scope.length > 0),
  ),
  row(
    'an offer of a quotation by a day',
    /^Se vuo(le|i), (Le|ti) mando un preventivo|^Se secondo/,
    /^If you (wish|like), I(’ll| will) send|^If you (believe|think)/,
    (f) => boundary(f, 'boundary-scope'),
  ),
  row(
    'the work goes on: it is not paused',
    /^Altrimenti proseguo con quanto concordato/,
    /^Otherwise I(’ll carry on| will continue) with what we agreed/,
    (f) => boundary(f, 'boundary-scope', (b: { paused: boolean }) => !b.paused),
  ),
  row(
    'no signed contract is on record',
    /^prima di procedere|^(Le|Ti) chiedo di (restituirmelo|rimandarmelo) firmato|^Se la firma arriva|^Se non ha(i)? il testo/,
    /^Before I (proceed|go ahead)|^It (sets out|says)|^Please (return it|send it back) signed|^If the signature|^If you do(n’t| not) have the text/,
    (f) => boundary(f, 'boundary-contract'),
  ),
  row('a beginning was agreed', /^(In questo modo|Così) posso iniziare/, /^(I can then|Then I can) start on/, (f) =>
    boundary(f, 'boundary-contract', (b: { startOn: string | null }) => b.startOn !== null),
  ),
  row(
    'no beginning was agreed',
    /^Appena lo ricevo, procedo\.$/,
    /^I(’ll go ahead| will proceed) as soon as I have it\.$/,
    (f) => boundary(f, 'boundary-contract', (b: { startOn: string | null }) => b.startOn === null),
  ),
];

/** The sentences of a letter's own: without greeting, signature, list items and quotations. */
export function sentencesOf(text: string, closing: RegExp): string[] {
  const lines = text.split('\n').slice(2);
  const end = lines.findIndex((line) => closing.test(line));
  return lines
    .slice(0, end)
    .filter((line) => line !== '' && !/^(- |“)/.test(line))
    .flatMap((line) => line.split(/(?<=[.?])(?<!art\.)\s+/));
}
