/** Which folder holds sent mail, and whose servers fill it by themselves. Asks no server. */
import type { ListResponse } from 'imapflow';

/**
 * Names that mail programs give it in seven languages, where the server does not say (RFC 6154). Folded: no accents, in
 * lower case, without a prefix. The likelier first.
 */
const names = [
  ...['sent', 'sent mail', 'sent items', 'sent messages', 'sent-mail', 'sent objects', 'sent e-mail', 'sentmail'],
  ...['posta inviata', 'inviata', 'inviati', 'messaggi inviati', 'elementi inviati', 'mail inviate', 'email inviate'],
  ...['e-mail inviate', 'gesendet', 'gesendete elemente', 'gesendete objekte', 'gesendete nachrichten', 'gesendete'],
  ...['gesendete mails', 'gesendete e-mails', 'gesendete post', 'postausgang gesendet', 'envoyes', 'messages envoyes'],
  ...['elements envoyes', 'objets envoyes', 'courrier envoye', 'courriers envoyes', 'mails envoyes', 'envoye'],
  ...['courriels envoyes', 'boite d envoi envoyes', 'enviados', 'enviado', 'elementos enviados', 'mensajes enviados'],
  ...['correo enviado', 'correos enviados', 'correo electronico enviado', 'enviadas', 'itens enviados', 'enviada'],
  ...['mensagens enviadas', 'correio enviado', 'emails enviados', 'e-mails enviados', 'verzonden', 'verstuurd'],
  ...['verzonden items', 'verzonden berichten', 'verzonden objecten', 'verzonden mail', 'verzonden e-mail'],
];

function rankOf(name: string): number {
  const folded = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[\s'’]+/gu, ' ');
  return names.indexOf(folded.trim().toLowerCase());
}

/** Those that can be selected. */
export function usableOf(folders: readonly ListResponse[]): ListResponse[] {
  return folders.filter((folder) => !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent'));
}

/** The path of the Sent folder among those listed, or null. The server's own mark goes before any name. */
export function sentPath(folders: readonly ListResponse[]): string | null {
  const usable = usableOf(folders);
  const marked = usable.find((folder) => folder.specialUse === '\\Sent' && folder.specialUseSource === 'extension');
  if (marked !== undefined) return marked.path;
  const byName = usable
    .map((folder) => ({ path: folder.path, rank: rankOf(folder.name) }))
    .filter(({ rank }) => rank !== -1)
    .toSorted((a, b) => a.rank - b.rank);
  return byName[0]?.path ?? usable.find((folder) => folder.specialUse === '\\Sent')?.path ?? null;
}

/** Every folder that looks like one of sent mail, by the server's mark or by its name: answers may lie in each. */
export function sentLikePaths(folders: readonly ListResponse[]): string[] {
  const isLike = (folder: ListResponse) => folder.specialUse === '\\Sent' || rankOf(folder.name) !== -1;
  return usableOf(folders)
    .filter(isLike)
    .map((folder) => folder.path);
}

/** Gmail, Outlook and iCloud file what is submitted by themselves. */
export function filesSentItself(host: string): boolean {
  return /(?:^|\.)(?:gmail\.com|googlemail\.com|google\.com|office365\.com|outlook\.com|hotmail\.com|mail\.me\.com|icloud\.com)$/i.test(
    host,
  );
}
