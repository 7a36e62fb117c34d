/** What stands on a page in both languages and should not: what nobody put into words, and words of the other language. */
import type { Language } from '../../src/rules/language.ts';
import type { Store } from '../../src/store/database.ts';

type InBoth = Readonly<Record<Language, string>>;

/** Words that stand in nearly every sentence of one language and in none of the other. */
const telling: Record<Language, RegExp> = {
  en: /\b(?:the|and|of|is|are|was|to|for|it|you|your|that|not|has|have|by|from|with|which|letters?|client|money|work|mail|until|after|waits?)\b/i,
  it: /(?<!\p{L})(?:il|lo|gli|che|di|del|della|dal|non|è|sono|una?|per|alla|nella|questo|più|lettera|lettere|cliente|soldi|lavoro|posta|dopo|finché|aspetta)(?!\p{L})/iu,
};
const other: Record<Language, Language> = { it: 'en', en: 'it' };
/** What a value looks like that was printed as it is. */
const unsaid = /\[object|undefined|\bNaN\b|\bnull\b|Invalid Date|\$\{/;

/** Pieces of text between the tags, and what is read aloud or shown on hover. */
function piecesOf(page: string): string[] {
  const body = page.replace(/<(script|style|q)\b.*?<\/\1>/gs, '');
  const read = [...body.matchAll(/ (?:title|aria-label|placeholder|alt)="([^"]*)"/g)].map(([, text]) => text as string);
  return [...body.replace(/<[^>]*>/g, '\n').split('\n'), ...read].map(plain).filter((text) => text !== '');
}

const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function plain(text: string): string {
  return text
    .replace(/&(lt|gt|quot|#39|amp);/g, (_, sign: string) => signs[sign] as string)
    .replace(/\s+/g, ' ')
    .trim();
}

/** What people wrote, and names: all text of the record but what the program said in it. */
function written(store: Store): string {
  return store.read((r) => {
    const tables = r.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'",
    );
    const rows = tables.flatMap(({ name }) =>
      name === 'sign_lines' || name === 'journal' ? [] : r.all(`SELECT * FROM "${name}"`),
    );
    return plain(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'string' ? `\n${value}\n` : value)).replaceAll(
        /\\[nrt"]/g,
        ' ',
      ),
    );
  });
}

const texts = new WeakMap<Store, string>();

/** Also with the name of the page or a sum of minutes behind it, as pages put it. */
function isWritten(store: Store, piece: string): boolean {
  const text = texts.get(store) ?? written(store);
  texts.set(store, text);
  const bare = piece.replace(/ · Paletti$| \([^()]*\)$/g, '').replace(/^(?:Edit|Modifica): /, '');
  return text.includes(bare.replaceAll('"', ' ').replace(/\s+/g, ' ').trim());
}

/** What is typed, is quoted, and names that stay as they are. */
function prose(text: string): string {
  return text
    .replace(/\bpaletti (?:(?!; )[^,;:.])*/g, '')
    .replace(/[«“"][^»”"]*[»”"]/g, '')
    .replace(/--\S+|\S*[@/=\\.]\S*/g, '');
}

/** @returns each piece once, with its language */
export function unknownWords(store: Store, pages: InBoth): string[] {
  return (Object.keys(other) as Language[]).flatMap((language) => {
    const elsewhere = new Set(piecesOf(pages[other[language]]));
    const isForeign = (piece: string) => telling[other[language]].test(prose(piece));
    const isTheSame = (piece: string) => elsewhere.has(piece) && telling[language].test(prose(piece));
    return [...new Set(piecesOf(pages[language]))]
      .filter((piece) => unsaid.test(piece) || ((isForeign(piece) || isTheSame(piece)) && !isWritten(store, piece)))
      .map((piece) => `${language}: ${piece}`);
  });
}
