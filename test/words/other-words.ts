/** What is shown in both languages and should not: what nobody put into words, and words of the other language. */
import type { Language } from '../../src/rules/language.ts';
import type { Store } from '../../src/store/database.ts';

/** Pieces of text, as they are shown in each language. */
export type InBoth = Readonly<Record<Language, readonly string[]>>;

/** Words that stand in nearly every sentence of one language and in none of the other. */
const telling: Record<Language, RegExp> = {
  en: /\b(?:the|and|of|is|are|was|to|for|it|you|your|that|not|has|have|by|from|with|which|letters?|client|money|work|until|after|waits?|days|nothing|paid)\b/i,
  it: /(?<!\p{L})(?:il|lo|gli|che|di|del|della|dal|non|è|sono|una?|per|alla|nella|questo|più|lettera|lettere|cliente|soldi|lavoro|posta|dopo|finché|aspetta)(?!\p{L})/iu,
};
const other: Record<Language, Language> = { en: 'it', it: 'en' };
/** What a value looks like that was printed as it is. */
const unsaid = /\[object|undefined|\bNaN\b|\bnull\b|Invalid Date|\$\{/;

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

const entities: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

/** Between the tags, and what is read aloud or shown on hover. Letters and mails, and what changes in them, are left out. */
export function piecesOfPage(page: string): string[] {
  const body = page
    .replace(/<(script|style|q|del|ins|textarea)\b.*?<\/\1>/gs, '')
    .replace(/<div class="letter".*?<\/div>/gs, '');
  const read = [...body.matchAll(/ (?:title|aria-label|placeholder|alt)="([^"]*)"/g)].map(([, text]) => text as string);
  return [...body.replace(/<[^>]*>/g, '\n').split('\n'), ...read]
    .map((text) => plain(text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => entities[name] as string)))
    .filter((text) => text !== '');
}

/** Cells of tables and lines of text. */
export function piecesOfTerminal(text: string): string[] {
  return text
    .split(/\n|\s{2,}/)
    .map(plain)
    .filter((piece) => piece !== '');
}

/** What people wrote, and names: all text of the record but what the program said in it. */
function written(store: Store): string {
  return store.read((r) => {
    const tables = r.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'",
    );
    const rows = tables.flatMap(({ name }) =>
      name === 'sign_lines' || name === 'journal' || name === 'notices' ? [] : r.all(`SELECT * FROM "${name}"`),
    );
    const bodies = r.all<{ body: string | null }>('SELECT body FROM journal');
    const notes = bodies.flatMap(({ body }) =>
      [...(body ?? '').matchAll(/"as-written","text":"([^"]*)"/g)].map(([, text]) => text),
    );
    return plain(
      JSON.stringify([rows, notes], (_, value: unknown) =>
        typeof value === 'string' ? `\n${value}\n` : value,
      ).replaceAll(/\\[nrt"]/g, ' '),
    );
  });
}

/** The parts of a piece that nobody wrote: what the program says of what people wrote. */
function ofTheProgram(piece: string, text: string): string {
  const isWritten = (part: string) => text.includes(part.replaceAll('"', ' ').replace(/\s+/g, ' ').trim());
  const bare = piece.replace(/ · Paletti$|…$|^│ ?/g, '');
  if (isWritten(bare)) return '';
  const rests = [...bare.matchAll(/: /g)].map(({ index }) => bare.slice(index + 2));
  const written = rests.find(isWritten);
  const said = written === undefined ? bare : bare.slice(0, bare.length - written.length);
  return said
    .split(/(?:, |: |; | \[|\]| \(|\))/)
    .filter((part) => part.length < 4 || !isWritten(part))
    .join(', ');
}

/** What is typed, is quoted, and names that stay as they are. */
function prose(text: string): string {
  return (
    text
      .replace(/\bpaletti (?:(?!; )[^,;:.])*/g, '')
      .replace(/--law [^;]*/g, '')
      .replace(/[«“"][^»”"]*[»”"]/g, '')
      .replace(/--\S+|\S*[@/=\\.]\S*/g, '')
      // codes, which are the same in every language
      .replace(/\b[a-z]+(?:-[a-z]+)+\b/g, '')
  );
}

/**
 * @param more what else people wrote: the configuration
 * @returns each piece once, with its language
 */
export function unknownWords(store: Store, shown: InBoth, more = ''): string[] {
  const text = `${texts.get(store) ?? written(store)}\n${plain(more)}`;
  texts.set(store, text);
  return (Object.keys(other) as Language[]).flatMap((language) => {
    const elsewhere = new Set(shown[other[language]]);
    const isForeign = (piece: string) => telling[other[language]].test(prose(ofTheProgram(piece, text)));
    const isTheSame = (piece: string) =>
      elsewhere.has(piece) && telling[language].test(prose(ofTheProgram(piece, text)));
    return [...new Set(shown[language])]
      .filter((piece) => unsaid.test(piece) || isForeign(piece) || isTheSame(piece))
      .map((piece) => `${language}: ${piece}`);
  });
}

const texts = new WeakMap<Store, string>();
