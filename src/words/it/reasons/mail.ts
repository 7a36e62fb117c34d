/** Italian: what was seen of a mail, whether it is believed, and why it is acknowledged or not. */
import type { AcknowledgementReason } from '../../../rules/acknowledgement.ts';
import type { BeliefReason } from '../../../rules/belief.ts';
import type { RecipientReason } from '../../../rules/recipient.ts';
import type { HeaderSays, SeenReason, SenderIs, SubjectIs } from '../../../rules/triage.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { moment } from '../grammar.ts';

const headers: Readonly<Record<HeaderSays, string>> = {
  program: 'l’ha inviato un programma',
  many: 'è stato inviato a molti',
  list: 'è passato da una lista o è stato inviato a molti',
  spam: 'l’ha fermato il filtro antispam',
  campaign: 'fa parte di una campagna',
  'bulk-sender': 'l’ha segnato chi invia in massa',
  'mailing-program': 'l’ha inviato un programma per invii in massa',
  service: 'un programma l’ha inviato tramite un servizio per molti',
  'bulk-relay': 'l’ha trasportato un servizio per invii in massa',
  'came-back': 'è una lettera di Paletti tornata indietro',
  'other-paletti': 'l’ha scritto un altro Paletti',
  'no-automatic-answer': 'il mittente non vuole risposte automatiche',
};

const subjects: Readonly<Record<SubjectIs, string>> = {
  'delivery-report': 'è quello di un avviso di mancato recapito',
  'delivery-report-sent-on': 'è quello di un avviso di mancato recapito inoltrato',
  complaint: 'è quello di un reclamo per spam',
  dmarc: 'è quello di un rapporto DMARC',
  'answering-machine': 'è quello di un risponditore automatico',
  'perhaps-answering-machine': 'somiglia a quello di un risponditore automatico',
  spam: 'è stato segnato dal filtro antispam',
};

const senders: Readonly<Record<SenderIs, string>> = {
  'no-reply': 'dice che nessuno legge le risposte',
  program: 'è quello di un programma',
  notices: 'di solito manda avvisi',
  'mail-server': 'è quello di un server di posta',
  list: 'è quello di un programma per liste',
  postmaster: 'è una persona o un programma, non si può sapere',
};

const reports = {
  delivery: 'è un avviso di recapito (multipart/report; report-type=delivery-status)',
  rejection: 'un server di posta ha rifiutato il tuo messaggio (disposition-notification)',
  receipt: 'è una conferma di lettura (disposition-notification)',
  complaint: 'è un reclamo per spam (feedback-report)',
  encryption: 'è un rapporto sulla cifratura (tlsrpt)',
  any: 'è un multipart/report, che scrivono solo i programmi di posta',
} as const;

const yours = {
  from: 'viene dal tuo stesso indirizzo',
  envelope: 'il mittente della busta è il tuo stesso indirizzo',
  sender: 'il mittente è il tuo stesso indirizzo',
} as const;

export const seen: SentencesOf<SeenReason> = {
  'person-wrote': ({ from }) => `ti ha scritto una persona, ${from}`,
  'header-says': ({ name, value, so }) => `lo dice l’intestazione «${name}: ${value}»: ${headers[so]}`,
  'subject-is': ({ subject, of }) => `l’oggetto «${subject}» ${subjects[of]}`,
  'is-report': ({ of }) => reports[of],
  'has-report': ({ type }) => `ha una parte di tipo ${type}, un avviso di recapito`,
  'receipt-subject': ({ subject, without }) =>
    `l’oggetto «${subject}», senza ${without === 'sender' ? 'mittente della busta' : 'una parola di testo'}, è quello di una conferma di lettura`,
  'file-is-report': ({ name }) => `l’allegato «${name}» è un rapporto DMARC`,
  'postmaster-reports': () => 'viene da postmaster e dice che un messaggio non è stato recapitato',
  'sender-called': ({ name }) => `il mittente si chiama «${name}»`,
  'sender-is': ({ address, isEnvelope, what }) =>
    `il mittente ${isEnvelope ? 'della busta ' : ''}${address} ${senders[what]}`,
  'your-address': ({ address, where }) => `${yours[where]} ${address}`,
  'your-side': ({ from }) => (from === '' ? 'è dalla tua parte' : `${from} è dalla tua parte`),
  'your-sent': () => 'sta nella tua posta inviata',
  'your-form': () => 'l’ha scritto un cliente con un tuo modulo, che mette il tuo indirizzo come mittente',
  'your-group': () => 'è passato da un tuo gruppo, dove una risposta arriverebbe a tutti',
  marked: ({ flag }) => `il server o una persona l’ha segnato ${flag}`,
  'in-junk-folder': ({ byFilter }) =>
    byFilter ? 'un filtro l’ha messo nella posta indesiderata' : 'sta nella posta indesiderata',
  'gmail-reaction': () => 'qualcuno ha messo una faccina al tuo messaggio (una reazione di Gmail)',
  'only-a-sign': ({ text }) => `dice solo «${text}»: una faccina al tuo messaggio`,
  recalls: ({ subject }) => `il mittente vuole ritirare un messaggio («${subject}»)`,
  'calendar-says': ({ method }) => `è un messaggio del calendario (METHOD:${method})`,
  'auto-prefix': () => 'è una risposta il cui oggetto comincia con «Auto:»',
  'first-sentence': ({ text }) => `la prima frase dice che l’ha scritto un programma: «${text}»`,
  'asks-to-confirm': ({ subject }) => `un programma ti chiede di confermare il tuo messaggio: «${subject}»`,
  'begins-with-absence': () => 'comincia con un’assenza e ne dice la fine, come i risponditori automatici',
  'ends-as-automatic': () => 'dice di essere stato scritto automaticamente',
  'envelope-of': ({ address, whose }) =>
    `il mittente della busta ${address} è quello di un programma ${whose === 'list' ? 'per liste' : 'che conta che cosa torna indietro'}`,
  'list-domain': ({ from }) => `il mittente ${from} scrive da un dominio per liste`,
  'mark-of-mailing': ({ from }) => `il mittente ${from} porta il segno di un singolo invio`,
  'empty-envelope': () => 'il mittente della busta è vuoto (<>): chi l’ha inviato non vuole risposta',
  'from-is-empty': () => 'l’intestazione «From» non nomina alcun indirizzo',
  'header-too-long': () => 'l’intestazione è più lunga di quelle che si scrivono, e non è stata letta per intero',
  'by-certified-mail': () => 'è arrivato per PEC, dove una risposta automatica sarebbe un atto legale',
  'rule-forwarded': () =>
    'l’ha inoltrato una regola della casella (Auto-Submitted: auto-generated): l’ha scritto una persona, ma una risposta può finire altrove',
  'found-forged': ({ found }) =>
    `il tuo server di posta ha trovato il mittente falso (Authentication-Results: ${found})`,
  'envelope-to-nobody': () => 'la busta non nomina alcun destinatario',
  'none-of-yours': () => 'nessuno dei tuoi indirizzi è tra i destinatari',
  'only-a-copy': () => 'ti è arrivato solo in copia (Cc)',
  recipients: ({ amount, most }) => `è andato a ${amount} destinatari, più di ${most}`,
};

/** To stand after the mail that it is said of. */
export const belief: SentencesOf<BeliefReason> = {
  authenticated: ({ found }) => `è autenticata (${found})`,
  'names-our-letter': () => 'nomina una nostra lettera, e può farlo solo chi l’ha ricevuta',
  'origin-failed': ({ found }) =>
    `non ha superato ${found.startsWith('dmarc=fail') ? 'il DMARC' : 'l’autenticazione'} (${found})`,
  'not-as-usual': () => 'non è autenticata da nulla, come invece lo è di solito la posta di questo indirizzo',
  'as-usual': () => 'è arrivata come di solito arriva la posta di questo indirizzo',
  'report-with-sender': () => 'ha un mittente della busta, che nessun avviso di un server di posta ha',
  'report-about-other': ({ address }) => `riguarda ${address}, a cui la lettera non è stata inviata`,
  'report-of-server': () => 'è l’avviso di un server di posta',
};

export const acknowledgement: SentencesOf<AcknowledgementReason | RecipientReason> = {
  history: () => 'c’era già prima di Paletti, o prima che la casella venisse rinumerata',
  'before-activation': () => 'è arrivato prima del primo avvio di Paletti',
  stranger: () => 'il mittente non è nel registro dei clienti',
  'acknowledgements-off': () => 'le conferme di ricezione sono spente',
  'not-believed': ({ because }, say) => `il mittente è dubbio: la posta ${say(because)}`,
  'no-valid-address': () => 'non nomina un solo indirizzo valido del registro a cui rispondere',
  'not-authenticated': () => 'nulla prova che venga dall’indirizzo del mittente, che non sta esso stesso nel registro',
  'no-window': () => 'non attende risposta',
  'window-answered': () => 'hai già risposto',
  'window-closed': () => 'hai deciso che non serve risposta',
  'already-acknowledged': () => 'per questa risposta attesa una conferma è già stata scritta',
  'never-open': () => 'per un anno non ci sono orari di contatto in cui potrebbe partire',
  'recently-acknowledged': () => 'lo stesso lettore ha avuto una conferma meno di 72 ore prima',
  'enough-waiting': ({ count, perDay }) =>
    `${count} conferme sono già in attesa, e in un giorno ne possono partire ${perDay}`,
  'promise-past': ({ due }) => `potrebbe partire solo dopo che la risposta è dovuta (${moment(due)}, ${due.zone})`,
  acknowledge: ({ because }, say) => `${say(because)}; parte una conferma, se prima non rispondi tu`,
  thanks: () => 'una persona ringrazia per la tua risposta, o dice che è arrivata: non chiede nulla',
};
