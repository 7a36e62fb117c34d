/**
 * Reads out of an automatic answer until when somebody is away, in the languages of written-days. A hint for a hold:
 * a day is given only where the words leave one possible, and nothing is taken as true because a mail says so.
 */
import type { ParsedMail } from './message.ts';
import { plainSpelling, words } from './spelling.ts';
import type { Instant, LocalDay, TimeZone } from './time.ts';
import { addDays, dayOf, daysBetween, localDay } from './time.ts';
import { mayNameDay, type WrittenDay, writtenDays } from './written-days.ts';

/** That somebody is not there. */
const absent = words(
  ...[
    'assent[ei]',
    'assenza',
    "fuori (?:ufficio|sede|studio|citta|dall'ufficio|per)",
    '(?:in|per|le|dalle|di) ferie',
    'ferie',
  ],
  ...[
    '(?:in|dalle|per) vacanz[ae]',
    '(?:in|per) malattia',
    '(?:in )?maternita',
    '(?:in )?paternita',
    'congedo',
    'in trasferta',
  ],
  ...['chius[oaie]', 'chiusur[ae]', 'chiuderemo', 'in viaggio'],
  'non (?:sono|saro|siamo|saremo|sara) (?:in|al|presente|disponibil[ei]|raggiungibil[ei]|reperibil[ei]|operativ[aio])',
  ...[
    'out of (?:the |my |our )?office',
    'ooo',
    'oof',
    'away',
    'on (?:\\p{L}+ )?leave',
    'annual leave',
    'parental leave',
  ],
  ...['(?:on|for|my) (?:vacation|holidays?)', 'vacation', 'holidays?', 'pto', 'closed', 'closure', 'absent', 'absence'],
  ...[
    'not (?:be )?(?:in|available|reachable|working)',
    'unavailable',
    'out sick',
    'travell?ing',
    'off work',
    'day off',
    'sabbatical',
  ],
  ...[
    'abwesen(?:d|heit)\\p{L}*',
    'nicht (?:im|am|da|anwesend|erreichbar|verfugbar)',
    'urlaub\\p{L}*',
    'ferien',
    'ausser haus',
  ],
  ...['geschlossen', 'betriebsferien', 'elternzeit', 'mutterschutz', 'krank\\p{L}*', 'dienstreise'],
  ...[
    'absente?',
    'absents',
    'en conges?',
    'conges?',
    'en vacances',
    'vacances',
    'fermee?s?',
    'fermeture',
    'indisponible',
    'en deplacement',
  ],
  ...['hors du bureau', 'pas (?:au bureau|joignable|disponible|present)'],
  ...['ausentes?', 'ausencia', 'fuera de (?:la )?oficina', 'de vacaciones', 'vacaciones', 'de baja', 'cerrad[oa]s?'],
  'no (?:estoy|estare|estaremos|estamos) (?:en|disponibles?)',
  ...[
    'afwezig(?:heid)?',
    'niet (?:aanwezig|bereikbaar|beschikbaar|op kantoor|in de gelegenheid)',
    '(?:op )?vakantie',
    '(?:met )?verlof',
  ],
  ...['gesloten', 'buiten kantoor', 'ziek', 'fora do escritorio', 'de ferias', 'ferias', 'licenca'],
);

/** That somebody is there again. "Get back to you" and "call back" are promises of an answer. */
const back = words(
  ...[
    'torno',
    'torna',
    'torniamo',
    'torner(?:o|a|emo)',
    'tornando',
    'tornare',
    'ritorno',
    'ritorner(?:o|a|emo)',
    'di ritorno',
  ],
  ...[
    'rientro',
    'rientra',
    'rientriamo',
    'rientrer(?:o|a|emo)',
    'rientrare',
    'di nuovo',
    'nuovamente',
    'riapr\\p{L}+',
    'riapertura',
  ],
  ...[
    'riprend\\p{L}+',
    'ripresa',
    '(?<!(?:get|getting|call|write|report)(?: you)? )back(?! to you)',
    'returns?',
    'returning',
  ],
  ...['reopen\\p{L}*', 'resum(?:e|es|ing)', '(?:available|reachable|open|in the office|at my desk|here) again'],
  ...['again (?:available|reachable|in)', 'zuruck', 'zurueck', 'wieder', 'ruckkehr', 'rueckkehr'],
  ...[
    '(?:de |mon |notre )retour',
    'retour (?:le|prevu|lundi|mardi|mercredi|jeudi|vendredi)',
    'reviens',
    'reviendr\\p{L}+',
    'rentrer?(?:ai|ons)?',
    '(?:a|de) nouveau',
    'reprend\\p{L}*',
    'reprise',
  ],
  ...[
    'rouvr\\p{L}+',
    'reouverture',
    'vuelvo',
    'volver(?:e|emos)',
    '(?:mi |de )?regreso',
    'regresar(?:e|emos)',
    '(?:de|mi) vuelta',
  ],
  ...[
    'reincorpor\\p{L}+',
    'de nuevo',
    'reabr\\p{L}+',
    'terug',
    'terugkomst',
    'weer',
    'volto',
    'voltar(?:ei|emos)',
    'de volta',
    'retorn\\p{L}+',
  ],
);

/** That somebody can be reached, or is there, from a day on, where no "not" stands before. */
const there = words(
  '(?:disponibil[ei]|operativ[oaie]|raggiungibil[ei]|reperibil[ei]|available|reachable|erreichbar|verfugbar|joignable|disponibles?|bereikbaar|localizable) (?:da|dal|from|as of|ab|vanaf|a partir|des|desde)',
  '(?:saro|saremo|sara) (?:in (?:ufficio|studio|sede)|operativ[oaie]|presente|raggiungibil[ei]|disponibil[ei])',
  "(?:will|'ll) be (?:in the office|at my desk|available|reachable|in)",
  '(?:bin|sind) (?:ich|wir) (?:im buro|da|erreichbar)',
  'serai (?:au bureau|present|presente|joignable|disponible)',
  'estare (?:en (?:la )?oficina|disponible)',
  'ben ik (?:op kantoor|aanwezig|bereikbaar)',
);
const denied = /(?<![a-z])(?:non|not|nicht|pas|no|niet|nao|un)\W{0,2}(?:[a-z]+\W){0,2}$/;

/** Hours of a firm, not of an absence. */
const open = words(
  ...[
    'apert[oaie]',
    'orari[o]?',
    'open',
    'opening hours',
    '(?:business|office|working) hours',
    '(?:ge)?offnet',
    'offnungszeiten',
  ],
  ...['burozeiten', 'ouverte?s?', 'horaires', 'abiert[oa]s?', 'horarios?', 'geopend', 'openingstijden', 'aberto'],
);

/** Every list of this file, by what it hears. */
export const absenceLists = { absent, back, there, open };

const article = "(?:(?:the|il|l'|den|dem|der|el|le|la|de|o|zum|zu|al|all') ?)?";
const untilWords =
  "(?:fino|sino|fin) (?:a tutto il|a tutto|alla|allo|al|all'|a)|until|till|til|up to|through|thru|bis|jusqu'(?:au|a|en)|hasta|tot|t\\/m|ate";
/** "until", perhaps with a word or two, right before the day. */
const untilBefore = new RegExp(`(?<![a-z])(?<until>${untilWords})(?![a-z])(?<between>[^.!?;\\d]{0,25})$`);
/** "until" in further languages, right before a day in figures or right behind it: "do dnia 12.12.2026", "12.12.2026 asti". */
const untilRightBefore =
  /(?<!\p{L})(?:do (?:dnia|dne)|pana (?:pe|la|in)|fins (?:al|a)|μεχρι(?: τις| και τις)?|εως(?: τις)?) $/u;
const untilRightBehind = /^(?:-?ig| asti| saakka|'?[ae] kadar| tarihine kadar)(?!\p{L})/u;
const inclusiveBefore =
  /^(?:(?:fino|sino|fin) a tutto|through|thru|t\/m)|and including|en met|och med|og med|und mit|einschliesslich|inklusive|inkl|including|inclus|compres/;
const inclusiveAfter =
  /^[,( ]{0,3}(?:incluso|inclusa|compreso|compresa|inclusive|inclusief|included|einschliesslich|inklusive|inkl|inclus|compris|incluido|inclusivo)/;
const connector = new RegExp(
  `^(?:st|nd|rd|th|o|°|\\.)?,? ?(?:[-–—]|to|through|thru|and|e|al|all'|alla|a|au|hasta|${untilWords})(?![a-z]) ?(?:einschliesslich |inkl\\.? |and including |en met |und mit )?${article}$`,
);
/** A day of the month whose month stands behind the end of the range: "dal 12 al 16 ottobre". */
const numberBefore = new RegExp(
  `(?<![\\d./:])\\d{1,2}(?:st|nd|rd|th|er|o|°|\\.)? ?(?:[-–—]|(?:to|through|thru|al|all'|a|au|hasta|${untilWords})(?![a-z])) ?(?:einschliesslich |en met )?${article}$`,
);
/** Two days that are each named: "nei giorni 8 e 9 ottobre". */
const andBefore = new RegExp(`(?<![\\d./:])\\d{1,2}(?:st|nd|rd|th|er|°|\\.)? (?:e|and|und|et|y|en) ${article}$`);
const fromBefore = new RegExp(
  `(?:^[^a-z]*|(?<![a-z])(?:da|dal|dall'|dalla|dallo|from|as of|starting|beginning|ab|vom|von|vanaf|van|a partir (?:de|del|du)|des|desde|du|since)(?: (?:on|dem|den|le|el|il|the))?[^a-z\\d]*|^[^a-z]*(?:il|am|on|le|el|op|the|l') ?)$`,
);

/** An absence is announced for less than this; a date further off was misread or is an old one. */
const longestAbsenceDays = 183;

interface Findings {
  /** days of return */
  returns: Set<LocalDay>;
  /** last days named, and whether they are days away */
  lasts: Map<LocalDay, boolean>;
  /** days after a length of time */
  lengths: Set<LocalDay>;
}

/**
 * The first day on which the writer is there again, as the text gives it: the day of return; else the day after the last
 * day away ("from … to", "through", "inclusive"); else the day until which she is away; else the end of the time said.
 * Null when no day or more than one is named, and when it is past or more than half a year off.
 * @param zone whose calendar `receivedAt` is read in
 */
export function outOfOfficeUntil(mail: ParsedMail, receivedAt: Instant, zone: TimeZone): LocalDay | null {
  const today = dayOf(receivedAt, zone);
  const { returns, lasts, lengths } = findingsIn(textOf(mail), { today, isNear: (day) => isNear(day, today) });
  if (returns.size > 0) return only([...returns]);
  if (lasts.size > 0) return only([...lasts].map(([day, isAway]) => (isAway ? addDays(day, 1) : day)));
  return only([...lengths]);
}

function only(days: LocalDay[]): LocalDay | null {
  return days.length === 1 ? (days[0] as LocalDay) : null;
}

/** Whether a day is named up to which, or on which, something is waited for: in an automatic answer that is an absence. */
export function namesReturn(mail: Pick<ParsedMail, 'subject' | 'text' | 'newText'>): boolean {
  const { returns, lasts, lengths } = findingsIn(textOf(mail), { today: anyDay, isNear: () => true });
  return returns.size + lasts.size + lengths.size > 0;
}

/** Whether a day is named does not depend on the day on which it is read. */
const anyDay = localDay('2026-01-01');

function textOf(mail: Pick<ParsedMail, 'subject' | 'text' | 'newText'>): string {
  const body = mail.newText.trim() === '' ? mail.text : mail.newText;
  return plainSpelling(`${mail.subject}\n\n${body.slice(0, 4000)}`)
    .replace(/([^\n])\n(?!\n)/g, '$1 ')
    .replace(/[ \t]+/g, ' ')
    .replace(/(?<!\d)(\d{1,2})\. (\d{1,2})\. (?=20\d\d(?!\d))/g, '$1.$2.');
}

function findingsIn(text: string, context: Omit<Context, 'findings'>): Findings {
  const findings: Findings = { returns: new Set(), lasts: new Map(), lengths: new Set() };
  for (const sentence of sentencesOf(text)) lookInto(sentence, { ...context, findings });
  return findings;
}

/** A point ends a sentence behind a word or a year, not behind a day ("19. Oktober") or a name cut short ("ott. "). */
function sentencesOf(text: string): string[] {
  return text
    .replace(/((?<![a-z])[a-z]{5,}|20\d\d|[)"'])\. /g, '$1;')
    .replace(/(?<![a-z])([a-z]{1,4})\. (?=[a-z])/g, (whole, word: string) => (shortened.has(word) ? whole : `${word};`))
    .split(/[!?;\n]+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

const shortened = new Set(
  'jan feb mar apr jun jul aug sep sept oct nov dec gen mag giu lug ago set sett ott dic okt dez janv fevr avr juil mon tue wed thu fri sat sun lun mer gio ven sab dom mo di mi do fr sa so inkl bzw ca no nr st dr sig tel'.split(
    ' ',
  ),
);

interface Context {
  today: LocalDay;
  isNear(day: LocalDay): boolean;
  findings: Findings;
}

function lookInto(sentence: string, context: Context): void {
  const { today, findings } = context;
  if (!mayNameDay(sentence)) return;
  const days = writtenDays(sentence, today);
  const isAway = absent.isIn(sentence);
  const others: (WrittenDay & { day: LocalDay })[] = [];
  for (const [index, written] of days.entries()) {
    const { day } = written;
    if (day === null || !context.isNear(day)) continue;
    const meaning = meaningOf(sentence, written, { previous: days[index - 1], isAway });
    if (meaning === 'return') findings.returns.add(day);
    else if (meaning === 'last day') findings.lasts.set(day, true);
    else if (meaning === 'until') findings.lasts.set(day, findings.lasts.get(day) ?? false);
    else others.push({ ...written, day });
  }
  if (findings.returns.size === 0) {
    const first = others.find((written) => isReturnBefore(sentence, written));
    if (first !== undefined) findings.returns.add(first.day);
  }
  const starts = others.find((written) => startsAt(sentence, written));
  lookForLength(sentence, { ...context, isAway, from: starts?.day ?? today });
}

function isNear(day: LocalDay, today: LocalDay): boolean {
  const ahead = daysBetween(today, day);
  return ahead >= 0 && ahead <= longestAbsenceDays;
}

function meaningOf(
  sentence: string,
  day: WrittenDay,
  { previous, isAway }: { previous: WrittenDay | undefined; isAway: boolean },
): 'return' | 'last day' | 'until' | undefined {
  const before = sentence.slice(Math.max(0, day.start - 70), day.start);
  const isSecond = isAway && day.kind === 'date' && andBefore.test(before);
  if (isSecond || isEndOfRange(sentence, day, previous)) {
    const isHours = open.isIn(sentence) || (day.kind === 'weekday' && !isAway);
    return isHours ? undefined : 'last day';
  }
  const until = untilBefore.exec(before);
  const comesBack = returnsIn(until === null ? before : before.slice(0, until.index));
  if (until === null) {
    if (comesBack) return 'return';
    return untilRightBefore.test(before) || untilRightBehind.test(sentence.slice(day.end)) ? 'until' : undefined;
  }
  if (
    comesBack &&
    /\W(?:until|till|bis|hasta|tot|fino al?|jusqu'au)\W*$/.test(` ${until['0']}`) &&
    isDeniedReturn(before)
  )
    return 'return';
  const isInclusive = inclusiveBefore.test(until[0]) || inclusiveAfter.test(sentence.slice(day.end, day.end + 30));
  return isInclusive ? 'last day' : 'until';
}

/** "will not return until", "non torno fino al": what is waited for is the return itself. */
function isDeniedReturn(before: string): boolean {
  return /(?<![a-z])(?:not|non|nicht|erst|no|niet|ne|pas|won't)(?![a-z])/.test(before);
}

function isEndOfRange(sentence: string, day: WrittenDay, previous: WrittenDay | undefined): boolean {
  if (day.endsRange) return true;
  if (previous !== undefined && connector.test(sentence.slice(previous.end, day.start))) return true;
  // "dal 12 ottobre al 16": the word between belongs to the second
  const isBeside = previous !== undefined && sentence.slice(previous.end, day.start).trim() === '';
  if (isBeside && day.kind === 'day of month' && /^(?:al|all'|au)(?![a-z])/.test(sentence.slice(day.start)))
    return true;
  return day.kind === 'date' && numberBefore.test(sentence.slice(Math.max(0, day.start - 40), day.start));
}

/** A word of return, and after it no clock time and no word that somebody is away. */
function returnsIn(before: string): boolean {
  const found = back.find(before);
  if (found !== null)
    return !/(?<![a-z])(?:alle|ore|at|um|closed|chius|geschlossen|ferme|cerrado|gesloten|away|assente)(?![a-z])/.test(
      found.plain.slice(found.at),
    );
  const available = there.find(before);
  return available !== null && !denied.test(available.plain.slice(0, available.at));
}

/** German and Dutch put it last: "Ich bin am Montag wieder da". */
const backRightBehind = /^[ ,)]{0,3}(?:wieder|zuruck|zurueck|weer|terug)(?![a-z])/;

/** "Ab Montag, 19. Oktober, bin ich wieder erreichbar." */
function isReturnBefore(sentence: string, day: WrittenDay): boolean {
  const after = sentence.slice(day.end, day.end + 70);
  if (backRightBehind.test(after)) return true;
  if (!startsAt(sentence, day)) return false;
  const found = back.find(after);
  return found !== null && !absent.isIn(found.plain.slice(0, found.at)) && !/\d/.test(found.plain.slice(0, found.at));
}

function startsAt(sentence: string, day: WrittenDay): boolean {
  return fromBefore.test(sentence.slice(Math.max(0, day.start - 40), day.start));
}

const numbers: Record<string, number> = {};
for (const [index, names] of [
  'a an one un una uno une ein eine einen einer einem een um uma',
  'two due zwei deux dos twee dois duas',
  'three tre drei trois tres drie',
  'four quattro vier quatre cuatro quatro',
  'five cinque funf fuenf cinq cinco vijf',
  'six sei sechs seis zes',
  'seven sette sieben sept siete zeven',
  'eight otto acht huit ocho',
].entries())
  for (const name of names.split(' ')) numbers[name] = index + 1;
numbers['ten'] = numbers['dieci'] = numbers['zehn'] = numbers['dix'] = numbers['diez'] = numbers['tien'] = 10;

const amount = `(?<amount>\\d{1,2}|${Object.keys(numbers)
  .toSorted((a, b) => b.length - a.length)
  .join('|')})`;
const units =
  '(?:(?<days>days?|giorn[oi]|tage?n?|jours?|dias?|dag(?:en)?)|(?<weeks>weeks?|settiman[ae]|wochen?|semaines?|semanas?|weken|week)|(?<months>months?|mes[ei]s?|monate?n?|mois|maand(?:en)?))(?! ?(?:lavorativ|ouvr|habil|laborable|uteis))(?![a-z])';
const next =
  '(?:the next|next|i prossimi|le prossime|prossim[ie]|die nachsten|den nachsten|nachsten|les|los proximos|las proximas|de komende|komende)';
const lengthAway = new RegExp(
  `(?<![a-z])(?:(?:for|per|fur|fuer|pendant|pour|durante|por|voor|gedurende) (?:${next} )?|${next} )${amount} (?:prochaine?s )?${units}`,
);
/** "Ich bin zwei Wochen im Urlaub." */
const lengthBeforeAway = new RegExp(
  `(?<![a-z])${amount} ${units} (?:im urlaub|in urlaub|abwesend|nicht (?:im|da|erreichbar)|in ferie|assente|en vacances|absente?|de vacaciones|op vakantie|met vakantie|afwezig|on leave|away)(?![a-z])`,
);
const lengthToReturn = new RegExp(`(?<![a-z])(?:in|tra|fra|dans|en|over|dentro de|em) ${amount} ${units}`);

/** "for two weeks", "torno tra dieci giorni". */
function lookForLength(
  sentence: string,
  { today, isNear: isNearEnough, findings, isAway, from }: Context & { isAway: boolean; from: LocalDay },
): void {
  const away = isAway ? (lengthAway.exec(sentence) ?? lengthBeforeAway.exec(sentence)) : null;
  const found = away ?? (back.isIn(sentence) ? lengthToReturn.exec(sentence) : null);
  const groups = found?.groups;
  if (groups === undefined) return;
  const written = groups['amount'] as string;
  const count = numbers[written] ?? Number(written);
  const unit = groups['days'] !== undefined ? 1 : groups['weeks'] !== undefined ? 7 : 30;
  const day = addDays(away === null ? today : from, count * unit);
  if (isNearEnough(day)) findings.lengths.add(day);
}
