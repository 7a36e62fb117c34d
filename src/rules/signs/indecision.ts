/** Rounds without a decision: 'not quite it', said again and again. */
import { phrases } from '../phrases.ts';
import { quotesOf, sign, speaks, tooFew } from '../sign.ts';
import { count } from '../words.ts';

/** Wishes for changes; a sign of their own, and revisions to count against those that were agreed (scope-creep). */
export const revision = phrases(
  [
    'modificare|modifiche|modifichiamo|correzione|correzioni|correggi|correggiamo|rifare|rifarlo|rifarla !orario|orari|nessuna|contratt*|preventiv*|fattur*|data',
    'rework|redo',
    'change|changes to it|the|this|page|that !time|date|meeting|address|schedule',
    'please change !address|billing|time|date|meeting|iban',
    'avevo|avevamo in mente|testa',
    'avevo|avevamo immaginato|chiesto|pensato altro|diversamente|un|diverso|tutt|qualcosa',
    'non e|era|sono proprio|esattamente|ancora|del|tutto|quello|cio|come|cosi|quel tutto|quello|che|come|cosi|cio|quel|lo che? .. volevo|volevamo|immaginavo|intendevo|pensavo|aspettavo|aspettavamo|chiesto|cercavo|serviva',
    'non e|era proprio|esattamente|ancora|del|tanto|quello|molto|cosi tutto? quello|cosi|cio|come|lo|giusto|adatto|il',
    'non era questo|quello|cosi|come',
    'mi|ci aspettavo|aspettavamo|immaginavo altro|diverso|qualcosa|un|di|tutt|meglio',
    'immaginavo|volevo|intendevo|pensavo qualcosa|diversamente|altro|tutt di? piu|meno|diverso|altro',
    'non ci siamo !sentit*|vist*|conosciut*|incontrat*|parlat*|messi|accort*|capit*|arrivat*|noi|domani|oggi|lunedi|fino|giovedi|venerdi',
    'ci siamo|siamo quasi|vicini ma|pero',
    'non mi|ci convince|convincono|piace|piacciono|soddisfa|ispira|entusiasma|emoziona|sembra|dice|esalta|fa !fattura|pagamento|vero|arrivat*|ricevut*',
    'non sono|siamo del|molto|ancora|proprio|tanto|troppo|pienamente|sicur* tutto? convint*|soddisfatt*|content*|che|sicur*',
    'non sono|siamo convint*|soddisfatt*',
    'torniamo|ritorniamo|tornare|torna|rimettiamo|rimetti indietro|alla|al|come|a|la|il|prima|precedente|vecchia|versione|di .. !casa|ufficio|lavoro|italia|lunedi',
    'puoi|potresti|potete|potreste|puo|potrebbe|possiamo|potremmo|riesci|si|riusciresti puo|potrebbe|a? cambiare|modificare|correggere|rivedere|spostare|togliere|sostituire|ritoccare|aggiustare|sistemare|rifare|ingrandire|rimpicciolire|allargare|stringere|accorciare|allungare|schiarire|scurire|alzare|abbassare|rendere|eliminare|invertire|riscrivere|provare|ridurre !appuntamento|riunione|data|orario|incontro|call|fattura|iban|chiamata|consegna|calendario|indirizzo|insieme|date|password',
    'cambiamo|modifichiamo|correggiamo|togliamo|spostiamo|sostituiamo|rifacciamo|rivediamo|ritocchiamo|riscriviamo|invertiamo !appuntamento|riunione|data|orario|incontro|call|chiamata',
    '^ cambia|cambiate|cambi|modifica|modificate|correggi|correggete|togli|togliete|tolga|sposta|spostate|sostituisci|sistema|rifai|rifate|rivedi|ritocca|elimina|riscrivi|ingrandisci|riduci|accorcia|metti|usa|prova|provate|rendi|rendilo il|la|i|le|lo|gli|l|questo|questa|quel|quella|quello|tutto|tutti|ancora|di|un|una|con|piu|meno|anche !appuntamento|riunione|data|orario|incontro|call|firma|password',
    'cambialo|cambiala|modificalo|modificala|toglilo|toglila|spostalo|spostala|rifallo|rifalla|rendilo|rendila|mettilo|mettila|fallo|falla piu|meno|in|a|un|come|cosi|di|tutto|con',
    'proviamo|riproviamo|riprova|provi|proverei|proverebbe con|a|un|una|altro|altra|di|ancora|altri|altre',
    'preferivo|preferivamo|preferirei|preferiremmo la|il|quella|quello|prima|precedente|un|un altro|piu|come',
    'preferisco|preferiamo la|il|quella|quello|come prima|precedente|vecchia|vecchio|altra|altro|era',
    'meglio prima|com|come|la|quella era|prima|precedente|vecchia|di',
    'era|erano meglio|piu prima|la|il|quella|quello|bello|bella',
    'manca|mancano qualcosa|ancora|un|di quel? !giorno|giorni|ore|settiman*|fattur*|document*|file|dat*|firma',
    'c e|ha qualcosa che|di non|strano|stona',
    'qualcosa non|che non? va|torna|convince|quadra|funziona',
    'non so .. ma|pero .. qualcosa|convin*|diverso|diversa|altro',
    'ho|abbiamo cambiato|ripensato idea',
    'ci ho|abbiamo ripensato|pensato bene|su|e|e|molto',
    'ripensandoci|ripensandola|a ripensarci',
    'facciamo|rifacciamo|rifallo|fallo diversamente|daccapo|da|in tutto|capo|zero|un|altro',
    'da rifare|rivedere|sistemare|correggere|ripensare|riscrivere|modificare|cambiare',
    'vorrei|vorremmo|lo|la|li|le|farei|fallo|rendilo|mettilo|serve un po|molto|leggermente|piu|meno piu|meno|grande|piccolo grande|piccol*|scur*|chiar*|modern*|vivac*|elegant*|acces*|spent*|cort*|lung*|alt*|bass*|larg*|semplic*|colorat*|seri*|giovan*|fresc*|cald*|fredd*|visibil*|leggibil*',
    'un po|poco|leggermente|molto|decisamente piu|meno grande|piccol*|scur*|chiar*|modern*|vivac*|elegant*|acces*|spent*|cort*|lung*|alt*|bass*|larg*|semplic*|colorat*|seri*|giovan*|fresc*|cald*|fredd*|visibil*|leggibil*|a|in|dinamic*',
    'troppo grande|piccol*|scur*|chiar*|modern*|vivac*|acces*|spent*|cort*|lung*|alt*|bass*|larg*|semplic*|colorat*|seri*|fredd*|freddo|vuot*|pien* !tempo|periodo',
    'ancora|altra|altre|nuova|qualche|piccola|ultima una|due|modifica|modifiche|revisione|revisioni|correzione|correzioni|ritocco|ritocchi modific*|revision*|correzion*|ritocc*|giro?',
    'qualche|alcune|piccole|altre|una|ultime|delle modifica|modifiche|correzione|correzioni|revisione|revisioni|ritocchi|ritocco !contratt*|orari*',
    'un altro|ultimo giro|ritocco|tentativo|round',
    'e se cambiassimo|provassimo|mettessimo|usassimo|tornassimo|togliessimo|spostassimo|facessimo|lo|la $?',
    'non va|funziona bene|ancora|proprio|cosi|mica !se|sito|link|mail|computer|telefono',
    'cosi non va|mi|ci|funziona|piace',
    'ricominciamo|ripartiamo|ricomincia|riparti da|daccapo|dall capo|zero|inizio|?',
    'some|a|few|another|more|one|these|following|make|needs|need small|minor|more? revision|revisions|tweak|tweaks|rework|changes',
    'rework|redo the|it|this|that',
    'revision*',
    'not|isn|wasn t? quite|really|exactly|what|how|there|it|fully what|how|right|it|there|the|my|we|i|yet|as|sure|there .. !invoice|payment|office',
    'not quite !finished|sure|ready|well|yet',
    'doesn|does t|not quite? feel|look|seem|match|convince right|good|finished|quite|like|me|it|us|what',
    'isn|wasn t? quite|really|exactly what|it|right|how|there|my',
    'had in mind',
    'i|we expected|wanted|imagined|hoped|pictured something|more|it|a|different|less|for .. !to|payment',
    'go|going|let|switch|revert|change back to the? first|previous|old|original|earlier|how|other|what|last',
    'go back to the|a|version one|it|how?',
    'can|could|would|will|please you|we please|maybe|just|possibly|also? change|tweak|adjust|move|swap|replace|redo|rework|revise|edit|fix|modify|remove|rewrite|shorten|enlarge|reduce|undo|alter|try|make !appointment|meeting|date|time|call|invoice|address|payment',
    '^ please? change|swap|replace|move|remove|redo|rework|adjust|shorten the|it|this|that|these|those|back|all|everything !appointment|meeting|date|time|call|invoice|sure|payment',
    'please change|swap|replace|move|remove|redo|rework|adjust|shorten the|it|this|that|these|those|back|all|everything !appointment|meeting|date|time|call|invoice|sure|payment',
    'try|use|explore|consider another|a|different|again|something|other|some different|color|colour|font|version|else|approach|again|new|darker|lighter',
    'let|lets s? try|go|change|redo|rework|switch|revisit|move|start|swap|rethink back|the|another|it|this|a|again|over|to !call|meet|monday|tomorrow|meeting',
    'i|we don|do|not|didn|can t|not|really|say like|love|feel|think|i really|it|the|this|that|love|is|works',
    'i|we m|am|re|are not|still|just|don convinced|sold|happy|satisfied|sure|feeling|a|not|loving convinced|sold|about|with|it|sure|fan',
    'changed my|our mind|minds',
    'on second thought|thoughts',
    'thinking|thought about|again it|about|i|we again|more|some|now|think',
    'i|we liked|preferred|prefer|like the first|previous|old|earlier|other|original|last|version|one',
    'prefer|preferred|liked|better the? first|previous|old|earlier|other|before|original .. !thing',
    'something s|is|feels|seems|looks|still a? off|missing|wrong|not|bit',
    'something different|else|more|less|new $',
    'another|one|few|couple|some|final|last more|small|minor|of|final|quick|round|last round|revision|revisions|tweak|tweaks|change|changes|adjustment|adjustments|edits|corrections !address',
    'minor|small|few|some tweaks|changes|adjustments|edits|corrections',
    'make|makes|made it|them|that|this|the .. more|less|bigger|smaller|darker|lighter|brighter|bolder|pop|shorter|longer|simpler|cleaner',
    'a|little|bit|slightly|much bit|little|tad|more|less more|less|bigger|smaller|darker|lighter|brighter|bolder|shorter|longer|modern|playful|serious|formal|elegant|punchy',
    'is|are|looks|look|feels|feel|s|a|way|bit|little|still too big|small|dark|light|bright|bold|plain|corporate|generic|cold|formal|casual|boring',
    'still|needs|need|it needs|need|not|isn more|some|work|right|a|there|quite work|changes|tweaks|tweaking|something|punch|right|life|polish',
    'start|starting|begin over|from|again scratch|the?',
    'back to the? drawing|start|square',
    'almost|nearly|close|getting there|but|perfect but|though|except',
    'doesn|does|don|do t|not feel|look|work|sound|read|do|pop|fit right|good|quite|for|it|enough|like|well|us !mail|link|file',
  ],
  { unlessDenied: true },
);

const limits = { rounds: 3 } as const;

export const indecision = sign({
  name: 'indecision',
  title: 'indecision',
  weight: 1,
  answer: 'boundary',
  listens: { revision },
  rule(facts, _now, heard) {
    const decided = Math.max(0, ...facts.deliveries.map((piece) => piece.at));
    const rounds = heard('revision').filter((one) => one.receivedAt > decided);
    if (rounds.length === 0) return null;
    const evidence = quotesOf(rounds).slice(-5);
    const words = `${count(rounds.length, 'round')} of changes since anything was last handed over`;
    return rounds.length < limits.rounds
      ? tooFew(`${count(rounds.length, 'round')} of changes: too few to tell`, evidence)
      : speaks(rounds.length / 6, words, evidence);
  },
});
