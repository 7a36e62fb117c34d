/** The client says that he will not sign. A contract that is only missing is another sign (no-contract). */
import { phrases } from '../phrases.ts';
import { quotesOf, sign, speaks } from '../sign.ts';
import { dayOf } from '../time.ts';

const refusesContract = phrases([
  'niente|nessun|no|zero|basta|senza contratt*|firm*|carte|scartoffie !con|problem*',
  'per|nero iscritto|su bianco|nero !confermo|conferma|risposta|richiesta',
  'non .. bisogno .. iscritto|scritto|firm*|contratt*|carta',
  'nulla|niente|bisogno per|di iscritto|scritto|firmare|firme|contratt*',
  'mai firmat*|fatto .. contratt*|niente|firm*|carta',
  'firmare|contratto|firma mai|no|perche|e|a fatto|che|mai|cosa',
  'avvocato|commercialista|socio|capo|legale|moglie|marito|ufficio .. non|sconsiglia|contrari* .. firm*|sottoscriv*|contratt*',
  'dice|consiglia|detto di non|no firmare|firmarlo|firmar*',
  'mi rifiuto|preferisco non|di firm*|sottoscriv*',
  'non lo|la|li|le? firmo|firmiamo|sottoscrivo|firmero|firmeremo',
  'bother|hassle|mess|deal with|about|of? paperwork|contracts|contract|formalities|signing|papers|legal',
  'let|lets s? not|skip|forget|leave .. paperwork|contract|contracts|formal*|sign*|papers',
  'lawyer|accountant|partner|boss|legal .. not|against|advised|says|told .. sign*',
  'i|we refuse|decline|d|prefer|would to|rather|not not|to|? sign',
  'piu contratti|carte|firme',
  'ci fidiamo|conosciamo no|a|da|vero|giusto|l|tanto|gia .. $?',
  'ci fidiamo no|dai|giusto|vero|l',
  'fidiamoci|fidati|si|mi|basta fidi|fida|fidarsi|fido|fidiamo .. niente|contratt*|carte|firm*|parola|scritto',
  'non|nessun|senza|inutile|niente|zero|mica serve|servono|occorre|occorrono|c|abbiamo|e|facciamo|firmo|firmiamo|firmero|firmeremo|voglio|vogliamo|posso|possiamo|mi|ci|contratt*|bisogno|faccio|vedo|fate|sono .. contratt*|firma*|firmo|firmare|carte|carta|scartoffie|scritto|scritta|burocrazia|formalita|clausole|accordo|condizioni|moduli',
  'contratt*|firma|firme|carte|scartoffie|burocrazia|formalita .. non|inutil*|lasciamo|dopo|poi|perdita|evitiamo|superflu*|troppo|formalita|esagerat*|lascia|salt*|perdere|un|rimand*|avanti|tempo|mi|calma .. serve|servono|tempo|perdere|stare|firmo|avanti|occorre|bisogno|amici|necessar*|fidi*|calma|volta|senso|voglio|piace|fa|facciamo|vediamo|firmiamo|inutile|fare|fretta',
  'basta|bastano|vale|valgono la|una|le|due parola|stretta|righe|parole|mail|accordo|voce|telefonata .. !conferma',
  'stretta di mano',
  'a|sulla|sulle|con voce|parola|parole|fiducia va|basta|siamo|ci|e|dai|siamo|bene? .. contratt*|accord*|scritto|serve|firm*|basta|fid*',
  'accordo verbale|a|tra|sulla voce?|gentiluomini?|parola? .. basta|va|e|!',
  'siamo|siamo|tra|fra amici|noi|persone|gentiluomini|gente .. contratt*|carte|firm*|serve|scritto|bisogno|formalita',
  'lasciamo|lascia|evitiamo|saltiamo|risparmiamoci|risparmiami|facciamo|meglio perdere|stare|la|le|il|i|con|senza|a .. contratt*|carte|scartoffie|burocrazia|formalita|firm*|meno',
  'il|la|i|di contratto|firma|contratti|carte .. facciamo|vediamo|firmiamo|firmo|parliamo|pensiamo|fanno dopo|poi|piu|con|un|solo|per|quando',
  'firmo|firmare|firmiamo|firmero niente|nulla|mai|solo|piu|dopo|nessun .. !appena|volentieri',
  'che bisogno|senso|serve|perche|a|cosa .. contratt*|firm*|scritto|carte .. $?',
  'i contratti|contratto li|sono|per|mi|e .. avvocati|diffident*|paranoi*|solo|fid*',
  'don|do|no|not|never|we|isn t|not|need|really|a need|require|see|use|want|do|a|the|really|necessary|for .. contract|contracts|paperwork|agreement|sign*|papers|formal*|writing|document* !call',
  'contract|paperwork|agreement|signing|signature .. not|isn|unnecessary|overkill|later|wait|pointless|needed|formality|skip|trust|waste|hassle|bother|too t?|necessary?|later?|formal? .. !attached',
  'we|i trust|know each|you|one each?|other|another .. $?',
  'trust me|each|you|us !worthy',
  'a handshake|gentleman|gentlemen|verbal',
  'no|without|skip|forget|avoid|bypass|leave|drop a|the|any|all|need|that? .. contract|contracts|paperwork|formalities|papers|legalese|bureaucracy',
  'won|will|can|don|not|never|rather|refuse|wouldn|prefer|am t|not|going|to|want|comfortable|sign|feel sign*|signing|to|want|put|not|comfortable sign*|signing|anything|contract*|paper*|writing|a|that|it .. !in',
  'sign .. later|after|another|when|some !here|in|up',
  'contract|paperwork can|could|will|let|later|s wait|later|come|do|leave|after|?',
  'between|among friends|us|ourselves',
  'my|your|our word is|should|s enough|be|good|bond?',
]);

export const refusesContractSign = sign({
  name: 'refuses-contract',
  weight: 2.5,
  type: 'without-contract',
  answer: 'ask-contract',
  listens: { 'refuses-contract': refusesContract },
  rule({ terms, hours }, _now, heard) {
    const signedOn = terms.contractSignedOn;
    const said = heard('refuses-contract').filter(
      (one) => signedOn === null || dayOf(one.receivedAt, hours.timeZone) > signedOn,
    );
    if (said.length === 0) return null;
    return speaks(
      said.length === 1 ? 0.6 : 1,
      { code: 'shows-refuses-contract', messages: said.length },
      quotesOf(said).slice(-5),
    );
  },
});
