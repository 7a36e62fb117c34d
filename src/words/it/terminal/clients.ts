/** Italian: `paletti clients`. */
import type { ClientsWords } from '../../parts/terminal.ts';
import { dayWith, several } from '../grammar.ts';

export const clients: ClientsWords = {
  noneYet:
    'Ancora nessun cliente. Aggiungine uno: paletti clients add NOME --address INDIRIZZO, oppure: paletti clients import FILE',
  columns: { client: 'CLIENTE', address: 'INDIRIZZO', writes: 'SI SCRIVE', work: 'LAVORO', open: 'APERTO' },
  writes: (language, tone) => `${language} ${tone}`,
  onHold: 'in sospeso',
  added: (name, id) => `${name} è il cliente ${id}.`,
  tellWelcome: (id) => `Per dire come lavori (orari, canali, risposte, pagamenti): paletti letter ${id} welcome`,
  tellIntake: (id) => `Che cosa definire prima di cominciare: paletti clients intake ${id}`,
  tellContract: (id) =>
    `C’è un contratto firmato? Dillo una volta: paletti clients terms ${id} --contract GIORNO, oppure --contract none`,
  noAddress: (id) => `non si conosce alcun indirizzo: aggiungilo con "paletti clients edit ${id} --address INDIRIZZO"`,
  changed: (name, what) => (what.length === 0 ? `${name} resta com’è.` : `${name}: cambiato ${what.join(', ')}.`),
  held: (name, id, until) =>
    `${name} è in sospeso ${until === null ? `fino a: paletti clients release ${id}` : `fino a ${until}.`}`,
  holdEnded: (id, isNew) => `Il blocco ${id} ${isNew ? 'è finito' : 'era già finito'}.`,
  released: (name, ended) =>
    ended === 0
      ? `${name} non era in sospeso.`
      : `${several(ended, 'blocco', 'blocchi')} di ${name}: ${ended === 1 ? 'tolto' : 'tolti'}.`,
  heading: {
    agreed: 'Accordi',
    holds: 'Blocchi',
    invoices: 'Fatture',
    windows: 'Aspetta la tua risposta',
    letters: 'Lettere',
    projects: 'Progetti',
    marks: 'I tuoi segni',
    last: (id) => `Ultimi fatti (tutti: paletti clients timeline ${id})`,
    signs: 'Segnali dell’ultimo anno',
  },
  labels: {
    client: 'Cliente',
    writes: 'Si scrive',
    addresses: 'Indirizzi',
    billing: 'Amministrazione',
    phone: 'Telefono',
    vat: 'Partita IVA',
    tax: 'Codice fiscale',
    pec: 'PEC',
    code: 'Codice',
    domains: 'Domini',
    work: 'Lavoro',
    project: 'Progetto',
    hours: 'Orari suoi',
    timeZone: 'Fuso orario',
    notes: 'Note',
  },
  hold: (id, scope, reason, until, note) =>
    `${id}  ${scope}: ${reason}, ${until === null ? 'finché non lo togli' : `fino a ${until}`}  ${note}`.trimEnd(),
  invoice: (number, state, total, open) => `${number}  ${state}  ${total}, da incassare ${open}`,
  window: (message, due) => `messaggio ${message}, entro ${due}`,
  terms: {
    labels: {
      contract: 'Contratto',
      since: 'Al lavoro da',
      rate: 'Tariffa',
      payment: 'Pagamento',
      revisions: 'Revisioni',
      notice: 'Preavviso',
      pause: 'Clausola di sospensione',
      exit: 'Clausola di recesso',
      prepaid: 'Pagato in anticipo fino al',
      niche: 'Settore',
      ladder: 'Scala',
      scope: 'Compreso',
    },
    signed: (day) => `firmato ${dayWith('il', day)}`,
    noContract: 'non c’è',
    contractNotTold: 'non l’hai detto',
    notKnown: 'non si sa',
    rate: (sum, unit) => `${sum}${unit === null ? '' : ` per ${unit}`}`,
    revisions: (amount) => several(amount, 'compresa', 'comprese'),
    notice: (days) => several(days, 'giorno', 'giorni'),
    asItWas: (name) => `${name}: com’era.`,
  },
  log: {
    logged: (name, kind, when, minutes) =>
      `Annotato con ${name}: ${kind}, ${when}${minutes === null ? '' : `, ${minutes} min`}.`,
    outOfHours: (why) => `Fuori orario: ${why}.`,
    kept: (name, sha256) => `Conservato con l’annotazione: ${name}, SHA-256 ${sha256}`,
    workThoughStopped: (client, id, state) =>
      state === 'ended'
        ? `il lavoro per ${client} è concluso: questo lavoro non te lo ha chiesto nessuno`
        : `il lavoro per ${client} è sospeso finché non arrivano i soldi: deve riprendere? Allora: paletti clients edit ${id} --work active`,
    work: 'lavoro',
  },
  project: {
    none: 'Ancora nessun progetto. Aggiungilo: paletti clients project CLIENTE add NOME',
    is: (client, name, state, changed) => `${client}: «${name}» ${changed ? 'ora è' : 'è già'} ${state}.`,
    line: (name, state, since, ended) =>
      `${name}: ${state}${since === null ? '' : `, ${dayWith('dal', since)}`}${ended === null ? '' : `, finito ${dayWith('il', ended)}`}`,
  },
  mark: {
    none: 'Nessun segno.',
    done: (client, mark, changed, removed) =>
      `${client}: ${changed ? '' : 'com’era, '}${removed ? 'senza' : 'con'} il segno «${mark}».`,
  },
  paymentTerms: ({ days, endOfMonth, dayAfter }) => {
    if (days === 0 && dayAfter !== null) return `il giorno ${dayAfter} del mese dopo la fattura`;
    const end = endOfMonth ? ', poi alla fine di quel mese' : '';
    return `${several(days, 'giorno', 'giorni')} dalla fattura${end}${dayAfter === null ? '' : `, poi il giorno ${dayAfter} del mese dopo`}`;
  },
  timeline: {
    none: 'Non è ancora successo nulla.',
    columns: { when: 'QUANDO', what: 'CHE COSA', about: 'SU' },
    about: {
      unsure: '(forse partita)',
      takenBackLater: '(poi annullato)',
      takenBack: (payment) => `${payment}: annullato`,
      credit: (sum, number) => `nota di credito di ${sum} sulla ${number}`,
      payment: (sum, number) => `${sum} per la ${number}`,
      enteredOn: (day) => `, annotato ${day}`,
      until: (day) => `, fino a ${day}`,
    },
    kinds: {
      'message-in': 'ha scritto',
      'message-out': 'hai scritto',
      letter: 'lettera',
      invoice: 'fattura',
      payment: 'pagamento',
      credit: 'nota di credito',
      void: 'annullata',
      'written-off': 'stralciata',
      dispute: 'contestata',
      promise: 'promessa',
      hold: 'in sospeso',
      'hold-ended': 'ripreso',
      answered: 'risposto altrove',
      reversal: 'annullato',
      call: 'telefonata',
      meeting: 'incontro',
      chat: 'chat',
      note: 'nota',
      work: 'lavoro',
      delivery: 'consegna',
      lunch: 'pranzo',
      dinner: 'cena',
      price: 'prezzo',
      attack: 'attacco',
    },
    outOfHours: (why) => `[fuori orario: ${why}]`,
  },
  work: {
    is: (name, state) => `Il lavoro per ${name} ora è ${state}; nessuno viene avvisato.`,
    already: (state) => `È già ${state}.`,
    letterWaits: (id, client) => `La lettera ${id} a ${client} aspetta te; il lavoro riprende quando è partita.`,
  },
  merge: {
    becomes: (from, fromId, into, intoId) => `${from} (cliente ${fromId}) diventa ${into} (cliente ${intoId}).`,
    nouns: {
      client_addresses: (amount) => several(amount, 'indirizzo', 'indirizzi'),
      client_domains: (amount) => several(amount, 'dominio', 'domini'),
      client_references: (amount) => several(amount, 'riferimento', 'riferimenti'),
      messages: (amount) => several(amount, 'messaggio', 'messaggi'),
      windows: (amount) => several(amount, 'finestra di risposta', 'finestre di risposta'),
      cases: (amount) => several(amount, 'pratica', 'pratiche'),
      invoices: (amount) => several(amount, 'fattura', 'fatture'),
      letters: (amount) => several(amount, 'lettera', 'lettere'),
      log_entries: (amount) => several(amount, 'annotazione', 'annotazioni'),
      log_files: (amount) => several(amount, 'documento allegato', 'documenti allegati'),
      projects: (amount) => several(amount, 'progetto', 'progetti'),
      owner_marks: (amount) => several(amount, 'segno', 'segni'),
      requests: (amount) => several(amount, 'richiesta', 'richieste'),
      exits: (amount) => several(amount, 'chiusura', 'chiusure'),
      holds: (amount) => several(amount, 'blocco', 'blocchi'),
    },
    goesOver: (what) => `Passa di mano: ${what.length === 0 ? 'niente' : what.join(', ')}.`,
    takes: (into, what) => `Preso da lì, perché ${into} non ce l’ha: ${what}.`,
    leaves: (what) => `Non preso, ma conservato nel registro: ${what}.`,
    writtenAnew: (letters) => `Da riscrivere: ${letters.map((letter) => `lettera ${letter}`).join(', ')}.`,
    unchanged: 'Nulla è cambiato.',
    done: (from, fromId, into, intoId) =>
      `Fatto. D’ora in poi ${from} è ${into} (cliente ${intoId}); il numero ${fromId} e il vecchio nome portano ancora lì.`,
    title: (from, into) => `Unire ${from} a ${into}`,
    type: (name) => `Non si può annullare. Scrivi il nome di quello che sparisce: ${name}`,
    typed: 'Il nome è scritto.',
  },
  forget: {
    goes: (name, { messages, letters, records, entries, oldInvoices }) =>
      `Di ${name} si cancellano: ${several(messages, 'messaggio', 'messaggi')}, ${several(letters, 'lettera', 'lettere')}, ${several(records, 'annotazione', 'annotazioni')} (telefonate, progetti, segni, richieste, chiusure, blocchi), i testi di ${several(entries, 'riga del registro', 'righe del registro')}, nome, indirizzi, condizioni e note${oldInvoices === 0 ? '' : `, ${several(oldInvoices, 'fattura', 'fatture')} di più di dieci anni fa`}.`,
    stays: (invoices) =>
      invoices === 0
        ? 'Resta: che un cliente c’è stato, nel registro, senza un testo.'
        : `Restano: ${several(invoices, 'fattura', 'fatture')} come numero, date e importi, senza nome: vanno conservate dieci anni (art. 2220 c.c.; GDPR, art. 17, par. 3, lett. b).`,
    done: (id) => `Cancellato. Il cliente ${id} ora è un numero, e il registro lo dice: paletti journal verify`,
    doneBefore: (id) => `Il cliente ${id} era già stato cancellato; l’archivio viene riscritto ancora una volta.`,
    halfMade: (path) => `un fascicolo della persona è rimasto a metà; elimina tu la cartella: ${path}`,
    notReached:
      'Copie di sicurezza, fascicoli, registri del sistema e messaggi sul server non vengono toccati: eliminali tu.',
    remains: (amount, shown, more) =>
      `${several(amount, 'documento altrui nomina', 'documenti altrui nominano')} ancora la persona e ${amount === 1 ? 'resta com’è' : 'restano come sono'}: ${shown}${more > 0 ? ` e ${several(more, 'altro', 'altri')}` : ''}`,
    title: 'Cancellare un cliente',
    type: (name) => `Non si può annullare. Scrivi il nome per cancellarlo: ${name}`,
    typed: 'Il nome è scritto.',
  },
  import: {
    columns: { line: 'RIGA', client: 'CLIENTE', what: 'CHE COSA', detail: 'DETTAGLIO' },
    what: { add: 'nuovo', change: 'cambia', unchanged: 'invariato', asked: 'da decidere' },
    passedOver: (line, why) => `la riga ${line} è saltata: ${why}`,
    line: (line, what) => `riga ${line}: ${what}`,
    ignored: (columns) => `Colonne non usate: ${columns}`,
    done: (isDone, n) =>
      `${isDone ? 'Fatto' : 'Si farebbe'}: ${several(n.add, 'aggiunta', 'aggiunte')}, ${several(n.change, 'modifica', 'modifiche')}, ${several(n.unchanged, 'riga invariata', 'righe invariate')}${n.asked === 0 ? '' : `, ${several(n.asked, 'da decidere, lasciata com’è', 'da decidere, lasciate come sono')}`}.`,
    toDoIt: 'Per farlo davvero, ripeti il comando con --yes.',
    nothingDone: 'Non si è fatto nulla.',
  },
};
