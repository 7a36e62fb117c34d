/** Which folder holds sent mail, and whose servers fill it by themselves. Asks no server. */
import type { ListResponse } from 'imapflow';

/** Names that mail programs give it, where the server does not say (RFC 6154). In lower case, without a prefix. */
const names = [
  'sent',
  'sent mail',
  'sent items',
  'sent messages',
  'posta inviata',
  'inviata',
  'inviati',
  'messaggi inviati',
  'elementi inviati',
  'gesendet',
  'gesendete elemente',
  'gesendete objekte',
  'envoyés',
  'messages envoyés',
  'éléments envoyés',
  'enviados',
  'elementos enviados',
  'mensagens enviadas',
  'verzonden',
  'verzonden items',
];

/** The path of the Sent folder among those listed, or null. The server's own mark goes before any name. */
export function sentPath(folders: readonly ListResponse[]): string | null {
  const usable = folders.filter((folder) => !folder.flags.has('\\Noselect') && !folder.flags.has('\\NonExistent'));
  const marked = usable.find((folder) => folder.specialUse === '\\Sent' && folder.specialUseSource === 'extension');
  if (marked !== undefined) return marked.path;
  const byName = usable
    .map((folder) => ({ path: folder.path, rank: names.indexOf(folder.name.toLowerCase()) }))
    .filter(({ rank }) => rank !== -1)
    .toSorted((a, b) => a.rank - b.rank);
  return byName[0]?.path ?? usable.find((folder) => folder.specialUse === '\\Sent')?.path ?? null;
}

/** Gmail, Outlook and iCloud file what is submitted by themselves. */
export function filesSentItself(host: string): boolean {
  return /(?:^|\.)(?:gmail\.com|googlemail\.com|google\.com|office365\.com|outlook\.com|hotmail\.com|mail\.me\.com|icloud\.com)$/i.test(
    host,
  );
}
