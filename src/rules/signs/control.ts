/** Many messages for each piece of work, and sentences that take the decisions back. */
import { phrases } from '../phrases.ts';
import { humanIn, quotesOf, median, sign, speaks, tooFew } from '../sign.ts';
import { count } from '../words.ts';

const controls = phrases([
  'scelte|decisioni le faccio|prendo|facciamo|prendiamo|decido io|noi',
  'tu|voi esegui|esegua|eseguite|esegui|obbedisci',
  'ho|abbiamo corretto|ricontrollato|rivisto|contato|cambiato|riscritto tutte|tutti|tutto|ogni|le|i|io tue|tuoi|suoi|sue|virgole|virgola|punti|parole|le|i|tuo .. guarda|bene|attent*|virgol*|parol*|testo|testi',
  'voglio|vorrei|esigo|pretendo|mandami|dammi il|un|i|la dettaglio|dettagli|elenco|registro|lista|rendiconto .. ore|ora|minuti|lavor*|attivita|tempi|giorn*',
  'a che ora hai|inizi|cominci|ti|avete|finisci|stacchi .. $?',
  'sto|ti|vi controllando|seguo|controllo|guardo il|da|tuo|ogni|quello',
  'log|track|timesheet|account for every|each|your|of hour|hours|minute|minutes',
  'what time did|do you start|begin|finish|log',
  'where is|are|was the|my? comma|full',
  'i|we rewrote|corrected|fixed|counted|rechecked your|all|every text|commas|copy|words|of',
  'tutto|ogni deve|devono passa*|passare da|per|dal|attraverso me|mie|noi',
  'everything|it all has|must|needs|should to? go|goes|pass|come through me|us|my',
  'tienimi|tenetemi aggiornat* su|ogni|passo',
  'wait for|until my|our approval|ok|okay|sign',
  'get|need my|our approval|ok|okay|sign',
  'i|we want|need|have to approve|see|check every|each|all|everything|it',
  'decido|decidiamo|comando|comandiamo|scelgo io|noi|come|cosa|quando',
  'sono|siamo|devo|dobbiamo|voglio|vogliamo|spetta|tocca io|noi|a|essere|io me|noi|che|a|decid* a|che|decid*|comand*|scegli*|stabil*|dire',
  'io decido|comando|pago|scelgo|dico .. e|quindi|io|tu',
  'lo|la dico|decido|decidiamo|stabilisco io|noi',
  'come|quello|cio che? dico|ti|vi|ho io|dico|detto|ho',
  'chi ti|vi|le ha|l detto|autorizzat*|dato|permesso|chiesto|ordinato|ha',
  'con quale|che autorizzazione|permesso|diritto',
  'perche|come hai|avete|ha|mai|non hai|avete|mi|ci|l|messo|fatto|usato|cambiato|scelto|scritto|tolto|spostato|pubblicato|inviato|deciso|risposto|chiesto|mandato messo?|fatto?|usato?|cambiato?|scelto?|scritto?|tolto?|spostato?|pubblicato?|inviato?|deciso?|chiesto?|il?|la?|quel*? $? !pagato|pagata|arrivat*|ricevut*|bonifico',
  'perche hai|avete|ha messo|fatto|usato|cambiato|scelto|scritto|tolto|spostato|pubblicato|inviato|deciso|mandato|modificato|aggiunto',
  'prima di pubblicare|inviare|mandare|procedere|andare|fare|toccare|cambiare|postare|rispondere|decidere|muoverti|iniziare|modificare|scrivere|spedire|consegnare|partire|caricare|stampare .. chied*|chiam*|approv*|ok|veder*|mostr*|conferm*|avvis*|sentir*|sentimi|passa*|parl*|permesso|consult*|controll*|legg* !pago|paghi|ricever*',
  'chiedi|chiedimi|chiedetemi|chiedermi|avvisami|avvisatemi|avvisarmi|mostrami|mostrarmi|mostratemi|sentimi|consultami|consultarmi|interpellami|fammi|fatemi|mandami|mandarmi|inviami|passami|sottoponimi .. prima di|che .. !ferie|pagare|riunione|call|chiamata|incontro|partire|venire|appuntamento',
  'non mi|ci hai|avete|ha|e|viene stato? chiesto|avvisat*|consultat*|informat*|interpellat*|detto .. !pagat*',
  'senza il|la|un|chieder*|avvisar*|consultar*|dirmi|dircelo|dirmelo|sentir*|interpellar*|parlar* mio|mia|nostro|nostra|permesso|me|ok|autorizzazione|consenso|benestare|prima|il|con|approvazione',
  'senza chiedermi|chiedermelo|avvisarmi|consultarmi|dirmi|dirmelo|interpellarmi|sentirmi|chiedercelo|avvisarci',
  'mio|nostro|mia|nostra permesso|consenso|benestare|approvazione|autorizzazione|ok|via|visto|supervisione|placet',
  'mettimi|mettetemi|metta|mettermi|mettici|metterci|tienimi|tenermi|tenetemi|aggiungimi|metti|voglio|essere .. in|sempre copia|cc !accordo',
  'in copia|cc in|su|a|di|per|sempre ogni|tutt*|qualsiasi',
  'sempre in copia|cc',
  'voglio|vorrei|devo|pretendo|esigo|vogliamo|dobbiamo|vorremmo|ho|desidero|intendo vedere|controllare|approvare|leggere|sapere|essere|verificare|validare|rivedere|supervisionare|avere|conoscere|bisogno tutto|ogni|tutti|tutte|prima|sempre|cosa|ciascun*|qualsiasi|informat*|personalmente|io|aggiornat*|il di? .. !preventiv*|fattur*',
  'fammi|fatemi|mi|farmi vedere|leggere|approvare|controllare|fai tutto|ogni|prima|sempre|passo|singol*|tutti|tutte|qualsiasi|vedere .. !ok',
  'ogni|tutto|tutti|tutte|qualsiasi|tutta .. passa|passare|passino|passano|passi|approvat*|approvare|approvazione|autorizzat*|controllat* da|per|dal|mia|me me|noi|mio?',
  'passa|passare|passi|passino|passate|passare da|per|sempre me|noi !ufficio|trovare|qui|prendere|studio',
  'aggiornami|aggiornatemi|aggiornarmi|tienimi|tenetemi|informami|scrivimi|chiamami|relazionami aggiornat*|ogni|tutt*|costantemente|passo|sempre|su ogni|tutt*|passo|costantemente|giorno|ora|sera|mattina|minimo|qualsiasi',
  'aggiornami|aggiornatemi|informami|scrivimi|chiamami|mandami ogni|tutte|tutti|costantemente',
  'ogni ora|giorno|sera|mattina|lunedi|settimana|mezz .. report|aggiornamento|resoconto|aggiornami|relazione|foto|screenshot|riepilogo|vedere',
  'report|resoconto|riepilogo|aggiornamento giornaliero|quotidiano|orario|ogni|dettagliato',
  'cosa|che stai|state cosa? facendo|combinando|aspettando $?',
  'quante|quanto ore|tempo hai|ci|avete .. lavorato|messo|dedicato|passato|impiegato',
  'non fare|toccare|cambiare|pubblicare|muovere|inviare|decidere|prendere|rispondere|spostare|mandare|modificare|postare|si nulla|niente|nessun*|iniziative|tocca|pubblica|muove|fa|decide|mai|piu|decisioni .. senza|prima|finche|se|me|da .. !problema|fretta',
  'non fare|prendere|voglio mai? piu? iniziative|niente|nulla|sorprese|decisioni|iniziativa .. senza|da|prima',
  'non prendere|prendete iniziative|decisioni',
  'di testa|iniziativa tua|sua|vostra',
  'fai|fate|faccia|esegui|limitati|limitatevi esattamente|solo|soltanto|quello|come|a|e|cio che|quello|come|cio|a|ti|fare .. dico|detto|chiedo|chiesto|scritto|viene|decido|basta|dice',
  'devi|dovete|deve|dovevi|dovevate|bisogna|avresti|potevi dovuto? chiedere|chiedermi|chiedermelo|avvisarmi|informarmi|aspettare|attendere|consultarmi|dirmelo|sentirmi|farmi|passare|rendere .. !risposta',
  'aspetta|attendi|aspettate|attenda|attendete|aspettare|attendere il? mio|nostro|mia|che|nostra ok|via|benestare|approv*|conferma|lo|autorizz*|io|consenso|parere|decid*|visto',
  'l ultima parola',
  'decisione|decisioni|scelta|scelte spetta|spettano|e|sono|le|la|solo a? me|mia|mie|noi|prendo|nostre|decido .. !tua|sua',
  'minimi|minimo|singolo|singola|ogni dettaglio|dettagli|virgola|parola|tweet|post|email|mail|riga|passaggio|mossa .. approv*|veder*|control*|chied*|conferm*|vogli*|devo|passa*|prima',
  'virgola|punto|riga|parola per virgola|parola|riga',
  'ti|vi controllo|controllero|tengo d|sotto|seguo passo|occhio|controllo|passo?',
  'il cliente|capo|titolare sono|ha io|sempre|noi',
  'i|we ll|will|should|get|must|alone|am|m|want|am|are decide|choose|to|the|the one|one|decide|who decides|decide|choose|decision|pick',
  'i decide|choose|pick|approve',
  's|is my|our call',
  'my|our decision|approval|permission|sign|consent|ok|okay|blessing|green off?|light?|to|first|before|$',
  'who told|asked|authorized|authorised|allowed|said|gave you',
  'why did|would|have|didn|do|is|are|was|does you|t|there|the|this put|use|used|change|changed|choose|chose|write|written|move|moved|post|posted|send|sent|remove|removed|decide|decided|pick|picked|you|a|comma|publish|published|add|added|delete .. $? !invoice|payment|money|reminder',
  'why did you',
  'ask|asked|consult|tell|show|call|check|clear|message|text|contact me|us|with first|before|beforehand|every|each|always|me first?',
  'check|clear|run|confirm|verify it|this|everything|that|all|with|them|every|each with|by|past|me|everything|change|it me|us|first|with?',
  'check with me|us',
  'run|pass .. by|past|through me|us !office|numbers',
  'before|until you|anything|it|we|posting|publishing|sending|changing|doing|i post|publish|send|do|change|start|go|reply|touch|goes|move|make|any|have|ve|approve*|say|is .. me|approv*|ask|check*|show|ok|permission|see|sign|confirm !paid|pay|invoice|payment',
  'without asking|telling|my|checking|consulting|running|informing|me|our|first me|permission|approval|with|us|it|ok|consent|knowing|knowledge?',
  'didn|did|never|haven|not|don t|not|you|even ask|asked|tell|told|consult*|inform*|check* me|us|for|with|my|first permission|?',
  'i|we want|need|have|d|must|would|expect|ll|insist like|to|on|see|approve to|see|approve|check|review|sign|read|know|be|seeing|approving see|approve|check|review|sign|read|know|every|each|all|everything|copied|cc|informed|asked|included .. every|each|all|everything|first|before|single|on|it|always|what !invoice|invoices|options|price',
  'every|each single tweet|post|word|step|change|email|mail|message|line|detail|decision|comma|draft|picture|file|thing|move|day .. !day|time',
  'every|each|all post|tweet|change|draft|email|mail|step|decision|message|text|word|update needs|need|must|has|have|should|goes|go|to|through|before|first .. me|my|us|approv*|through|seen|checked|be|first',
  'cc|copy|bcc|loop|include me|us|in on|in|into|every|always|all .. every|all|everything|always|each|email*',
  'keep|put me|us in|on copy|cc|copied|the on? .. every|all|always|each',
  'keep me|us in|posted|updated|informed the? loop? on|at|about|of|every every|all|each|everything|step|hour|day',
  'show|send|forward|report me|us|to everything|every|each|first|before|all|a|me .. first|before|daily|every|hourly|approv*|day|hour|screenshot*|see|single !file|files|invoice',
  'daily|hourly|weekly report|reports|update|updates|summary|screenshots !newsletter|news|digest',
  'don|do|never|not t|not|ever? do|change|post|send|publish|touch|move|decide|reply|make|start|take anything|any|it|a|decisions|initiative|thing .. without|until|before|unless|yourself|first|again',
  'nothing goes|gets|is|leaves out|published|posted|sent|live|to .. without|until|before|unless|me|i',
  'do|just exactly|as|what|it|do as|what|i|the|exactly i|way|told|said|what say|said|told|tell|want|ask|asked|i',
  'i|we m|am|re|are the client|boss|one|customer who|here|paying|that|?',
  'i pay .. so|i|you',
  'wait for|until my|our|me|i|i ve okay|ok|approval|go|green|say|approve|sign|confirm|to|decide',
  'final say|word|decision is|mine|lies|on|?',
  'what are you doing|working|waiting right|on|now|all|for $?',
  'how many hours did|have you',
  'micro|down to the|every last|smallest|tiniest detail',
]);

const limits = {
  controlSentences: 3,
  deliveries: 2,
  messagesPerDelivery: 12,
} as const;

export const control = sign({
  name: 'control',
  title: 'control',
  weight: 1,
  type: 'controlling',
  answer: 'decisions',
  listens: { controls },
  rule(facts, _now, heard) {
    const messages = humanIn(facts);
    const quotes = quotesOf(heard('controls'));
    const pieces = facts.deliveries.length;
    const perPiece = pieces === 0 ? 0 : messages.length / pieces;
    const usual = Math.max(limits.messagesPerDelivery, 2 * median(facts.othersMessagesPerDelivery));
    const many = pieces >= limits.deliveries && perPiece >= usual;
    if (!many && quotes.length < limits.controlSentences) {
      return quotes.length === 0 ? null : tooFew(`${count(quotes.length, 'sentence')}: too few to tell`, quotes);
    }
    const parts = [
      many ? `${Math.round(perPiece)} messages for each of ${pieces} pieces delivered` : '',
      quotes.length > 0 ? `${count(quotes.length, 'message')} asking to approve or to be asked first` : '',
    ].filter((part) => part !== '');
    return speaks(Math.max(many ? perPiece / (2 * usual) : 0, quotes.length / 8), parts.join('; '), quotes.slice(-5));
  },
});
