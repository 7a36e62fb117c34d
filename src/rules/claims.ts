/**
 * Reads out of people's words, Italian and English, whether somebody says that money was sent. A hint for a hold;
 * nothing is taken as true because a mail says so.
 */
import { matching, plainSpelling, words } from './spelling.ts';

/** In plain spelling. */
const paymentClaims = [
  // "ho pagato", "abbiamo già effettuato il bonifico"
  '\\b(?:ho|abbiamo|hanno|avendo) (?:gia |appena |ora |oggi |ieri )?(?:provveduto a )?(?:pagat[oa]|saldat[oa]|liquidat[oa]|bonificato|versato|pagarl[ao]|saldarl[ao])',
  '\\b(?:ho|abbiamo|hanno) (?:gia |appena |ora |oggi |ieri )?(?:effettuato|fatto(?: partire)?|disposto|inviato|eseguito|mandato|ordinato|provveduto al) ?(?:il |un |l.|oggi il |ieri il )?(?:bonifico|pagamento|saldo|versamento)',
  // "bonifico effettuato", "il pagamento è stato eseguito ieri"
  '\\b(?:bonifico|pagamento|saldo|versamento) (?:\\p{L}+ )?(?:e )?(?:gia )?(?:stato |partito )?(?:gia )?(?:effettuato|eseguito|fatto|disposto|inviato|partito|ordinato|avvenuto)\\b',
  '\\bfattur[ae] (?:[^ ]+ ){0,4}?(?:e |sono |risulta |risultano )?(?:gia )?(?:stat[ae] )?(?:pagat[ae]|saldat[ae]|liquidat[ae])\\b',
  '\\b(?:contabile|ricevuta|distinta|copia) del (?:bonifico|pagamento)',
  '\\b(?:allego|allegata|in allegato|ecco|(?:ti|le|vi) (?:mando|invio|giro|allego)) (?:la |copia (?:della )?)?(?:contabile|distinta)\\b',
  '\\bgia (?:pagat|saldat)[oaei]\\b',
  // "I have just paid", "we've made the transfer"
  "\\b(?:i|we|they)(?:'ve| have)? (?:already |just |now |both )?(?:paid|wired|settled|transferred)\\b",
  "\\b(?:i|we|they)(?:'ve| have)? (?:already |just |now )?(?:sent|made|initiated|arranged|done) (?:the |a |your |our |you the )?(?:bank )?(?:payment|transfer|money|wire)\\b",
  // "payment sent", "the invoice has been paid"
  '\\b(?:payment|transfer|invoice|bill|wire|balance) (?:[^ ]+ ){0,3}?(?:was |has been |is |have been |were )?(?:already |just )?(?:sent|made|paid|settled|completed|transferred|wired|processed|initiated|executed)\\b',
  '\\b(?:payment|transfer) is (?:already )?on (?:its|the) way\\b',
  '\\bproof of payment\\b',
  '\\balready paid\\b',
  '\\bpaid (?:today|yesterday|this morning|in full)\\b',
];
const claimsPayment = matching(paymentClaims.join('|'), paymentClaims);

/** All that a sentence typed on a telephone says: "Pagato 👍", "Saldato tutto stamattina", "Paid." In plain spelling. */
const bareClaims = [
  '(?:tutto |appena )?(?:pagat|saldat|bonificat)[oaie](?: (?:tutt[oaie]|oggi|ieri|ora|adesso|stamattina|stamani|stasera|poco fa))*',
  '(?:all |just |now )?paid(?: (?:it|all|now|just now))?',
];
const barelyClaims = matching(`^(?:${bareClaims.join('|')})$`, bareClaims);

/** Words that turn a claim into its contrary, a condition, a wish or a promise. */
const notYet = words(
  ...['non', 'mai', 'nessun[oa]?', 'senza', 'se', 'quando', 'appena avr\\p{L}*', 'dopo (?:che|aver)', 'sara', 'verra'],
  ...['deve', 'va', 'essere', 'not', 'never', 'no', "\\p{L}+n't", 'unpaid', 'until', 'if', 'when', 'once', 'whether'],
  ...['as soon as', 'will', 'to be', 'must', 'should', 'would', 'could', 'after', 'before', 'cannot', 'be'],
);

/** Every list of this file that looks for words, by what it hears. @internal for the test that spells them otherwise */
export const claimLists = { claimsPayment, barelyClaims, notYet };

/**
 * Whether a text says that money was sent: "ho pagato", "bonifico effettuato", "payment sent". A hint that proposes a
 * hold; only the owner's record of a payment makes it one. Questions, conditions and denials do not count.
 * @param text the new text of a message, without quotation
 */
export function isPaymentClaim(text: string): boolean {
  const flowing = plainSpelling(text.slice(0, 20_000))
    .replace(/([^\n])\n(?!\n)/g, '$1 ')
    .replace(/[ \t]+/g, ' ');
  const clauses = flowing.match(/[^.!?;,\n]+[.!?;,\n]?/g) ?? [];
  return clauses.some((clause) => !clause.endsWith('?') && isClaim(clause) && !notYet.isIn(clause));
}

function isClaim(clause: string): boolean {
  return claimsPayment.isIn(clause) || barelyClaims.isIn(clause.replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, ''));
}
