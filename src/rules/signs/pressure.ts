/** Several messages before an answer was due, urgent words, deadlines of the same day. */
import { phrases } from '../phrases.ts';
import { type Evidence, humanIn, quotesOf, sign, type SignWindow, speaks, tooFew } from '../sign.ts';
import type { Instant } from '../time.ts';
import { count } from '../words.ts';

/** A promise of the writer himself is no pressure. */
const ofHimself =
  '!rispondo|rispondero|rispondiamo|risponderemo|mando|mandero|manderemo|invio|inviero|invieremo|faro|faremo|richiamo|ricontatto|ricontatteremo|provvedo|provvedero|provvederemo|confermo|confermero|saro|arrivo|torno|ll|reply';

const pressing = phrases(
  [
    `urgent*|urgenz*|emergenz* ${ofHimself} !numero|numeri`,
    'urgently|urgency|emergency !number|numbers|room|contact',
    'asap',
    'a s a p',
    `prima possibile ${ofHimself}`,
    `al piu presto ${ofHimself}`,
    `immediatamente ${ofHimself}`,
    'need|want|must|send|call|reply|answer|do|done|fixed .. immediately !i|we|can',
    '^ immediately',
    'soon as possible !i|ll|we',
    'soon as possible .. you',
    'need|want|send|please .. soon as possible',
    'need|want|must|send|call|reply|answer|do|done|fixed|it .. right away|now !i|am|are|not|from|download',
    'i|we need|want .. right away|now',
    'right away|now !am|is|are|not|download|i|moment|ok',
    'entro .. oggi|stasera|stanotte|domattina|mezzanotte|stamattina|stamani',
    'entro questa|sta sera|serata|mattina|notte',
    'entro la|fine|il giornata|serata|pomeriggio|mattinata|mattina',
    'entro un|mezz|un|due|tre|qualche|poche|poca ora|ore|mezzora|minuti',
    'entro domani mattina|presto|alle|mezzogiorno',
    'entro .. di|del oggi',
    'in giornata',
    'oggi stesso !pago|ti|vi|saldo|bonifico',
    `serve|servono|servirebbe|servirebbero|bisogno|occorre|occorrono|voglio|vogliamo|mandami|mandamelo|mandamela|inviami|fammi|fallo|devi|dovete|deve|pretendo|esigo|dammi|datemi|consegna* .. subito|stasera|stanotte|adesso|domattina|immediatamente !rispondo`,
    'serve|servono|voglio|mandami|mandamelo|inviami|devi|dovete|pretendo|dammi per? oggi|stasera|stanotte|ieri',
    'serviva|servivano|servirebbe .. ieri',
    'domani mattina|presto|alle .. serve|servono|voglio|aspetto|pronto|pronta',
    'domattina .. serve|servono|voglio|devo|deve|pronto|pronta',
    'lo|la|li|le|tutto voglio|vogliamo per|entro|adesso|subito oggi|stasera|domani|stanotte|domattina',
    'per domani mattina|alle|presto',
    'devi|dovete|deve finire|finirlo|finirla|consegnare|consegnarlo|mandarmelo|mandarmi|farlo|farmelo|completare|chiudere .. entro|oggi|stasera|domani|subito|stanotte',
    `subito $ ${ofHimself}`,
    'fallo|fatelo|rispondi|rispondimi|chiamami|richiamami|mandamelo|muoviti|sbrigati|sbrigatevi|vieni subito|ora|adesso|immediatamente',
    'muoviti|sbrigati|sbrigatevi|muovetevi',
    'datti|diamoci|datevi una mossa',
    'non rispondi|rispondete',
    'non mi|ci rispondi|rispondete|hai|avete risposto|ancora?',
    'non mi|ci risponde nessuno|piu|mai',
    'perche non mi|ci? rispondi|rispondete|hai|richiami|scrivi',
    'quando mi|ci? rispondi|rispondete $?',
    'ti|vi ho scritto|chiamato|cercato|mandato .. volte|ora|ore|minuti|giorni fa?',
    'ti|vi ho gia scritto|chiamato|cercato|mandato',
    'ti ho scritto|chiamato|cercato .. non|ancora|nessuna',
    'ancora nessuna risposta|notizia|novita',
    'sono|e ore|giorni|un|mezz .. che aspetto|aspettiamo|attendo|attendiamo',
    'sto|stiamo ancora|sempre? aspettando',
    'aspetto|aspettiamo|attendo ancora|da .. risposta|ieri|ore|giorni|stamattina',
    '^ ci sei|siete $?',
    '^ pronto $?',
    'dove sei|siete finit*|sparit*',
    'che fine hai|avete fatto',
    'rispondimi|rispondetemi|rispondi per favore|subito|quando',
    'rispondi $',
    'non posso|possiamo|puo|si aspettare|attendere|aspetta piu',
    'non c e|abbiamo|ho piu? tempo da|piu|per',
    'lascia|lasciate|molla|mollate|metti tutto|da .. !invariat*',
    'priorita assoluta|massima|altissima|numero',
    'precedenza su|assoluta a?',
    'so che e|sei|siete .. domenica|sabato|tardi|notte|sera|festa|ferie|vacanza ma|pero',
    'scusa|scusi|scusate l|per|il l? ora|orario|disturbo|weekend|domenica|sera ma|pero',
    'anche se e|sei domenica|sabato|tardi|notte|festa|ferie|vacanza',
    'lavora|lavoraci|lavorarci|fallo|farlo|finiscilo|finirlo|lavori .. weekend|domenica|sabato|notte|stanotte|stasera|natale|pasqua|ferragosto',
    'scade|scadenza|consegna e? oggi|stasera|domattina',
    'quanto manca|tempo ancora|ti|ci|vuoi $?',
    'allora .. quando|novita|hai|avete $?',
    'perche ci|stai|state metti|mettete|mettendo tanto|cosi',
    'e una|questione questione? di vita|ore|minuti',
    'by today|tonight|eod|cob|midnight|noon',
    'by the? end of the? day|business',
    'by close of business',
    'by this|tomorrow evening|afternoon|morning|noon',
    'by first thing',
    'first thing tomorrow|in',
    'before tonight|midnight|noon',
    'before the end of the day',
    'need|needs|want|must|expect .. today|tonight|now|immediately !not|any',
    'need|needed|want|wanted .. yesterday !not',
    'need|want|expect .. by|before|for tomorrow|tonight|monday|noon morning?',
    'tomorrow morning .. need|want|latest',
    'why haven|aren|didn|don|havent|arent|didnt t? you .. answer*|reply|replied|respond*|called|pick*',
    'you haven|havent|still|didn t? .. answered|replied|responded|answer',
    'still waiting|no !for your payment',
    'still no|haven|not reply|answer|response|heard',
    'no reply|answer|response yet|so|from you',
    'where are you $?',
    'are you there|ignoring|alive',
    'can t|cannot|cant|can not wait until|till|any|that|longer|for !see|meet',
    'this|it can t|cannot|cant wait',
    'drop everything|whatever|what',
    'top|highest|absolute|number priority',
    'please hurry',
    'hurry up|please',
    'quick|quickly|fast please|pls',
    'sorry for|about|to the|bother|text|write|disturb|call .. hour|late|night|weekend|sunday but',
    'i know it s|is .. late|sunday|saturday|weekend|holiday|night but',
    'even if|though it s|is .. late|sunday|saturday|weekend|holiday',
    'work on|over|through the|this|it weekend|night|evening|tonight',
    'why is|does this|it .. taking|take so long',
    'what s|is taking so long',
    'how much longer $?',
    'texted|called|emailed|messaged|written|wrote you .. times|twice|hour|hours|minutes',
    'call|answer|reply|text|email|write me|back now|immediately|today|tonight',
    'the deadline is today|tonight|tomorrow',
    'life|matter of|or death|hours',
    'running out of time',
    'no time to lose|waste|lose',
    'need|want .. this|it|them now|done|finished today|tonight|now',
  ],
  { unlessDenied: true },
);

const limits = {
  contacts: 5,
  pressingMessages: 3,
  crowdedWindow: 3,
} as const;

export const pressure = sign({
  name: 'pressure',
  title: 'pressure',
  weight: 1.5,
  answer: 'boundary',
  listens: { pressing },
  rule(facts, now, heard) {
    const messages = humanIn(facts);
    const urgent = quotesOf(heard('pressing'));
    const receivedAt = new Map(messages.map((message) => [message.id, message.receivedAt]));
    const crowding = facts.windows.flatMap((window) => beforeAnswerWasDue(window, receivedAt, now));
    const known = new Set(urgent.map((one) => one.messageId));
    const evidence: Evidence[] = [
      ...urgent,
      ...crowding.filter((id) => !known.has(id)).map((messageId) => ({ messageId })),
    ];
    if (evidence.length === 0) return null;
    if (messages.length < limits.contacts) {
      return tooFew(
        `${count(messages.length, 'message')}: too few to tell (${evidence.length} with pressure)`,
        evidence,
      );
    }
    if (evidence.length < limits.pressingMessages) return null;
    const parts = [
      urgent.length > 0 ? `${count(urgent.length, 'message')} with urgent words or a deadline of the same day` : '',
      crowding.length > 0 ? `${count(crowding.length, 'message')} sent again before an answer was due` : '',
    ].filter((part) => part !== '');
    return speaks(
      Math.max(0.3, evidence.length / messages.length),
      `${parts.join(', ')}, of ${messages.length}`,
      evidence.slice(-5),
    );
  },
});

/** The third message and those after it that came while the answer was neither given nor due. */
function beforeAnswerWasDue(window: SignWindow, receivedAt: ReadonlyMap<number, Instant>, now: Instant): number[] {
  const end = Math.min(window.answeredAt ?? now, window.dueAt);
  const early = window.messageIds.filter((id) => (receivedAt.get(id) ?? Number.POSITIVE_INFINITY) <= end);
  return early.slice(limits.crowdedWindow - 1);
}
