/** Closer than business: invitations, confidences, pet names, meals. The owner's own word for it is too-close. */
import { phrases } from '../phrases.ts';
import { quotesOf, sign, speaks, tooFew } from '../sign.ts';
import { count } from '../words.ts';

const familiar = phrases([
  'sweet dreams',
  'dreams|goodnight|night|morning|hello|hi beautiful|gorgeous|darling|honey|sweetheart|love',
  'vediamo|vederci|incontriamo|beviamo|becchiamo|sentiamo .. per|a|davanti un|una|a birra|caffe|aperitivo|cena|drink|bicchiere|spritz|pizza|vino|gelato !riunione|cliente',
  'nessun|nessuno|nessun altro|con|a cui|altro|chi .. parlare|confid*|sfog*|capisc*',
  'sono|mi|stasera|stanotte sola|solo|sento .. chiami|stasera|vieni|parlare|triste|compagnia|?',
  'stasera|stanotte|domenica|weekend sono|sto sola|solo|libera|libero|a|da casa?|me?|soli?',
  'best friend|friends',
  'you look|looked great|amazing|good|nice|lovely|beautiful|stunning|hot|tired',
  'sei|eri|stai bellissim*|stupend*|benissimo|splendid*|radios* in|con|oggi|nella|su|sempre|?',
  'foto|profilo|vestito|abito tua|tuo|bell*|stai|bene .. bellissim*|stupend*|stai|carina',
  'tesoro|amore|stella|cara|bella|dolcezza|tesorino quando|mi|come|cosa|dove|sei|stai|che|dai !signora|dottoressa|cliente',
  '^ tesoro|amore|dolcezza|bella|tesorino',
  'ti va|andrebbe un|una|di aperitivo|birra|caffe|bere|cena|uscire|drink|pizza|gelato|passeggiata|pranzo|mangiare|vederci !riunione|progetto',
  'vieni|venite|venga a pranzo|cena|casa da|con|di|? !cliente',
  'a pranzo|cena da me|noi|casa',
  'con te|lei posso|riesco parlare|confidarmi|sfogarmi|aprirmi !progetto|sito',
  'sei|eri l|la|una unica|sola|delle persona? .. parlare|confid*|capisce|capirmi|posso',
  'quando ci vediamo .. noi|soli|manchi|due|bere|?',
  'fancy|want|up|care a|to|for drink|coffee|dinner|beer|wine|pint|grab .. !agenda|project',
  'just the two of us',
  'only one i|who can|understands|gets talk|me|trust|confide',
  'come|come over|to|for|by|round for|to? dinner|lunch|drinks|barbecue|bbq|supper .. !office',
  'like family|a friend|sister|brother to|?',
  'my|our kids|children|wife|husband .. meet|love|loves you !photo|photos|picture*|video|site|logo',
  'conosci|conoscere|presento|vedi i|il|la|mia|miei|mio bambini|figli|famiglia|moglie|mamma !ufficio',
  'cena|cenetta|aperitivo|birra|birretta|drink|pizza|cinema|vacanza|spritz .. insieme|assieme|noi|stasera|sabato|venerdi|domani|soli|me|te !gala|menu|aziendale|natale|lavoro|cliente|evento|locale|foto|sala',
  'insieme|assieme|stasera|sabato|venerdi|domani .. cena|cenetta|aperitivo|birra|birretta|drink|pizza|cinema|mare|spritz|usciamo|bere !lavoro|cliente|aziendale',
  'andiamo|usciamo|vieni|va|andrebbe|invito|offro|porto|passi|passa|facciamo|prendiamo|beviamo|mangiamo|bevi|ceni .. cena|bere|aperitivo|birra|birretta|pizza|mare|festa|compleanno|drink|ballare|cinema|spritz !ufficio|cliente|aziendale|natale|gala|menu|foto|evento|locale',
  'usciamo|uscire|usciresti|uscirai|uscire con? stasera|insieme|sabato|una|me|qualche|noi|con|io .. !casa|mail',
  'a|da casa mia|me|noi .. cena|sera|stasera|bere|weekend|vieni|bicchiere|?',
  'vieni|passa|passi|ti aspetto da|a da? me|casa|noi|cena mia?|stasera?|cena? !ufficio|studio|negozio',
  'sei|siete|eri single|sposat*|fidanzat*|bellissim*|carin*|carinissim*|bella|dolc*|stupend*|simpaticissim*|affascinante !sicur*|idea|proposta|lavoro',
  'sei|siete liber* stasera|stanotte|sabato|domenica|weekend !call|riunione|chiamata|alle',
  'sei|siete liber* per un|una|bere|uscire|cena|aperitivo',
  'sei un|una|come|la|il|di|ormai amore|tesoro|sorella|fratello|mia|mio|famiglia|amica|amico|persona|dolcezza|angelo un?|una?|migliore?|speciale? .. !cliente|collega|professionista',
  'sei come|ormai una|un|di|mia|della sorella|fratello|famiglia|figlia|figlio|amica|amico',
  'mi manchi|sei|manca mancat*|parlare|la|sentir* .. !dat*|file|document*|fattur*',
  'mi manchi|mancavi|mancate',
  'ti|vi penso|pensavo|sogno|adoro|amo|abbraccio|voglio|bacio sempre|spesso|tanto|bene|a|stanotte|forte|te|? .. !preventivo',
  'ti voglio bene',
  'pensavo|penso sempre? a te',
  'bacio|baci|bacione|bacioni|bacetti',
  'tesoro|amore|tesorino|bellezza|dolcezza|gioia|piccola|bambola|stellina|amorino mia?|mio? $|!|ciao|buongiorno|come|sei|grazie|mi',
  'ciao|grazie|buongiorno|ehi|notte|buonanotte tesoro|amore|bella|bellissima|cara|stellina|dolcezza mia?|mia|!',
  'mia moglie|marito|ragazza|compagna|ex|suocera .. lascia*|litig*|separ*|divorz*|capisc*|tradi*|piang*|lasciat*|geloso|gelosa !cc|copia|fattura|studio|dentista|medico|ospedale',
  'mio|il marito|compagno|ragazzo|ex|matrimonio .. lascia*|litig*|separ*|divorz*|capisc*|tradi*|gelos*|crisi|finit*|rapporto',
  'mi|ci sto|stiamo|sono|siamo|ho separand*|separat*|lasciat*|litigat*|divorziand* .. !',
  'confidenza|confidenze|confidare|confidarti|sfogarmi|sfogo|sfogare|segreto .. ti|te|con|un|posso|una|dirti|!',
  'ti|te posso|vorrei|devo|racconto|dico|faccio confid*|raccontare|sfog*|una|un|segreto|fare confidenza|segreto|sfogo|una|?',
  'siamo|tra|ormai|come|noi|da|fra ormai|amici|amiche|siamo|noi|tra amici|amiche|amico|? .. !mail|fattura|clienti',
  'tra|da|fra amici|amiche|amica|amico',
  'ti chiamo|telefono|richiamo|scrivo|videochiamo stasera|stanotte|dopo|a|piu|domenica|sul cena|casa|tardi|cena|letto|privato|personale|? .. !ufficio|pranzo|riunione',
  'tuo|il numero|cellulare|whatsapp|telefono privato|personale|tuo !ufficio|fattura|ordine|partita|conto|verde|sito|pagina',
  'che fai|fate|combini|indossi stasera|stanotte|sabato|domenica|weekend|di|adesso|nel bello?',
  'buonanotte|dormi|sogni|notte bene|d|oro|cara|bella|tesoro|!|stella',
  'dinner|drinks|drink|beer|beers|wine|cocktail|cocktails|movie|movies|pint .. tonight|together|me|us|my|place|two|saturday|friday|on|weekend|sometime|later $?|me?|!',
  'let|wanna|want|fancy|how|up|would|shall|why|join s|to|about|for|like|we|you|don|me .. drink|drinks|dinner|out|beer|beers|wine|party|movie|cocktail|pint|hang !carry|check|call|work|try|roll|find|figure|point|sort|send|print|go',
  'hang|go|going|take out|you|with together|sometime|tonight|with|on|for|to|me|? .. dinner|drinks|drink|date|me|tonight|weekend|saturday|friday|us',
  'are|r you|u single|married|seeing|dating|free tonight|someone|anyone|tonight|saturday|?|for .. $? !call|meeting',
  'are you single|married|lonely',
  'you|u|ur re|are|look|looked|so|look so|really|cute|beautiful|gorgeous|pretty|lovely|hot|sexy|like|stunning|a|amazing family|sister|brother|cute|beautiful|gorgeous|daughter|son|pretty|friend|hot|stunning|sweetheart|darling',
  'you re|are cute|beautiful|gorgeous|pretty|hot|sexy|stunning|adorable|family',
  'i|we|really|already|do miss|missed|adore|love you|talking|seeing|your|u to|voice|company|chats|smile|so !not|work|call|email|deadline|message|part',
  'miss you|u|ya|talking',
  'thinking|thought|dream|dreaming|dreamt of|about you|u',
  'my wife|husband|marriage|girlfriend|boyfriend|ex|divorce .. left|leaving|understand*|divorce|divorcing|fight|fighting|cheat*|separat*|jealous|over|problems|crying !cc|copied|hospital|flight|doctor',
  'my divorce|breakup',
  'getting divorced|separated',
  'through a|my divorce|breakup|separation',
  'we|you|as|like|between|being re|are|friends|a|become friends|friend|now|family|practically|good|mates|pals friends?|friend?|family? .. !facebook|of',
  'between|among|as friends',
  'honey|sweetheart|darling|babe|baby|sweetie|dear|hun|gorgeous|beautiful $|!|how|hi|you|thanks|xx|hey|i|miss .. !sir|madam|customer|friend|all|team|mr|mrs|ms|oh',
  'hi|hey|hello|thanks|morning|night|goodnight honey|sweetheart|darling|babe|baby|sweetie|gorgeous|beautiful|love|handsome',
  'xoxo|kisses',
  'come over|to|round|by my|tonight|place|for place|house|tonight|apartment|dinner|drink|? .. !office|meeting|call|agreement|conclusion',
  'at|to|come my place|house|apartment|flat|home tonight?|? .. dinner|drink|drinks|tonight|stay|weekend|over',
  'can|may|need|let|want i|to|me tell|confide|vent|share|open you|in|to|something|up .. secret|personal|private|to|vent|you|? !screen|file|document|link|report',
  'private|personal|home number|whatsapp|cell|mobile|cellphone !office|verde',
  'call|text|facetime|ring you|u|me .. tonight|midnight|bed|alone !office|work|meeting|client',
  'what|how are|you re|you|was|s doing|up|wearing|your tonight|wearing|saturday|weekend|love|date',
  'what are you wearing|up',
]);

const limits = { contacts: 2, meals: 3 } as const;

export const closeness = sign({
  name: 'closeness',
  title: 'closeness',
  weight: 1,
  type: 'too-close',
  answer: 'boundary',
  listens: { familiar },
  rule(facts, _now, heard) {
    const said = heard('familiar');
    const meals = facts.log.filter((entry) => entry.kind === 'lunch' || entry.kind === 'dinner');
    if (said.length + meals.length === 0) return null;
    const parts = [
      said.length > 0 ? `${count(said.length, 'message')} go beyond business` : '',
      meals.length > 0 ? `${count(meals.length, 'meal')} together` : '',
    ].filter((part) => part !== '');
    const evidence = [...quotesOf(said).slice(-5), ...meals.slice(-5).map((entry) => ({ logId: entry.id }))];
    return said.length < limits.contacts && meals.length < limits.meals
      ? tooFew(`${parts.join(', ')}: too few to tell`, evidence)
      : speaks(Math.max(0.5, (said.length + meals.length) / 6), parts.join('; '), evidence);
  },
});
