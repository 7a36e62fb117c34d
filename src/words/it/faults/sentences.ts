/** Italian: what went wrong, and what to do next. */
import type { FaultSentences } from '../../parts/faults.ts';
import { said } from '../../said.ts';
import type { Count, Numbered, Word, WriteFault } from '../../en/faults/sentences.ts';
import { names } from '../names.ts';
import { exitStates } from '../reasons/exits.ts';
import { page } from '../page.ts';
import { servers } from './servers.ts';
import { several, dayWith } from '../grammar.ts';
import { sumIn as money } from '../grammar.ts';

const numbered: Readonly<Record<Numbered, string>> = {
  choice: 'una scelta',
  'credit note': 'una nota di credito',
  hold: 'un blocco',
  letter: 'una lettera',
  'log entry': 'un’annotazione',
  message: 'un messaggio',
  notice: 'un avviso',
  payment: 'un movimento',
  request: 'una richiesta',
};

const word: Readonly<Record<Word, string>> = {
  act: 'un’azione',
  action: 'un’azione',
  'kind of entry': 'un tipo di annotazione',
  'kind of message': 'un tipo di messaggio',
  ladder: 'una scala di lettere',
  language: 'una lingua',
  law: 'una legge',
  letter: 'una lettera',
  mark: 'un segno',
  'order of dates': 'un ordine delle date',
  program: 'un programma',
  'project action': 'un’azione su un progetto',
  reason: 'un motivo',
  'role of a contact': 'un ruolo di un contatto',
  'state of a project': 'lo stato di un progetto',
  state: 'uno stato',
  tone: 'un tono',
  'unit of a rate': 'un’unità di tariffa',
  work: 'uno stato del lavoro',
  workState: 'uno stato del lavoro',
  kind: 'un tipo di cliente',
};

const counted: Readonly<Record<Count, string>> = {
  choice: 'una scelta',
  'number of an item': 'il numero di una voce',
  'number of days': 'un numero di giorni',
  'number of lines': 'un numero di righe',
  'number of minutes': 'un numero di minuti',
  year: 'un anno',
  'number of revisions': 'un numero di revisioni',
};

const written: Readonly<Record<WriteFault, { what: string; next: string }>> = {
  full: { what: 'il disco è pieno', next: 'Libera spazio su quel disco, o indica un file su un altro.' },
  share: { what: 'la tua parte di disco è esaurita', next: 'Libera spazio, o indica un file su un altro disco.' },
  'not-yours': { what: 'lì non puoi scrivere', next: 'Indica un file in una tua cartella.' },
  'read-only': { what: 'quel disco si può solo leggere', next: 'Indica un file su un altro disco.' },
  'no-folder': { what: 'non c’è una cartella così', next: 'Crea prima la cartella, o indicane un’altra.' },
  'no-path': { what: 'una parte del percorso non è una cartella', next: 'Controlla il percorso.' },
  'long-name': { what: 'il nome è troppo lungo', next: 'Indicane uno più corto.' },
  disk: { what: 'il disco ha dato errore', next: 'Controlla il disco, o indica un file su un altro.' },
};

export const sentences: FaultSentences = {
  ...servers,
  'address-refused': ({ address }) =>
    said(
      `«${address}» non è un indirizzo a cui Paletti scrive`,
      'Indica un indirizzo semplice, come anna@example.com, senza nome, parentesi o commenti.',
    ),
  'all-disputed': () => said('tutto ciò che è aperto è contestato', 'Di’ quanto è arrivato: --amount IMPORTO'),
  'all-given-up': () =>
    said('a ciò che ne era aperto si è rinunciato', 'Di’ quanto è arrivato comunque: --amount IMPORTO'),
  'all-not-taken': () => said('qui "all" non vale', 'Indica le lettere, o un intervallo come 1-20.'),
  'already-running': () =>
    said(
      'Paletti è già in funzione su questa cartella di dati',
      'Usa quello in funzione (`paletti status` lavora accanto), oppure fermalo prima.',
    ),
  'answer-time': () => said('la risposta è prima della domanda o nel futuro', 'Controlla --on.'),
  'backup-folder-missing': () =>
    said(
      'non c’è una cartella così',
      'Creala prima, o indica un altro file: un errore di battitura non deve nascondere una copia.',
    ),
  'belongs-to-other': ({ value, name }) =>
    said(`${value} è di ${name}`, `Prima toglilo a ${name} (\`paletti clients edit\`), oppure lascialo fuori qui.`),
  'by-without-milestone': () => said('--by è l’ultimo giorno di un traguardo', 'Indica anche --milestone.'),
  'client-name-taken': ({ name }) =>
    said(`c’è già un cliente di nome ${name}`, 'Scegli un altro nome, o modifica quel cliente.'),
  'client-or-hold': () => said('indica un cliente, oppure --hold ID', 'Vedi: paletti clients show CLIENTE'),
  'client-without-address': ({ client, id }) =>
    said(`di ${client} non si conosce alcun indirizzo`, `Aggiungine uno: paletti clients edit ${id} --address …`),
  'client-without-name': () => said('un cliente ha bisogno di un nome', 'Indica il nome che sta sulle lettere.'),
  'config-no-file': () => said('la configurazione non è un file normale'),
  'config-not-yours': () =>
    said(
      'non puoi leggere la configurazione',
      'È di qualcun altro, o ha i permessi sbagliati: da proprietario, chmod 600; altrimenti indica la tua con --config.',
    ),
  'config-there': () => said('c’è già una configurazione', 'Modificala, o indica un altro file con --output.'),
  'config-too-large': () => said('la configurazione supera 1 MB'),
  'config-unreadable': () => said('la configurazione non si può leggere', 'Controlla il percorso.'),
  'day-past': ({ day }) => said(`${dayWith('il', day)} è passato`, 'Indica un giorno a venire.'),
  'delivery-before-due': ({ delivery, due }) =>
    said(`la consegna ${delivery} è prima della scadenza della risposta, ${due}`, 'Indica un --delivery più lontano.'),
  'disputed-too-much': () => said('si contesta più di quanto la fattura chieda', 'Controlla l’importo.'),
  'domain-refused': ({ domain }) =>
    said(`«${domain}» non è un dominio di posta`, 'Indica ciò che sta dopo la @, come example.com.'),
  'dossier-where': () => said('dove?', 'Aggiungi --out CARTELLA, una cartella solo per questo.'),
  'due-before-asked': ({ due, asked }) =>
    said(`la scadenza ${due} è prima del giorno della richiesta, ${asked}`, 'Indica un --due più lontano.'),
  'due-before-issue': () => said('la scadenza è prima della fattura', 'Controlla le date.'),
  'edited-without-subject': () =>
    said(
      'la lettera modificata non comincia con "Subject: …" e una riga vuota',
      'Modificala di nuovo; la lettera è rimasta com’era.',
    ),
  'editor-failed': () => said('l’editor è finito con un errore', 'La lettera è rimasta com’era.'),
  'editor-not-started': () => said('l’editor non si è potuto avviare', 'Imposta $EDITOR, o usa --text FILE.'),
  'entry-in-future': () => said('l’annotazione è nel futuro', 'Scrivila quando è successo.'),
  'entry-without-text': () => said('l’annotazione è vuota', 'Di’ in poche parole di che cosa si trattava.'),
  'exit-not-to-change': ({ client, id, state, hasLeft }) =>
    said(
      `la chiusura con ${client} è ${exitStates[state]} e non si può più cambiare`,
      hasLeft ? `Vedi: paletti exit ${id} status` : `Prima: paletti exit ${id} approve --undo`,
    ),
  'exit-reason-refused': ({ because, known }, say) =>
    said(because.map(say).join('; '), `Parole conosciute: ${known}; oppure una frase tua.`),
  'exit-reason-not-so': ({ because }, say) =>
    said(because.map(say).join('; '), 'Indica il motivo vero, o una frase tua: --reason "…"'),
  'exit-notice-refused': ({ because }, say) =>
    said(because.map(say).join('; '), 'Indica un --notice-days più lungo, o un --by più tardi.'),
  'exit-not-talked': ({ id, item, because }, say) =>
    said(
      `«${item}» non si può spuntare: ${say(because)}`,
      `Prima parlane, poi: paletti clients log ${id} call "che cosa vi siete detti"`,
    ),
  'exit-not-approved-now': ({ client, id, because }, say) =>
    said(
      `la chiusura con ${client} non è approvata: ${because.map(say).join('; ')}`,
      `Vedi: paletti exit ${id} status`,
    ),
  'final-report-there': ({ id, state, edited }) =>
    said(
      `il rapporto finale è la lettera ${id} (${names.letterStates[state]}${edited ? ', modificata da te' : ''})`,
      `Vedi: paletti outbox show ${id}`,
    ),
  'handover-on-payment': ({ item, client, id, because }, say) =>
    said(
      `la voce ${item} della consegna a ${client} passa col pagamento: ${say(because)}`,
      `Aspetta i soldi, oppure: paletti exit ${id} handover --release`,
    ),
  'end-without-approval': ({ letter, client, who, hasExit }) =>
    said(
      `la lettera ${letter} conclude il lavoro per ${client}, e ${hasExit ? 'la chiusura non è approvata' : 'non c’è alcuna chiusura'}`,
      hasExit
        ? `Vedi: paletti exit ${who} status; poi: paletti exit ${who} approve --name "…"`
        : `Scartala: paletti outbox drop ${letter}; per concludere il lavoro: paletti exit ${who} propose --reason …`,
    ),
  'no-open-exit': ({ client, id, last }, say) =>
    said(
      `con ${client} non c’è una chiusura aperta: ${last === null ? 'nessuno ne ha proposta una' : `l’ultima è ${say(last)}`}`,
      `Per proporne una: paletti exit ${id} propose --reason …`,
    ),
  'exit-not-now': ({ id, because }, say) => said(because.map(say).join('; '), `Vedi: paletti exit ${id} status`),
  'exit-checks-closed': ({ client, id, state }) =>
    said(
      `la chiusura con ${client} è ${exitStates[state]}: la lista di controllo è chiusa`,
      `Vedi: paletti exit ${id} status`,
    ),
  'no-law-on-lateness': ({ client, laws, because }, say) =>
    said(
      say(because),
      `Di’ quale legge: --law ${laws}; oppure dai la partita IVA del cliente: paletti clients edit '${client}' --vat NUMERO`,
    ),
  'not-forgotten-yet': ({ client, because, isSending }, say) =>
    said(
      `${client} non si può ancora cancellare: ${because.map(say).join('; ')}`,
      isSending
        ? 'Una lettera sta partendo proprio ora: riprova tra un minuto.'
        : 'Prima sistema questo. Con --even-so ciò che aspetta è scartato senza partire, la chiusura finisce senza la sua lettera, e ciò che è dovuto resta nei conti senza che nessuno lo solleciti.',
    ),
  'exit-gone': ({ id }) =>
    said(
      `la chiusura della lettera ${id} è stata annullata con lei`,
      'Ricomincia: paletti exit CLIENTE propose --reason …',
    ),
  'exit-name-not-typed': () =>
    said('il nome del cliente non è scritto', 'Scrivi --name "…", come sta nell’elenco dei clienti.'),
  'exit-one-reason': ({ known }) =>
    said('una chiusura vuole un motivo solo', `Usa --reason: ${known}, oppure una frase tua.`),
  'file-empty': () => said('il file è vuoto', 'Controlla che sia quello giusto.'),
  'file-there': () => said('il file c’è già', 'Indicane un altro, o aggiungi --force.'),
  'file-too-large': () => said('il file supera 50 MB', 'Dividilo.'),
  'handover-item-long': () => said('una voce della consegna è una riga breve', 'Indica una cosa sola.'),
  'in-or-out': () => said('--in e --out si escludono', 'Di’ chi ha cominciato.'),
  'instalment-not-positive': () => said('una rata deve essere maggiore di zero', 'Controlla gli importi.'),
  'instalments-differ': ({ sum, total }) =>
    said(`le rate fanno ${money(sum)}, non ${money(total)}`, 'Controlla gli importi.'),
  'invoice-without-number': () => said('la fattura non ha numero', 'Scrivilo come sta sul documento.'),
  'journal-changed': ({ problem }, say) =>
    said(
      `il registro è stato cambiato da altra mano: ${say(problem)}`,
      'Confronta con una copia. Conserva questo file com’è: è una prova.',
    ),
  'letter-empty': () => said('la lettera sarebbe vuota', 'Scartala, piuttosto: paletti outbox drop ID'),
  'letter-with-active': () => said('--letter va con --work active', 'Vedi: paletti clients edit --help'),
  'letters-wait': ({ amount }) =>
    said(`${several(amount, 'lettera aspetta', 'lettere aspettano')} la tua approvazione`, 'Vedi: paletti outbox'),
  'line-asks-nothing': ({ line }) =>
    said(
      `la riga ${line} del file non chiede nulla`,
      'Senza --answer l’importazione dice quali righe chiedono, e che cosa.',
    ),
  'may-have-left': ({ id }) =>
    said(
      `la lettera ${id} forse è già partita`,
      `Cercala nella posta inviata, poi: paletti outbox resolve ${id} --sent, oppure --not-sent`,
    ),
  'message-not-to': ({ id, client }) => said(`il messaggio ${id} non è andato a ${client}`, 'Vedi: paletti inbox list'),
  'message-not-yours': ({ id }) =>
    said(`il messaggio ${id} è del cliente, non tuo`, 'Indica la mail in cui hai chiesto, o usa --text.'),
  'name-not-typed': ({ name }) =>
    said('il nome non è scritto', `Non si può annullare. Se lo vuoi davvero, aggiungi: --confirm "${name}"`),
  'no-address': ({ address }) => said(`«${address}» non è un indirizzo di posta`, 'Scrivilo come nome@example.com'),
  'no-address-of-client': ({ address }) =>
    said(
      `${address} non è un indirizzo di questo cliente`,
      'Dai prima l’indirizzo al cliente (--address), poi il suo ruolo.',
    ),
  'no-answer-form': ({ text }) =>
    said(`«${text}» non è una risposta`, 'Scrivila come RIGA=PAROLA, per esempio 3=same.'),
  'no-check-item': ({ item, known }) => said(`«${item}» non è una voce della lista di controllo`, `Sono: ${known}.`),
  'no-config-yet': () =>
    said(
      'non c’è ancora una configurazione',
      'Esegui "paletti init", oppure: cp config.example.json config.json, modificalo, poi esegui "paletti doctor".',
    ),
  'no-contact-hours': ({ client }) =>
    said(
      `per ${client} non ci sono orari di contatto`,
      'Impostali nella configurazione o per il cliente, o dilli: --hours "…"',
    ),
  'no-month': ({ text }) => said(`«${text}» non è un mese`, 'Scrivilo come AAAA-MM: 2026-11.'),
  'xero-wants': () =>
    said(
      'Xero vuole sapere conto e imposta delle tue vendite',
      'Come si chiamano lì, per esempio: --account-code 200 --tax-type "IVA 22%"',
    ),
  'accountant-alone': () =>
    said('--month e --output vanno con --accountant', 'Scrivi: paletti report --accountant --month 2026-11'),
  'no-currency': ({ text }) => said(`«${text}» non è una valuta`, 'Scrivi il codice ISO 4217, come EUR.'),
  'no-day': ({ text }) =>
    said(`«${text}» non è un giorno del calendario`, 'Scrivilo come AAAA-MM-GG, per esempio 2026-11-24.'),
  'no-due-date': ({ client }) =>
    said(
      `la fattura non ha scadenza, e con ${client} non ci sono termini di pagamento concordati`,
      'Usa --due AAAA-MM-GG, o imposta i termini: paletti clients edit CLIENTE --payment-days 30',
    ),
  'no-editor': () =>
    said(
      'non è impostato un editor',
      'Indica il tuo, per esempio: EDITOR=nano paletti outbox edit ID. Oppure usa --subject "…" o --text FILE.',
    ),
  'no-handover-item': ({ item, id }) => said(`non c’è la voce ${item}`, `Vedi: paletti exit ${id} handover`),
  'desktop-silent': ({ why }) =>
    said(
      `il desktop non ha mostrato nulla: ${why}`,
      'Su Linux servono notify-send (pacchetto libnotify-bin) e un desktop con la sessione aperta.',
    ),
  'no-shell': ({ name, known }) => said(`«${name}» non è una shell conosciuta`, `Si conoscono: ${known}`),
  'no-logs-here': () =>
    said(
      'su questo sistema non c’è un servizio, e quindi nemmeno il suo registro',
      'Vedi: paletti run --log-level debug',
    ),
  'logs-unread': ({ line }) =>
    said(`il registro del servizio non si è potuto leggere con: ${line}`, 'Guarda se è installato: paletti service'),
  'no-mail-read': () =>
    said(
      'non è ancora stata letta la posta, quindi non c’è nessuno da proporre',
      'Leggila una volta: paletti run --once. Poi: paletti clients learn',
    ),
  'not-proposed': ({ key, known }) => said(`«${key}» non è tra quelli proposti`, `Sono proposti: ${known}`),
  'no-hold': ({ id }) => said(`non c’è il blocco ${id}`, 'Vedi: paletti clients show CLIENTE'),
  'no-instalment': ({ text }) => said(`«${text}» non è una rata`, 'Scrivila come 2026-01-31:610.00'),
  'no-invoice': ({ number }) => said(`non c’è la fattura ${number}`, 'Vedi `paletti invoices list`.'),
  'no-language': ({ text, known }) => said(`«${text}» non è una lingua che Paletti parla`, `Conosce: ${known}.`),
  'no-length': ({ text }) => said(`«${text}» non è una durata`, 'Scrivila come 45m, 2h o 1h30; al massimo un giorno.'),
  'no-letter': ({ id }) => said(`non c’è la lettera ${id}`, 'Vedi: paletti outbox list --all'),
  'no-letter-state': ({ text, known }) => said(`«${text}» non è uno stato di una lettera`, `Sono: ${known}.`),
  'no-log-level': ({ text, known }) => said(`«${text}» non è un livello di log`, `Sono: ${known}.`),
  'no-message': ({ id }) => said(`non c’è il messaggio ${id}`, 'Vedi: paletti inbox list'),
  'no-moment': ({ text }) =>
    said(`«${text}» non è un momento`, 'Scrivilo come "2026-11-24 09:30", secondo l’orologio del tuo fuso.'),
  'no-notice': ({ id }) => said(`non c’è un avviso ${id} ancora da vedere`, 'Vedi: paletti notices'),
  'evidence-unfit': ({ file, most }) =>
    said(`${file} è vuoto, o più grande di ${most} MB`, 'Conservane uno più piccolo: una schermata, un testo, un PDF.'),
  'payment-day-or-days': () =>
    said('--payment-day e --payment-days dicono due volte la stessa cosa', 'Indica solo una delle due.'),
  'look-back-early': ({ client, id }) =>
    said(`il lavoro per ${client} continua: lo sguardo indietro è per la fine`, `Vedi: paletti exit ${id} status`),
  'lesson-rule-or-rate': () => said('una regola e una tariffa sono due lezioni', 'Indica --rule oppure --rate.'),
  'lesson-without-rate': ({ id }) =>
    said('non si conosce nessun prezzo da proporre', `Indicane uno: paletti exit ${id} look-back --rate 60`),
  'lesson-sentence': ({ known }) => said('scrivi la regola in una frase breve', `Parole note: ${known}`),
  'no-notice-given': ({ id }) =>
    said('non c’è stata una disdetta; non c’è nulla da riferire', `Vedi: paletti exit ${id} status`),
  'no-password-in-variable': ({ name }) =>
    said(
      `la variabile d’ambiente ${name} non contiene una password`,
      `Imposta ${name} prima di avviare Paletti, o tieni la password in un file con permessi 0600.`,
    ),
  'no-payment': ({ id }) => said(`non c’è il movimento ${id}`, 'Vedi: paletti payments'),
  'no-range': ({ word }) => said(`«${word}» non è un intervallo di numeri`, 'Prima il più basso, come in 1-20.'),
  'no-request': ({ id }) => said(`non c’è la richiesta ${id}`, 'Vedi: paletti requests list --all'),
  'no-sentences': () => said('il file non contiene frasi', 'Scrivi JSON come {"pressing": ["Mi serve subito."]}.'),
  'no-service-here': ({ node, program, config }) =>
    said(
      'il file di servizio si può scrivere solo per Linux (systemd) e macOS (launchd)',
      `Avvialo all’accesso con i mezzi del tuo sistema: "${node}" "${program}" run --config "${config}"`,
    ),
  'no-terminal': ({ flag }) =>
    said(`non c’è un terminale su cui chiedere, e manca ${flag}`, 'Vedi: paletti init --help'),
  'no-terminal-for-editor': () => said('non c’è un terminale per un editor', 'Usa --subject o --text FILE.'),
  'nobody-asks-more': ({ client }) =>
    said(
      `in 90 giorni nessun messaggio di ${client} chiede di più, per quanto si capisce`,
      'Indica il messaggio: --quote ID (vedi: paletti inbox list)',
    ),
  'node-too-old': ({ version }) => said(`${version} è troppo vecchio`, 'Installa Node.js 20.19 o più recente.'),
  'not-in-future': ({ text }) => said(`«${text}» non è nel futuro`, 'Indica un giorno o un momento successivo.'),
  'not-said': ({ id }) => said(`il messaggio ${id} non lo dice`, 'Cita le sue parole, o togli --text.'),
  'not-written-by': ({ id, client }) => said(`il messaggio ${id} non è di ${client}`, 'Vedi: paletti inbox list'),
  'nothing-to-quote': ({ id }) => said(`il messaggio ${id} non ha testo da citare`, 'Indica un altro messaggio.'),
  'nothing-written': () => said('non si è scritto nulla', 'Ricomincia quando vuoi.'),
  'notice-days-or-milestone': () =>
    said('il preavviso è in giorni oppure legato a un traguardo', 'Usa --notice-days, oppure --milestone con --by.'),
  'notice-in-days': () => said('questo preavviso si conta in giorni', 'Togli --reached.'),
  'option-no-address': ({ option }) =>
    said(
      `${option} non è un indirizzo di posta`,
      "Scrivi un solo indirizzo semplice, come a@example.com, oppure '<>'.",
    ),
  'own-address': ({ address }) => said(`${address} è un tuo indirizzo`, 'Indica l’indirizzo da cui scrive il cliente.'),
  'pause-without-letter': () =>
    said(
      'qui solo la fine di una sospensione ha una lettera',
      'Una sospensione per denaro la scrive la scala dei solleciti; senza --letter sospendi in silenzio.',
    ),
  'payment-matched': ({ id }) => said(`il movimento ${id} è già attribuito`, `Prima: paletti payments undo ${id}`),
  'payment-not-positive': () => said('il pagamento deve essere maggiore di zero', 'Controlla l’importo.'),
  'project-ends-early': ({ name, started }) =>
    said(`«${name}» finirebbe prima di cominciare`, `È cominciato ${dayWith('il', started)}.`),
  'project-without-name': () => said('un progetto ha bisogno di un nome', 'Chiamalo come faresti in una lettera.'),
  'promise-past': () => said('il giorno promesso è passato', 'Indica oggi o un giorno a venire.'),
  'provider-domain': ({ domain }) =>
    said(`«${domain}» è di un fornitore di posta, non di un solo cliente`, 'Dai al cliente i suoi indirizzi interi.'),
  'reached-in-future': ({ day }) => said(`${dayWith('il', day)} è nel futuro`, 'Dillo quando è raggiunto.'),
  'reason-names-person': () =>
    said(
      'il motivo nomina la persona, e resta nel registro',
      'Dillo senza nome né indirizzo, come «chiesto con lettera del 20 novembre».',
    ),
  'request-no-words': () => said('mancano le parole della richiesta', 'Scrivile: --text "…".'),
  'request-too-long': ({ most }) => said(`il testo supera ${most} caratteri`, 'Dillo in una frase.'),
  'request-without-text': () => said('non si capisce che cosa è stato chiesto', 'Usa --message ID, oppure --text "…".'),
  'same-client': ({ who, into, name }) =>
    said(
      `«${who}» e «${into}» sono lo stesso cliente: ${name}`,
      'Indica due clienti: prima quello che sparisce, poi quello che resta. Vedi: paletti clients list',
    ),
  'sent-or-not': () =>
    said('scegli --sent oppure --not-sent', 'Cerca la lettera nella posta inviata, o chiedi al cliente.'),
  'stopped-early': () => said('fermato prima della fine del giro', 'Ciò che manca si fa al prossimo giro.'),
  'subject-broken': () => said('l’oggetto contiene un a capo o un carattere di controllo', 'Scrivilo su una riga.'),
  'subject-empty': () => said('l’oggetto è vuoto', 'Scrivine uno.'),
  'sum-too-large': ({ text }) => said(`«${text}» è un importo troppo grande`, 'Controllalo.'),
  'template-faults': ({ amount }) =>
    said(`${several(amount, 'errore', 'errori')} nei modelli`, 'Correggili, poi: paletti templates check'),
  'total-not-positive': () =>
    said(
      'il totale deve essere maggiore di zero',
      'Una nota di credito non è una fattura: registrala sulla sua fattura con: paletti invoices credit NUMERO --amount IMPORTO',
    ),
  'two-passwords': ({ one, other }) =>
    said(`${one} e ${other} indicano due posti per una sola password`, 'Togline uno.'),
  'which-item': ({ items }) => said('quale voce?', `Una di queste: ${items}`),
  'whose-invoices': () =>
    said(
      'la configurazione non dice quali fatture sono tue',
      'Scrivici la tua partita IVA: "owner": { "vat": "IT01234567890" }; oppure il codice fiscale: "taxCode".',
    ),
  'work-ended': ({ client, id }) => said(`il lavoro per ${client} è concluso`, `Vedi: paletti exit ${id} status`),
  'work-ended-already': ({ client, id }) =>
    said(`il lavoro per ${client} è già concluso`, `Vedi: paletti exit ${id} status`),
  'wrong-name': ({ name }) =>
    said('il nome scritto non è quello del cliente', `Scrivilo come sta nell’elenco: ${name}`),
  'wrong-name-merge': ({ name }) =>
    said('il nome scritto non è quello del cliente che sparisce', `Scrivilo come sta nell’elenco: ${name}`),
  'checks-failed': ({ amount, next }) =>
    said(
      `${several(amount, 'controllo non riuscito', 'controlli non riusciti')}`,
      next ?? 'Sistema il primo, poi: paletti doctor',
    ),
  'never-open': ({ why }) => said(`non c’è più un’apertura: ${why}`, 'Guarda contactHours.closures.'),
  'database-problem': ({ problem }) =>
    said(`l’archivio è danneggiato: ${problem}`, 'Rimetti la copia più recente, con Paletti fermo.'),
  'journal-entry': ({ id, problem }, say) =>
    said(`voce ${id}: ${say(problem)}`, 'Confronta con una copia: paletti journal verify'),
  'no-number-of': ({ text, what }) =>
    said(`«${text}» non è il numero di ${numbered[what]}`, 'I numeri stanno nella prima colonna dell’elenco.'),
  'no-word': ({ text, what, known }) => said(`«${text}» non è ${word[what]}`, `Valgono: ${known}.`),
  'no-whole': ({ text, what, min, max }) =>
    said(`«${text}» non è ${counted[what]}`, `Scrivi un numero intero da ${min} a ${max}.`),
  'no-file': () => said('non c’è un file così', 'Controlla il percorso e i permessi.'),
  'file-unreadable': () => said('il file non si può leggere', 'Controlla il percorso e i permessi.'),
  'file-not-written': ({ why }) => said(`il file non è stato scritto: ${written[why].what}`, written[why].next),
  'sum-in-two-ways': ({ text, example }) =>
    said(
      `«${text}» si può leggere in due modi`,
      `Scrivilo senza separatore delle migliaia, come ${example.replace(' or ', ' o ')}.`,
    ),
  'no-sum': ({ text, currency, places }) =>
    said(
      `«${text}» non è un importo in ${currency}`,
      places === 0 ? 'Scrivilo come 1220.' : 'Scrivilo come 1220.50 o 1220,50.',
    ),
  'letter-wrong-state': ({ id, state }) =>
    said(`la lettera ${id} è ${names.letterStates[state]}: così non si può`, `Vedi: paletti outbox show ${id}`),
  'no-client': ({ text, near }) =>
    said(`non c’è il cliente «${text}»`, near === '' ? 'Vedi `paletti clients list`.' : `Intendevi ${near}?`),
  'several-clients': ({ text, known }) =>
    said(`più clienti cominciano con «${text}»`, `Scrivi di più del nome: ${known}.`),
  'two-clients': ({ name, known }) =>
    said(`due clienti si chiamano «${name}»`, `Indica il numero, o un indirizzo: ${known}.`),
  'no-config-file': () =>
    said(
      'non c’è un file di configurazione così',
      'Esegui "paletti init", oppure: cp config.example.json config.json, modificalo, poi esegui "paletti doctor".',
    ),
  'recorded-twice': ({ number, sum, day, reference }) =>
    said(
      `forse questo pagamento è già registrato, sulla fattura ${number}`,
      `Lì è di ${money(sum)} ${dayWith('del', day)}${reference}. Se è arrivato davvero due volte, dillo: con --again, o con la spunta sulla pagina.`,
    ),
  'invoice-state': ({ number, state }) =>
    said(`la fattura ${number} è già ${page.money.states[state]}`, `Vedi: paletti invoices show ${number}`),
  'takes-no-payment': ({ number, state }) =>
    said(
      `la fattura ${number} è ${page.money.states[state]} e non riceve pagamenti`,
      state === 'void'
        ? `Vedi: paletti invoices show ${number}`
        : `Se il denaro è arrivato lo stesso, --again lo registra come credito del cliente. Vedi: paletti invoices show ${number}`,
    ),
  'not-come-yet': ({ day, next }) =>
    said(
      `${dayWith('il', day)} deve ancora venire`,
      next === 'issue'
        ? 'Registrala il giorno in cui è emessa.'
        : 'Una promessa si annota con: paletti invoices promise NUMERO --by GIORNO',
    ),
};
