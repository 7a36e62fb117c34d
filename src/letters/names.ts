/**
 * What can be told of a name by its look: a given name that a friendly greeting may use, a family name that it may
 * not, a title, a desk instead of a person. Lists of the common ones, Italian and English; what stands in none of them
 * is not known.
 */

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const givenNames = words(`
  ada adele adriana adriano agata agnese agostino alba alberto aldo alessandra alessandro alessia alessio alex alfonso
  alfredo alice alina allegra amalia amanda ambra amedeo amelia amina anastasia andrea andreas angela angelica angelina
  angelo anita anna annalisa annamaria annarita antonella antonia antonietta antonino antonio arianna armando arnaldo
  arturo asia attilio augusto aurelio aurora azzurra barbara bartolomeo beatrice benedetta benedetto beniamino benito
  bernardo betta bianca bice brigida bruna bruno camilla camillo carla carlo carlotta carmela carmelo carmen carmine
  carolina caterina catia cecilia celeste cesare chiara ciro clara clarissa claudia claudio clelia clemente concetta
  corrado cosimo costanza cristian cristiana cristiano cristina dalila damiano daniela daniele danilo dario davide debora
  deborah demetrio denis denise diana diego dino domenica domenico donatella donato dora doriana edoardo elena eleonora
  elettra elia eliana elio elisa elisabetta elsa emanuela emanuele emilia emiliano emilio emma ennio enrica enrico enza
  enzo erica erika ermanno ernesto ersilia ester ettore eugenia eugenio eva fabiana fabiano fabio fabiola fabrizia
  fabrizio fausto federica federico felice ferdinando fernando filippo fiorella fiorenza flaminia flavia flavio fosca
  franca francesca francesco franco fulvia fulvio gabriele gabriella gaetano gaia gaspare gemma gennaro gerardo giacinto
  giacomo giada giampaolo giampiero gian giancarlo gianfranco gianluca gianluigi gianmarco gianna gianni gianpaolo gilda
  gina gino gioele gioia giordano giorgia giorgio giovanna giovanni giuditta giulia giuliana giuliano giulio giuseppa
  giuseppe giuseppina giusi giusy gloria graziana graziano graziella greta guglielmo guido ida ignazio igor ilaria ilario
  imma immacolata ines iolanda irene iris irma isabella isacco ivan ivana ivano ivo jacopo lapo lara laura lea leandro
  leila leonardo leone letizia lia liana lidia liliana linda lino lisa livia livio lodovico lorella lorena lorenza lorenzo
  loretta loris luca lucia luciana luciano lucio lucrezia ludovica ludovico luigi luigia luigina luisa maddalena mafalda
  manfredi manlio manuel manuela mara marcella marcello marco margherita maria mariangela marianna mariano mariarosa
  mariella marika marina mario marisa maristella marta martina martino massimiliano massimo matilde matteo mattia maura
  maurizia maurizio mauro melissa mia michela michelangelo michele micol milena mimmo mirella miriam mirko moira monica
  morena nadia natale natalia nazario nello nerina nicla nico nicola nicolas nicole nicoletta nicolo nicolò nina nino noemi
  nora norma nunzia nunzio olga oliviero orazio oreste orietta ornella orsola oscar osvaldo ottavia ottavio palmira
  paloma pamela paola paolo pasquale patrizia patrizio peppe piera pierangelo pierfrancesco piergiorgio pierluigi piero
  pierpaolo pietro pina pino pio placido primo quirino rachele raffaele raffaella raimondo ramona rebecca regina renata
  renato renzo riccardo rita roberta roberto rocco rodolfo romano romeo romina romolo rosa rosalba rosalia rosanna rosaria
  rosario rossana rossella ruggero sabina sabrina salvatore samanta samuel samuele sandra sandro santa santino santo sara
  saverio savino sebastiano serena sergio sestilio sharon sibilla sigfrido silvana silvano silvestro silvia silvio simona
  simone sofia sonia stefania stefano stella susanna tamara tania tecla teo teodoro teresa tiberio tina tindaro tino
  tiziana tiziano tommaso tonino tosca tullio ubaldo ugo umberto urbano valentina valentino valeria valerio valter vanessa
  vanna vasco vera veronica vilma vincenza vincenzo viola violetta virgilio virginia vito vittoria vittorio viviana
  walter wanda yuri zaira zeno
  aaron abby abigail adam adrian agnes aidan alan alastair albert alec alexander alexandra alexis alfie alison allan
  allison amber amy andrew andy angus ann anne annie anthony archie arthur ashley audrey barbara barry beatrix becky ben
  benjamin bernard beth bethany betty bill billy bob bonnie brad bradley brandon brenda brian bridget brooke bruce bryan
  calum cameron carl caroline carolyn catherine cathy charles charlie charlotte chelsea chloe chris christian christina
  christine christopher claire clare colin connor courtney craig cynthia daisy damian dan daniel danny darren dave david
  dawn dean deborah debbie dennis derek dominic donald donna doris dorothy doug douglas duncan dylan ed eddie edith edward
  edwin eileen elaine eleanor elizabeth ella ellen ellie elliot emily eric erin ethan eve evelyn ewan faith fiona florence
  frances francis frank fred freddie frederick freya gail gareth gary gavin gemma george georgia georgina gerald geraldine
  gillian glen glenn gordon grace graham grant greg gregory guy hannah harold harriet harry harvey hazel heather hector
  helen helena henry hilary holly howard hugh hugo iain ian imogen iona isaac isabel isabelle isla jack jackie jacob jade
  jake james jamie jane janet janice jason jasmine jay jayne jean jeff jeffrey jennifer jenny jeremy jerry jessica jill
  jim jimmy joan joanna joanne jodie joe joel john jon jonathan jordan joseph josephine josh joshua joy joyce juan judith
  judy julia julian julie june justin karen karl kate katherine kathleen kathryn katie keith kelly ken kenneth kerry kevin
  kieran kim kirsty kyle laurence lauren lawrence leah lee leo leon leslie lewis liam lily linda lindsay lindsey lisa liz
  lois lorna lorraine louis louisa louise lucas lucy luke lydia lynn maggie malcolm mandy marc marcus margaret marian
  marie marilyn marion mark marlon martha martin mary mathew matt matthew maureen maurice max maxine megan mel melanie
  melinda michael michelle mike miles millie mohammed molly mohamed muhammad murray nancy naomi natalie natasha nathan neil
  nicholas nick nicola nigel nikki noah noel nora norman oliver olivia owen paige pamela pat patricia patrick paul paula
  pauline penelope penny peter phil philip philippa phoebe polly priya rachael rachel ralph ray raymond rebecca richard
  rick rob robert robin rodney roger ronald rory rosemary rosie ross roy rupert russell ruth ryan sally sam samantha samuel
  sandra sarah scott sean shane shannon sharon shaun sheila shirley simon sophia sophie stanley stella stephanie stephen
  steve steven stewart stuart sue susan suzanne sylvia tara ted teresa terry theo theresa thomas tim timothy toby todd tom
  tommy toni tony tracey tracy trevor tristan valerie vanessa vera victor victoria vincent violet wayne wendy will william
  yvonne zara zoe zoë`);

/** Family names that are no given names, and so must never stand alone after 'Ciao'. */
const familyNames = words(`
  rossi russo ferrari esposito bianchi romano colombo ricci marino greco gallo conti deluca mancini costa giordano rizzo
  lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli martini leone longo gentile martinelli
  vitale lombardo serra coppola desantis d'angelo marchetti parisi villa conte ferraro ferri fabbri bianco marini grasso
  valentini messina sala d'amico gatti palumbo silvestri farina benedetti amato barone caputo bellini basile palmieri
  grassi neri verdi testa rizzi giuliani negri sartori monti sanna orlando guerra battaglia piras ruggiero d'agostino
  bernardi pellegrini pellegrino montanari ferretti riva damico morelli cattaneo ranucci brambilla fumagalli galliani
  smith jones williams brown taylor davies wilson evans roberts johnson wright robinson thompson white hughes edwards green
  hall wood harris clarke jackson turner hill moore cooper ward morris baker watson harrison morgan lowe harper hale moss`);

/** Second halves of double given names: 'Anna Maria', 'Gian Luca', 'Mary Ann'. */
const secondHalves = words(
  'maria grazia rosa luisa pia chiara paola rita teresa luca carlo paolo piero marco luigi ann',
);

const particles = words(
  'de di da del dei della delle dello degli dal dalla lo la li le van von der den ter ten el al bin mc mac st san',
);

const titleWords = words(`
  dott dottssa dottore dottoressa dr dra prof profssa professor professore professoressa ing ingegner ingegnere avv avvocato
  avvocata drssa arch architetto architetta geom geometra rag ragionier ragioniere ragioniera sig sigra signa sigri signor
  signore signora signorina mr mrs ms miss mx sir dame lord lady madam dottor cav comm on onorevole rev don suor gent
  gentile egr egregio spett spettle spettabile mister doctor`);

/** A desk, a robot or a list: nobody to be greeted by name. */
const deskWords = words(`
  noreply no-reply donotreply do-not-reply reply info infos mail email posta pec admin administrator administration
  amministrazione amministrativo contabilità contabilita accounts accounting account accounts-payable payable billing
  fatturazione fatture invoice invoices finance finanza acquisti purchasing office ufficio uffici segreteria secretary
  support supporto assistenza help helpdesk service servizio servizi sales vendite commerciale marketing hr personale
  team staff webmaster postmaster hostmaster mailer daemon mailer-daemon newsletter news notifications notification notifiche
  bot robot system sistema root user utente client cliente customer test contact contatti hello ciao hi buongiorno direzione
  redazione studio reception direction srl srls spa snc sas sapa scarl coop onlus asd ltd limited llc llp plc inc gmbh ag
  sarl bv co company group gruppo associati associates agenzia agency azienda`);

/** Without accents, dots and case: 'Dott.ssa' -> 'dottssa', 'Nicolò' -> 'nicolò'. */
function bare(word: string): string {
  return word.toLowerCase().replaceAll('.', '').replaceAll('’', "'");
}

export const isTitle = (word: string): boolean => titleWords.has(bare(word));
export const isDesk = (word: string): boolean => deskWords.has(bare(word));
export const isParticle = (word: string): boolean => particles.has(bare(word)) || /^d['’]$/i.test(word);
export const isFamilyName = (word: string): boolean => familyNames.has(bare(word)) && !givenNames.has(bare(word));
export const isSecondHalf = (word: string): boolean => secondHalves.has(bare(word));

/** Of a double one, 'Jean-Luc', the first half counts. */
export function isGivenName(word: string): boolean {
  const known = bare(word);
  return givenNames.has(known) || givenNames.has(known.split('-')[0] ?? '');
}
