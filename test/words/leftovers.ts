/**
 * Words of one language left over in a text of the other. What is the same in both is taken out first: commands as they
 * are typed, options, addresses, paths, and what stands in braces (JSON).
 */

const english =
  'the a an and or of is are was were be been has have had not no none nothing with without for from until since before after in on at by to it its this that there their they your you when while where which who what why how will would may must can cannot does did do letter letters message messages invoice invoices client clients payment payments paid sent due waits wait asks asked day days open closed held hold holds answer answered late left leaves written yes never once more other others all each one two money sum'.split(
    ' ',
  );

const italian =
  'il lo la gli le un uno una di del della dei delle degli da dal dalla nel nella con senza per fino prima dopo e ed o è sono era non nessuno nessuna niente nulla che chi quando mentre dove quale perché come sarà può deve lettera lettere messaggio messaggi fattura fatture cliente clienti pagamento pagamenti pagata inviata inviate aspetta aspettano chiede giorno giorni aperta chiusa risposta ritardo sì mai altro altri tutti ogni soldi'.split(
    ' ',
  );

/** Words of both, or that are typed as they are in both. */
const shared = new Set([
  'none',
  'a',
  'all',
  'in',
  'no',
  'e',
  'o',
  'come',
  'email',
  'mail',
  'per',
  'do',
  'due',
  'lo',
  'la',
  'le',
  'un',
  'open',
]);

function bare(text: string): string {
  return (
    text
      .replace(/\{[^}]*\}/g, ' ')
      .replace(
        /(^|[\s"'`(:])(?:npx )?paletti [a-z][\w-]*(?: (?:[a-z][a-z-]*\b|[A-Z]+\b|\d+\b|--?[\w-]+(?:[= ](?:\d+|[A-Z]+\b))?|"[^"]*"))*/g,
        '$1 ',
      )
      .replace(
        /\b(?:approve|edit|drop|restore|retry|accept|answered|cancel|check|propose|show)(?: (?:ID|\d+|ITEM))?(?=[\s,).;]|$)/g,
        ' ',
      )
      .replace(/--[\w-]+/g, ' ')
      .replace(/sha256sum -c \w+|Message-ID/g, ' ')
      // digests
      .replace(/\b[0-9a-f]{16,}\b/g, ' ')
      .replace(/\w+\[\]\.\w+|"\w+"/g, ' ')
      .replace(/\S+@\S+|\S*\/\S+/g, ' ')
  );
}

const wordsIn = (text: string) =>
  bare(text)
    .toLowerCase()
    .match(/[\p{L}’']+/gu) ?? [];

export function englishIn(text: string): string[] {
  return wordsIn(text).filter((word) => english.includes(word) && !shared.has(word));
}

export function italianIn(text: string): string[] {
  return wordsIn(text).filter((word) => italian.includes(word) && !shared.has(word));
}
