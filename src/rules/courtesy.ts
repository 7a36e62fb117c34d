/**
 * Whether a person's words ask for no answer: a bare thank-you, an "ok, received", a sign of the thumb. Only words that
 * are known count, so that one word more makes it a message like any other. Decides nothing by it.
 */

/** Word by word, without accents: what such a text is made of. At least one of them must be there. */
const thanks = words(
  'grazie ringrazio ringraziamo ricevuto ricevuta ricevuti ricevute ok okay okey perfetto perfetta ottimo benissimo va bene bene',
  'capito chiaro daccordo accordo inteso confermo fantastico splendido eccellente',
  'thanks thank thx ty cheers received got noted great perfect fine understood excellent wonderful awesome lovely brilliant',
  'danke dank vielen erhalten angekommen verstanden perfekt super prima alles klar einverstanden bestens',
  'merci recu recue parfait entendu compris bien',
  'gracias recibido recibida perfecto vale entendido genial estupendo',
  'obrigado obrigada recebido recebida perfeito otimo entendido certo',
  'bedankt dank ontvangen prima begrepen akkoord goed perfect top',
);

/** What may stand beside them: amplifiers, greetings, closings, titles, the small words between. */
const company = words(
  'mille molto molte tanto tante infinite ancora di davvero cuore per la il lo le i gli un una e a da tutto tutti subito gentile gentilissima',
  'gentilissimo gentilmente cara caro ciao salve buongiorno buonasera buona buon giornata serata pomeriggio weekend fine settimana lavoro presto',
  'saluti cordiali cordialmente distinti cordialita un abbraccio alla prossima a presto sentito sentiamo risposta email mail messaggio file documenti',
  'preventivo aggiornamento disponibilita velocita rapidita aiuto informazioni info signora signor dott dottssa dottoressa dottore sig sigra ing arch avv',
  'anticipatamente anche siete sei stata stato lei te voi ti vi la molta gentilezza nel vi si mi',
  'you very much so many a lot lots for the your quick prompt reply answer response help update email message file files all it this that is and',
  'best kind warm regards wishes sincerely yours truly have nice good day weekend evening morning afternoon hi hello dear everyone team again',
  'schone schon herzlichen besten sehr fur die das ihre eure schnelle antwort nachricht viele grusse grussen gruss mit freundlichen liebe lieber hallo guten tag',
  'morgen abend wochenende noch ist und ich habe es schonen frau herr mfg lg vg',
  'beaucoup infiniment pour votre ta la le les reponse retour rapide message cordialement bonjour bonsoir bonne journee soiree salutations et a bientot',
  'tres c est je vous te bien madame monsieur chere cher sinceres',
  'muchas muchisimas mil por su tu la el los respuesta rapida mensaje saludos cordiales un saludo hola buenos buenas dias tardes noches todo y muy amable',
  'muito pela pelo sua resposta mensagem rapida atenciosamente cumprimentos abraco ola bom dia boa tarde noite tudo e melhores',
  'hartelijk heel erg veel voor je jouw uw het de snelle antwoord bericht met vriendelijke groet groeten groetjes hallo dag fijne avond weekend goede en beste mvg',
  'the to of in my',
);

/** Sent from a phone: one such line at the end says nothing. */
const phoneLine =
  /^(?:inviato da|sent from|get outlook|scarica outlook|gesendet von|von meinem|envoye de|enviado desde|enviado do|verzonden vanaf|verstuurd vanaf)\b/;

const longestWords = 25;

/** @param names of those who write to each other, however long: their words are no news */
export function isCourtesy(text: string, names: readonly string[]): boolean {
  const known = new Set(names.flatMap((name) => linesOf(name).flatMap((line) => line.split(' '))));
  const words = withoutSignature(text.slice(0, 2_000), known);
  if (/[?¿？]|\d/u.test(words)) return false;
  const said = linesOf(words).flatMap((line) => line.split(' '));
  if (said.length === 0) return isSign(words);
  const isKnown = (word: string) => thanks.has(word) || company.has(word) || known.has(word);
  return said.length <= longestWords && said.every(isKnown) && said.some((word) => thanks.has(word));
}

/** What stands below the writer's name, where all of it is how to reach her. */
function withoutSignature(text: string, known: ReadonlySet<string>): string {
  const lines = text.split('\n');
  const isName = (line: string) => {
    const words = linesOf(line).flatMap((one) => one.split(' '));
    return words.some((word) => known.has(word)) && words.every((word) => known.has(word) || company.has(word));
  };
  const at = lines.findIndex((line, index) => index > 0 && isName(line));
  if (at < 0) return text;
  const below = lines.slice(at + 1).filter((line) => linesOf(line).length > 0);
  return below.every(isContact) ? lines.slice(0, at + 1).join('\n') : text;
}

const contact =
  /@|\bwww\.|https?:|\+?\d[\d ./()-]{5,}|^\s*(?:via|viale|piazza|corso|largo|vicolo|rue|calle|p\.? ?iva|c\.? ?f\.?|vat)\b/i;
/** A title, a firm, a town: each word begins like a name, but for the small ones between. */
const titled = /^(?:(?:[\p{Lu}\d&|·•,–-][\p{L}\d.'’&|,()–-]{0,40}|di|del|della|dei|e|of|and|und|et|y)\s{1,3}){1,7}$/u;

/** An address, a number, a title. A sentence is none. */
function isContact(line: string): boolean {
  return !/[?!]/.test(line) && line.length <= 120 && (contact.test(line) || titled.test(`${line.trim()} `));
}

/** Emoji alone. */
function isSign(text: string): boolean {
  return /\p{Extended_Pictographic}/u.test(text);
}

/** Lines of bare words: no accents, no punctuation, an apostrophe parts nothing. */
function linesOf(text: string): string[] {
  return text
    .slice(0, 2_000)
    .normalize('NFD')
    .replace(/[\p{M}'’‘`´.]/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .split('\n')
    .map((line) => line.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())
    .filter((line) => line !== '' && !phoneLine.test(line));
}

function words(...lines: string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}
