/**
 * Hears four things in a client's sentences, Italian and English: pressure, a wish for more, a wish for changes, control.
 * A sentence that matches is quoted as evidence; it proves nothing by itself, and no verdict is made here.
 */
import { plainSpelling, type Words, words } from './spelling.ts';

const longestText = 20_000;
const longestQuote = 200;

/**
 * A text cut into sentences, blanks folded, each at most 200 characters long. A break after a full line is a soft wrap;
 * after a short one it ends the sentence. Very long texts are read to 20,000 characters.
 */
export function sentences(text: string): string[] {
  if (text === '') return [];
  return unwrapped(text.slice(0, longestText).replace(/[’`´]/g, "'").replace(/\r\n?/g, '\n'))
    .split(/(?<=[.!?])\s+|\n+/u)
    .map((sentence) => sentence.replace(/\s+/gu, ' ').trim())
    .filter((sentence) => sentence !== '')
    .map((sentence) => (sentence.length > longestQuote ? `${sentence.slice(0, longestQuote - 1)}…` : sentence));
}

const fullLine = 55;

function unwrapped(text: string): string {
  const lines = text.split('\n');
  return lines.reduce((before, line, index) => {
    const isSoft = line !== '' && (lines[index - 1] as string).length >= fullLine;
    return `${before}${isSoft ? ' ' : '\n'}${line}`;
  });
}

const urgent = words(
  'urgent(?:e|i|issim[oaie]|emente)?',
  'urgenza',
  'urgently',
  'asap',
  'a\\.s\\.a\\.p\\.?',
  'as soon as possible',
  'il prima possibile',
  'al piu presto',
  'immediatamente',
  'immediately',
  'right away',
  'right now',
);

const sameDay = words(
  'entro (?:oggi|stasera|stanotte|la giornata|fine giornata|(?:le )?\\d{1,2}(?:[:.]\\d{2})? di oggi)',
  'in giornata',
  'oggi stesso',
  'mi serve (?:per )?(?:oggi|stasera)',
  'by (?:today|tonight|eod|cob|(?:the )?end of (?:the )?day|close of business|this evening)',
  'before (?:tonight|the end of the day)',
  'need (?:it|this|that|them) (?:today|tonight|now)',
);

/** 'non è urgente', 'nothing urgent': a denial shortly before the word, with no comma between. */
const denied =
  /(?<![\p{L}\p{N}])(?:non|no|nessun[ao]?|niente|nulla|senza|not|isn't|nothing|never|without)(?![\p{L}\p{N}])[^,;:]{0,25}$/u;

/** Urgent words or a deadline of the same day. */
export function pressing(sentence: string): boolean {
  return saysPlainly(sentence, urgent) || saysPlainly(sentence, sameDay);
}

function saysPlainly(sentence: string, heard: Words): boolean {
  const found = heard.find(sentence);
  return found !== null && !denied.test(found.plain.slice(0, found.at));
}

const more = words(
  'gia che ci (?:sei|siete|siamo|e)',
  'visto che ci (?:sei|siete|siamo)',
  "un'altra (?:cosa|cosina|modifica|richiesta)",
  "un'ultima (?:cosa|cosina|modifica|richiesta)",
  'una piccola (?:aggiunta|modifica|cosa)',
  '(?:potresti|potrebbe|potreste|puoi|puo|potete) anche',
  '(?:aggiungi|aggiungere|aggiungiamo|aggiungete) anche',
  'mi (?:serve|servirebbe|servono) anche',
  "while you(?:'re| are) at it",
  'one (?:more|last) (?:thing|change|request)',
  '(?:could|can|would) you also',
  '(?:could|can) (?:you|we) (?:just )?add',
  '(?:i|we) also (?:need|want|would like)',
  '(?:quick|small|tiny|little) (?:addition|extra|favou?r)',
);

/** Money, papers and meetings are not work beyond the scope; nor is asking what it would cost. */
const paperwork = words(
  'fattur[ae]',
  'ricevut[ae]',
  'preventiv[oi]',
  'bonifico',
  'iban',
  'contratto',
  'appuntamento',
  'chiamata',
  'chiamar(?:mi|ci)',
  'quanto (?:costa|costerebbe|verrebbe)',
  'invoice',
  'receipt',
  'quote',
  'estimate',
  'payment',
  'contract',
  'call',
  'meeting',
  'how much',
);

/** Asks for something on top. */
export function asksForMore(sentence: string): boolean {
  return more.isIn(sentence) && !paperwork.isIn(sentence);
}

const revision = words(
  'revision[ei]',
  'modific(?:a|he|are|hiamo)',
  'correzion[ei]',
  'correggi(?:amo)?',
  'rifar(?:e|lo|la)',
  'revisions?',
  'tweaks?',
  'rework',
  'redo',
  'changes? to',
  'please change',
  '(?:could|can|would) you change',
);

/** Asks to change what was delivered. */
export function asksForRevision(sentence: string): boolean {
  return saysPlainly(sentence, revision) && !paperwork.isIn(sentence);
}

const controlling = words(
  'prima di (?:procedere|andare avanti|inviare|pubblicare)[^.]{0,40}(?:approv\\p{L}+|ok|chied\\p{L}+|veder\\p{L}+)',
  '(?:aspetta|attendi|aspettate|attenda) (?:il )?(?:mio|nostro) (?:ok|via libera|benestare)',
  '(?:voglio|vorrei|devo) (?:vedere|approvare|controllare) (?:tutto|ogni|prima)',
  '(?:mettimi|mi metta|mettetemi) (?:sempre )?in copia',
  'tienimi aggiornat[oa] (?:su|ogni|passo)',
  'run (?:it|this|everything) by me',
  'check with me (?:before|first)',
  '(?:wait for|need|get) my (?:approval|ok|sign-?off)',
  '(?:i|we) (?:want|need|have) to (?:approve|see|check) (?:every|each|all|it first)\\p{L}*',
  'cc me on (?:everything|all)',
  'keep me (?:updated|posted) (?:on|at) every',
);

/** Every list of this file, by what it hears. */
export const signLists = { urgent, sameDay, more, paperwork, revision, controlling };

/** Takes decisions back: asks to approve, to see first, to be in every copy. */
export function controls(sentence: string): boolean {
  return controlling.isIn(sentence);
}

/** Whether a sentence shares a word of substance with a line of the scope: then it is taken to be within it. */
export function isWithin(sentence: string, scope: readonly string[]): boolean {
  const agreed = new Set(scope.flatMap(stems));
  return stems(sentence).some((stem) => agreed.has(stem));
}

/** Beginnings of words that say nothing about the work. */
const fillers = new Set(
  (
    'anche potre picco aggiu altra ultim vorre servi quest quell della delle degli nella alla dopo solo cosa come sono ' +
    'fare dare puoi ogni per more could would while small quick thing pleas there about littl with also that this what ' +
    'from your need have just like want'
  ).split(' '),
);

/** The first five letters of words of four and more. */
function stems(text: string): string[] {
  return (plainSpelling(text).match(/\p{L}{4,}/gu) ?? [])
    .map((word) => word.slice(0, 5))
    .filter((stem) => !fillers.has(stem));
}

const each = (befores: readonly string[], afters: readonly string[]) =>
  befores.flatMap((before) => afters.map((after) => `${before} ${after}`));

/**
 * Words and phrases of which at least one stands in every sentence that any pattern above hears: what a search index
 * is asked for, so that only messages worth listening to are read. Lower case, without accents and apostrophes; one
 * that ends in * is a beginning. They may find too much, never too little.
 */
export const cues: readonly string[] = [
  ...['urgen*', 'asap', 'a s a p', 'soon as possible', 'prima possibile', 'piu presto', 'immediat*'],
  ...['right away', 'right now', 'di oggi', 'in giornata', 'oggi stesso', 'end of day', 'end of the day'],
  ...['close of business', 'by this evening', 'before tonight', 'before the end of the day'],
  ...each(['entro'], ['oggi', 'stasera', 'stanotte', 'la giornata', 'fine giornata']),
  ...each(['serve', 'serve per'], ['oggi', 'stasera']),
  ...each(['by'], ['today', 'tonight', 'eod', 'cob']),
  ...each(['need it', 'need this', 'need that', 'need them'], ['today', 'tonight', 'now']),
  ...['gia che ci', 'visto che ci', 'at it'],
  ...each(['altra', 'ultima'], ['cosa', 'cosina', 'modifica', 'richiesta']),
  ...each(['piccola'], ['aggiunta', 'modifica', 'cosa']),
  ...each(['potresti', 'potrebbe', 'potreste', 'puoi', 'puo', 'potete'], ['anche']),
  ...each(['aggiungi', 'aggiungere', 'aggiungiamo', 'aggiungete'], ['anche']),
  ...each(['mi'], ['serve anche', 'servirebbe anche', 'servono anche']),
  ...each(['one more', 'one last'], ['thing', 'change', 'request']),
  ...each(['could you', 'can you', 'would you'], ['also']),
  ...each(['you', 'we', 'just'], ['add']),
  ...each(['also'], ['need', 'want', 'would like']),
  ...each(['quick', 'small', 'tiny', 'little'], ['addition', 'extra', 'favor', 'favour']),
  ...['revision*', 'modific*', 'correzion*', 'corregg*', 'rifar*', 'tweak*', 'rework', 'redo'],
  ...['change to', 'changes to', 'please change', 'you change'],
  ...each(['prima di'], ['procedere', 'andare avanti', 'inviare', 'pubblicare']),
  ...each(['mio', 'nostro'], ['ok', 'via libera', 'benestare']),
  ...each(['vedere', 'approvare', 'controllare'], ['tutto', 'ogni', 'prima']),
  ...['in copia', 'tienimi aggiornat*', 'by me', 'check with me'],
  ...each(['my'], ['approval', 'ok', 'sign off', 'signoff']),
  ...each(['to approve', 'to see', 'to check'], ['every*', 'each*', 'all*', 'it first*']),
  ...each(['cc me on'], ['everything', 'all']),
  ...each(['keep me'], ['updated', 'posted']),
];
