/** Italian: `paletti requests` and `paletti exit`. */
import type { ExitWords, RequestWords } from '../../parts/terminal.ts';
import { dayWith, several } from '../grammar.ts';

export const requests: RequestWords = {
  none: 'Non si aspetta la risposta di nessun cliente. Per contarne una: paletti requests add',
  columns: {
    client: 'CLIENTE',
    state: 'STATO',
    due: 'ENTRO',
    lost: 'PERSI',
    delivery: 'CONSEGNA',
    nudges: 'SOLLECITI',
    asked: 'CHIESTO',
    why: 'PERCHÉ',
  },
  parked: (until) => `sospesa fino a ${until}`,
  acceptHint: (id) => `Per contare una proposta: paletti requests accept ${id}; per lasciarla: drop ${id}`,
  added: (id, client, due, text) => `Richiesta ${id} a ${client}, entro ${dayWith('il', due)}: ${text}`,
  counts: (id, due) => `La richiesta ${id} conta, entro ${dayWith('il', due)}.`,
  openAlready: (id) => `La richiesta ${id} è già aperta.`,
  answered: (id, lost, delivery) =>
    `La richiesta ${id} ha avuto risposta; ${several(lost, 'giorno perso', 'giorni persi')}${delivery === null ? '' : `; la consegna è ${dayWith('il', delivery)}`}.`,
  answeredAlready: (id) => `La richiesta ${id} aveva già avuto risposta.`,
  dropped: (id, changed) => `La richiesta ${id} ${changed ? 'è lasciata' : 'era già lasciata'}.`,
  nudgesOff:
    'I solleciti sono spenti: al cliente non si scrive nulla ("requests": { "nudges": "on" } nella configurazione).',
  nudges: (isOn, days) =>
    `I solleciti sono ${isOn ? 'accesi' : 'scritti e aspettano te'}: il primo ${several(days, 'giorno', 'giorni')} dopo la scadenza.`,
};

export const exit: ExitWords = {
  none: 'Nessuna chiusura aperta.',
  columns: { client: 'CLIENTE', state: 'STATO', reason: 'MOTIVO', open: 'MANCA' },
  cancelled: (client) => `La chiusura con ${client} è annullata. Non parte nulla.`,
  ended: (client) => `Il lavoro per ${client} è concluso.`,
  reportWaits: (letter) => `Il rapporto finale aspetta te: paletti outbox show ${letter}`,
  whatIsHandedOver: (client) => `Che cosa si consegna: paletti exit ${client} handover`,
  reportWithoutWork: (client) =>
    `in archivio non c’è nessun lavoro, e il rapporto non ne nomina; annotalo e riscrivilo: paletti clients log ${client} work …; paletti exit ${client} report`,
  lookBack: (client) => `Quanto è costato, e che cosa impari: paletti exit ${client} look-back`,
  letterWaits: (letter) => `La lettera ${letter} aspetta te: paletti outbox approve ${letter}`,
  openAlready: (client) => `La chiusura con ${client} è già aperta e resta com’è.`,
  changed: (client) => `La chiusura con ${client} è modificata.`,
  proposed: (client) => `La chiusura con ${client} è proposta; da sola non parte nessuna lettera.`,
  takenUp: (client) => `La chiusura con ${client} è presa in mano; da sola non parte nessuna lettera.`,
  checked: (item, isUndone) => `${isUndone ? 'Tolta la spunta' : 'Spuntato'}: ${item}.`,
  nothingChanged: 'Nulla è cambiato.',
  allChecked: (id, client) => `È tutto spuntato. Ora: paletti exit ${id} approve --name "${client}"`,
  stillOpen: (items) => `Manca ancora: ${items.join(', ')}`,
  approvalBack: (client) => `L’approvazione della chiusura con ${client} è ritirata.`,
  notApproved: 'Non era approvata.',
  approved: (client) => `La chiusura con ${client} è approvata; la lettera parte nel prossimo orario di contatto.`,
  approvedAlready: 'È già approvata.',
  undoHint: (id) => `Finché non è partita: paletti exit ${id} approve --undo, oppure cancel`,
  handover: {
    to: (client, state) => `Consegna a ${client}: ${state}`,
    onPayment: '(al pagamento)',
    on: (day) => `, ${dayWith('il', day)}`,
    empty: (id) => `L’elenco è vuoto. Aggiungi: paletti exit ${id} handover --add "…"`,
    open: (why) => `aperta (${why})`,
    closed: (why) => `ciò che passa al pagamento è chiuso (${why}), tutto il resto è aperto`,
  },
  heading: (client, state) => `Chiusura con ${client}: ${state}`,
  labels: {
    proposed: 'Proposta',
    cooling: 'Pausa di riflessione',
    reason: 'Motivo',
    notice: 'Preavviso',
    referral: 'Chi può subentrare',
    approved: 'Approvata',
    letter: 'Lettera',
    cancelled: 'Annullata',
    handover: 'Consegna',
  },
  proposedBy: (when, by) => `${when}, ${by === 'owner' ? 'da te' : 'dalla scala dei solleciti'}`,
  until: (when) => `fino a ${when}`,
  approvedBy: (when, by) => `${when}, ${by === 'owner' ? 'da te' : 'dalla configurazione'}`,
  letter: (id, state, left) => `${id}, ${state}${left === null ? '' : `, partita ${left}`}`,
  checklist: 'Lista di controllo',
  before: (when, end) => `Prima: ${when}, ${end}`,
  noticeDays: (days) => several(days, 'giorno', 'giorni'),
  noticeIf: (day) => `; fino ${dayWith('al', day)} se la lettera partisse oggi`,
  noticeUntil: (day) => `; fino ${dayWith('al', day)}`,
  milestone: (what, by) => `fino a «${what}»${by === null ? '' : `, al più tardi ${dayWith('il', by)}`}`,
  next: (what) => `Ora: ${what}`,
  asleep: (id) =>
    `dorme finché tutto il dovuto non è pagato; per cominciare ora: paletti exit ${id} propose; oppure lascia stare: cancel`,
  nextFor: (state, id, open) => {
    if (state === 'proposed') return `prendila in mano: paletti exit ${id} propose; oppure lasciala: cancel`;
    if (state === 'cooling') return `lascia passare i giorni; intanto: paletti exit ${id} check VOCE, oppure cancel`;
    if (state === 'checklist')
      return open === null ? `paletti exit ${id} approve --name "…"` : `paletti exit ${id} check ${open}`;
    if (state === 'approved') return `parte in orario di contatto; per fermarla: paletti exit ${id} cancel`;
    if (state === 'notice-running') return `quando il preavviso è passato: paletti exit ${id} end`;
    return state === 'ended' ? `paletti exit ${id} handover` : null;
  },
};
