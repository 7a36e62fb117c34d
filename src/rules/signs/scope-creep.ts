/** Requests that may go beyond what was agreed, in the client's own words. */
import { phrases } from '../phrases.ts';
import { isWithin } from '../sign-words.ts';
import { type Evidence, sign, speaks, tooFew } from '../sign.ts';
import { revision } from './indecision.ts';

/** Money, papers and meetings are no work beyond the scope; nor is asking what it would cost. */
const noWork =
  '!fattur*|ricevut*|preventiv*|bonifico|iban|contratto|appuntamento|chiamata|chiamarmi|chiamarci|costa|costerebbe|verrebbe|quotazione|invoice*|receipt*|quote|estimate|payment|contract|call|meeting|cost|costs|price';

const more = (line: string) => `${line} ${noWork}`;

const asksForMore = phrases(
  [
    'potresti|potrebbe|puoi|puo|riesci|riusciresti|mi|ci .. anche|pure .. $?',
    'serve|servono|occorre|vorrei|vorremmo|mi|ci pure|anche in|per|un|una|il|la|con|di',
    'non e che fai|faresti|potresti|puoi|mi|ci',
    'the same|exactly for our|my|the other|second|new',
    'let s add|include|throw|also',
    'e|anche|ma il|la|lo|i|le .. tu|voi|compreso|inclus*|fai|fate|pensi|occupi vero|giusto|no $?',
    'lo|la|li|le fai|vettorializzi|sistemi|prepari|scrivi|traduci|pubblichi|carichi|stampi|disegni|monti tu|voi vero|no|anche? $?',
    'con|coll|nell|all occasione|l .. sistem*|fai|faresti|aggiung*|cambi*|potresti|puoi|metti|rifai',
    'facciamo|prepariamo|creiamo|mettiamo|disegniamo|scriviamo|realizziamo anche|pure !riunione|call|fattura',
    'would|do you mind .. too|also|another|extra|as|more',
    'you mind designing|writing|adding|making|doing|creating|including|translating|building|setting',
    'since|seeing|given you|that re|you|are|have .. could|can|would|fix|do|add|update|might',
    'could|can|would you .. too|as .. $?',
    'could|can|would you .. as well $?',
    'in aggiunta|omaggio|extra|sovrappiu .. !senza',
    'more .. than planned|agreed|quoted|expected|discussed',
    'piu .. di|del|delle|dei previst*|quelli|quelle|preventivo|preventivat*|concordat*',
    'non era previsto|prevista|previsti|preventivo ma',
    'ti|vi|le occupi|occupate|occupa anche|pure|tu|voi',
    'pensi|pensate tu|anche|pure a|al|alla|anche',
    'gia|visto|siccome che? ci|sei|stai|lavori|tocchi|apri .. fai|faresti|fareste|sistemi|aggiungi|cambi|metti|potresti|puoi|rifai|facciamo',
    'visto che stai|lavori|ci|tocchi .. faresti|fai|sistemi|aggiungi|potresti|puoi|anche|pure',
    'in piu per|tanto|che|no|dai|si te|per|e|puo',
    'tanto per|a te e|ci|bastano|sono un|due|facile|niente|vuole|poco|cinque|minuti',
    'pensato|pensavo a|di un|una|qualche|altre|due .. in piu|anche|ancora',
    'nel|col|con|dal prezzo|preventivo|pacchetto|totale|compenso .. anche|pure|comprende|compres*|c|rientra|rientrano|sta|ci|vero',
    'rientra|rientrano|compreso|compresa|include nel|il|anche|pure|tutto .. $?',
    'e|sono una|un cosa|roba|lavoretto|lavoro|robetta|cosetta|attimo|minuto|secondo .. cinque|due|minuti|minuto|niente|attimo|veloce|preventivo',
    'non serve|servono|occorre mica? un|fare|il|altro? preventivo|fattura|costo|extra',
    'we|i ll|will also|still? need|want it|a|an|the|one|some|two|them .. in|too|as|also',
    'we ll|will also need|want',
    'need|want|like .. as well|too !meeting|call',
    'i|we assumed|thought|figured|presumed|supposed|expected .. included|part|covered|comes|free|too|also',
    'surely|isn|obviously|presumably .. part|included|covered|free .. package|price|deal|fee|quote|that|?',
    'comes with it|that|the',
    'on the house',
    'aggiungeremmo|aggiungerei|aggiungeresti|aggiungereste',
    'ci starebbe|starebbero|vorrebbe|vorrebbero anche|pure|bene|un|una',
    'manca solo|soltanto|ancora un|una|il|la pagina|sezione|video|banner|versione|traduzione|galleria',
    'un paio di|d .. in piu|ancora|altre|altri|extra',
    'mi|ci dai|date|daresti|presti|fai anche|pure|una|uno mano|consiglio|controllata|occhiata',
    'mi|ci serve|servono|servirebbe|servirebbero anche',
    'could|can|would you also',
    'i|we also need|want',
    'gia che ci sei|siete|siamo|e|stai',
    'visto che ci sei|siete|siamo',
    'mentre ci sei|siete|stai|lo',
    'un altra|ultima cosa|cosina|modifica|richiesta|pagina|versione|variante|proposta|bozza|grafica|sezione|idea',
    'un altro|ultimo favore|lavoretto|video|post|banner|logo|file|testo|articolo|dettaglio',
    'un ulteriore versione|modifica|variante|pagina|proposta|lavoro',
    'piccola|piccolo|piccole|piccolissima aggiunta|extra|cosa|cosina|favore|richiesta|integrazione|lavoretto',
    'una cosina|aggiunta|richiesta extra? in?',
    'mi|ci fai|fate|faresti|fareste|farebbe|fa|faccia|prepari|prepareresti|preparate|scrivi|scriveresti|crei|creeresti|aggiungi|aggiungeresti|aggiunge|metti|metteresti|disegni|sistemi|traduci|monti anche|pure',
    'potresti|potrebbe|potreste|puoi|puo|potete|riesci|riuscite|riusciresti a? aggiungere|includere|inserire|mettere|farmi|farci|farne|prepararmi|regalarmi',
    'potresti|potrebbe|potreste|puoi|puo|potete|riesci|riuscite a? anche|pure !copia|mandarmi|inviarmi|confermar*|dirmi|girarmi',
    'potresti|potrebbe|potreste|puoi|puo|potete|non .. gratis|omaggio|gratuitamente',
    'fai|fare|farlo|farla|farmi|farmelo|fatto|faresti|me .. gratis|omaggio|gratuitamente|gratuito',
    'aggiungi|aggiungiamo|aggiungere|aggiungete|aggiungeresti|inserisci|inseriamo|inserire|includi|includiamo|mettiamo|metti|mettici|aggiungici anche|pure|un|una|una|altre|altri|due|tre|qualche !data|firma|ordine|riunione|incontro|copia|io|posso',
    'aggiungi|aggiungiamo|aggiungete|aggiungici la|il|lo|i|le|gli',
    'dimenticavo|scordavo',
    'mi ero|sono dimenticat*|scordat*',
    'ho|abbiamo dimenticato|scordato di dirti|chiederti|dirvi|chiedervi|aggiungere|dire',
    'sarebbe|sarebbero|saria bello|bella|carino|carina|utile|ottimo|perfetto|fantastico|meglio|comodo|figo|top se|avere|aggiungere|anche|poter|inserire|fare|includere',
    'servirebbe|servirebbero|servono|serve|occorre|occorrono|occorrerebbe anche|pure|ancora|in|un|altre|altri|qualche altr*|anche|piu|paio !non|ti|vi|le',
    'mi|ci servirebbe|servirebbero !sapere|capire|conferma',
    'servirebbe|servirebbero un|una|anche|dei|delle|qualche',
    'vorrei|vorremmo|voglio|vogliamo|volevo|volevamo anche|pure|aggiungere|altre|altri|inserire',
    'vorrei|vorremmo|voglio|vogliamo|volevo .. in piu|omaggio',
    'ho|abbiamo pensato|deciso che|di .. anche|aggiungere|potresti|pure !rinnov*',
    'abbiamo|ho|ci|mi e? venuta|venuto|avuto un altra|altra|nuova idea',
    'e se facessimo|aggiungessimo|mettessimo|inserissimo|ci|facessi|aggiungessi $?',
    'oltre a|al|alla|alle .. anche|vorrei|puoi|potresti|servirebbe',
    'altre due|tre|quattro|cinque|sei|dieci|pagine|versioni|varianti|proposte|bozze|immagini|grafiche|foto|slide|idee',
    'altri due|tre|quattro|cinque|dieci|banner|post|testi|articoli|video|file|loghi',
    'due|tre|quattro|cinque|altre|qualche pagine|versioni|varianti|proposte|bozze|grafiche|slide in|piu piu?',
    'non ti|le|vi costa|costerebbe|porta|prende via? niente|nulla|molto|tanto',
    'ci metti|metteresti|vuole|vogliono|vorra un|cinque|due|poco|pochi|dieci|solo attimo|minuto|minuti|niente|nulla|secondo|minutino',
    'e solo una|un|questione cosa|lavoretto|cosina|aggiunta|di',
    'cosa|roba|lavoro|lavoretto da|di cinque|due|un|pochi|dieci minut*|attimo',
    'nel frattempo|intanto fai|puoi|potresti|prepara|preparami|fammi',
    'dai|dia|daresti|darebbe|date anche|pure una|un mano|occhiata',
    'compreso|compresa|incluso|inclusa|comprese|inclusi nel|no|vero|giusto prezzo|preventivo? $?',
    'dovrebbe|dovrebbero|doveva|era|pensavo essere|fosse|gia? compres*|inclus*|anche',
    'senza costi|costo|spese|sovrapprezzo|supplementi aggiuntiv*|extra|in|ulteriori',
    'senza sovrapprezzo|supplemento',
    'me|ce lo|la|li|le fai|fate|regali|aggiungi|butti|metti|includi',
    'mi|ci regali|regaleresti|omaggi',
    'allo stesso prezzo',
    '^ anche|pure il|la|lo|i|le|un|una .. $?',
    '^ magari|e magari anche|pure|potresti|puoi|aggiungi',
    'anche la|una|un|il versione|traduzione|parte in|inglese|mobile|tedesco|cartacea|per $?',
    'while you re|are at it|there',
    'one more|last|other|tiny|small|quick|little thing|change|request|page|tweak|section|addition|ask|item',
    'one|a more|last|quick|small|tiny|little little|small|tiny|quick thing|change|request|favor|favour',
    'quick|small|tiny|little|another|extra addition|extra|favor|favour|request|page|task',
    'could|can|would|will you also|maybe|please|just|quickly also|add|throw|include|squeeze !call|send|confirm|me|let',
    'could|can|would you|we also|just|maybe|please add|include|throw|squeeze|make|write|design|create|do|translate|record !call',
    'could|can|would you|we add|include|throw|squeeze',
    '^ please? add|include|insert a|an|another|some|the|one|two|three|more',
    '^ also|plus|and also can|could|we|i|please|add|the|a|need',
    'i|we also|still|now need|want|would|d like|have !know|thank|confirm|say|ask|see',
    'for free|nothing $?',
    'at no extra|additional cost|charge',
    'no|without extra|additional charge|cost|fee',
    'i|we forgot to mention|say|ask|tell|add|include',
    'i|we almost|totally|completely? forgot',
    'by the way .. also|add|could|can|need',
    'it would|d be nice|great|good|lovely|cool|perfect|awesome|helpful to have|add|include|see',
    'it would|d be nice|great|good|lovely|cool|perfect if you|we|it could|also|had',
    'would be nice|great|good|lovely|cool to have|add|include',
    'another page|version|variant|section|banner|post|draft|option|article|logo|video|concept|language|idea',
    'two|three|four|five|six|ten|few|couple of? more|extra|additional|other pages|versions|variants|banners|posts|drafts|options|slides|images|concepts|articles|screens|languages',
    'extra page|pages|version|banner|post|slide|section|hour|work|round',
    'throw in|that|it',
    'shouldn|won|wouldn|doesn t take|be you|too|long|much|more|hard|that long|much|hard|more|difficult',
    'it s|is|should|will only|just|be take|a|quick|five|two|few quick|minutes|small|five|minute|easy',
    'only|just take|takes|a you? five|two|ten|few|minute|couple minutes|minute|of|seconds',
    'should|must|was|isn|is t? that|this|it|be be|already|not included|part|covered',
    'part of|in the same|original|agreed price|fee|package|deal|quote',
    'in|for the meantime|same .. could|can|please|price',
    'we|i ve|have|now decided to|we also|that add|we|include|also',
    'what if we|you also|did|added|made|add|include|had $?',
    'how about adding|we|also|a|another .. $?',
    'any chance you|of could|can|getting|adding|also $?',
    'i|we was|were thinking|wondering .. also|add|could|maybe',
    'i|we d|would love|like|want to|a|an|some also|add|extra|more|see',
  ]
    .map(more)
    .concat([
      'non|senza serve|servono|occorre|bisogno mica? di|un|fare|il? un? preventivo|fattura|quote',
      'no need for a|another quote|estimate',
    ]),
);

const limits = {
  extraRequests: 2,
} as const;

export const scopeCreep = sign({
  name: 'scope-creep',
  weight: 1.5,
  type: 'asks-for-more',
  answer: 'scope',
  listens: { asksForMore, revision },
  rule(facts, _now, heard) {
    const { scope, revisionsIncluded } = facts.terms;
    const extra = heard('asksForMore').flatMap(({ messageId, quotes }) => {
      const quote = quotes.find((sentence) => !isWithin(sentence, scope));
      return quote === undefined ? [] : [{ messageId, quote }];
    });
    const revisions = heard('revision');
    const over = revisionsIncluded === null ? 0 : Math.max(0, revisions.length - revisionsIncluded);
    if (extra.length === 0 && over === 0) return null;
    const evidence: Evidence[] = [
      ...extra.slice(-5),
      ...(over > 0
        ? revisions
            .slice(-over)
            .slice(-5)
            .map(({ messageId }) => ({ messageId }))
        : []),
    ];
    const included = revisionsIncluded ?? 0;
    const shown = {
      code: 'shows-scope-creep',
      requests: extra.length,
      hasScope: scope.length > 0,
      changes: over > 0 ? { messages: revisions.length, included } : null,
    } as const;
    if (extra.length < limits.extraRequests && over === 0) return tooFew(shown, evidence);
    const strength = Math.max((extra.length / 6) * (scope.length > 0 ? 1 : 0.5), over / Math.max(2, included));
    return speaks(strength, shown, evidence);
  },
});
