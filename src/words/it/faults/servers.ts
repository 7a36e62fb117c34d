/** Italian: what a mail server refused, or why it was not reached, and what to change. */
import type { TlsTrouble } from '../../../rules/tls-trouble.ts';
import type { ServerFaults } from '../../parts/faults.ts';
import { said } from '../../said.ts';

const tls: Readonly<Record<TlsTrouble, string>> = {
  expired: 'il certificato del server è scaduto; deve rinnovarlo chi lo gestisce',
  'not-yet': 'il certificato del server non è ancora valido; l’orologio di questo computer è giusto?',
  'self-signed': 'il server mostra un certificato firmato da sé',
  'unknown-authority': 'il server mostra un certificato di un’autorità che qui non si conosce',
  'other-name': 'il certificato del server è per un altro nome',
  'no-tls': 'su quella porta non si parla TLS: è una porta per «starttls», o un’altra',
};

function tlsWords({ trouble, name, words }: { trouble: TlsTrouble | null; name: string; words: string }): string {
  if (trouble === null) return words;
  return name === '' ? tls[trouble] : `${tls[trouble]} (${name})`;
}

/** What was asked of the server, as the program calls it. */
const acts: Readonly<Record<string, string>> = {
  connect: 'collegamento',
  'read flags': 'lettura dei contrassegni',
  'set a keyword': 'contrassegno di un messaggio',
  'list the folders': 'elenco delle cartelle',
  'list folders': 'elenco delle cartelle',
  'read a message': 'lettura di un messaggio',
  'fetch a message': 'lettura di un messaggio',
  'fetch messages': 'lettura dei messaggi',
  'search messages': 'ricerca dei messaggi',
  'watch for new mail': 'attesa di nuova posta',
};

const act = (what: string) => acts[what] ?? what;
const checkSmtp = 'Controlla host, porta e «secure», e la rete.';

export const servers: ServerFaults = {
  'imap-refused': ({ what, words }) => said(`il server di posta ha detto di no (${act(what)}): ${words}`),
  'imap-lost': ({ what, words, isPlace }) =>
    said(
      `il server di posta non si raggiunge o si è perso (${act(what)}): ${words}`,
      isPlace
        ? 'Controlla la rete, e host, porta e «secure» di imap in config.json.'
        : 'Si riprova da sé. Se resta così: paletti doctor',
    ),
  'imap-wants-tls': () =>
    said(
      'il server di posta non accetta accessi su una linea non cifrata',
      'Imposta "secure": true (porta 993) oppure "secure": "starttls" (porta 143) per imap in config.json.',
    ),
  'imap-login-refused': ({ words, advice }) =>
    said(
      `il server di posta ha rifiutato l’accesso: ${words}`,
      advice ??
        'Controlla nome utente e password di imap in config.json; molti fornitori vogliono una password per le app. Poi: paletti doctor',
    ),
  'imap-no-token': () =>
    said(
      'il server di posta non accetta token di accesso, solo password',
      'Controlla host e porta di imap in config.json, oppure indica lì una password al posto di "oauth".',
    ),
  'imap-no-tls': (facts) =>
    said(
      `non c’è un collegamento sicuro (TLS): ${tlsWords(facts)}`,
      'Controlla host, porta e «secure» di imap in config.json; se il server ha un certificato proprio, indica la sua autorità: "ca".',
    ),
  'smtp-no-tls': (facts) =>
    said(
      `non c’è un collegamento sicuro (TLS): ${tlsWords(facts)}`,
      'Se il server ha un certificato proprio, indica la sua autorità: "ca" di smtp. Altrimenti controlla la porta e «secure».',
    ),
  'smtp-not-reached': ({ words }) => said(`nessun collegamento: ${words}`, checkSmtp),
  'smtp-silent': () => said('il server non risponde', checkSmtp),
  'smtp-hung-up': () => said('il server ha chiuso il collegamento senza dire nulla', checkSmtp),
  'no-smtp-there': () => said('lì il server non parla SMTP', 'Controlla la porta e «secure».'),
};
