/** The client refuses a price or a rise. */
import { phrases } from '../phrases.ts';
import { quotesOf, sign, speaks } from '../sign.ts';

const refusesPrice = phrases([
  'e|sono troppo per|non|cosi|tanto $|per|non|noi|me|posso',
  'non posso|possiamo|riesco|voglio|intendo pagare|spendere|permett* tanto|cosi|quella|questa|tutto|di|quel|tutti|una|un',
  'non me|ce lo|la|li posso|possiamo permettere',
  'aumento|aumenti|rincaro|nuova|nuovo|nuove tariffa|prezzo|tariffe|listino|prezzi|non .. accett*|posso|possiamo|sta|va|pago|paghiamo|se|accordo',
  'aumento|rincaro|aumenti .. non|no',
  'non .. accett*|posso|possiamo|pago|paghiamo|paghero|do .. aument*|rincar*',
  'non pago|paghiamo|paghero|do|spendo|spendiamo|pagheremo .. euro|centesimo|soldo|piu',
  'un|nemmeno|neanche|neppure euro|centesimo|soldo in|di piu',
  'not|never|won|don paying|pay|spend|give|t|spending .. cent|penny|dime|euro|pound|more',
  'a|one cent|penny|dime|euro|pound more',
  'altrimenti|senno|o|oppure vado|andiamo|cerco|cerchiamo|trovo|prendo|mi|ci da|un|altro|rivolgo|dove altr*|qualcun*|?',
  'can|cannot|won|do|could t|not accept|agree|justify|swallow|afford|pay .. rate|rates|price|increase|rise|raise|fee|new',
  'increase|rise|raise|new .. unacceptable|acceptable|not|no|question|happening|rejected',
  'sempre|finora|prima dato|pagato|pagavo|pagavamo|dati .. resta|basta|stesso|sempre|euro|non|uguale',
  'stesso prezzo di|dell sempre|anno|prima|scorso|?',
  'same price as|or !fine|happy|good|ok|agree|glad',
  'costa|costi|costate|chiedi|chiedete|prendi|prendete troppo|tanto',
  'troppo|troppi|cosi caro|cara|cari|care|soldi|alto|alta|costos* !prezzo|cara',
  'prezzo|preventivo|tariffa|cifra|costo .. troppo|alto|alta|esagerat*|fuori|follia|eccessiv*|folle|assurd*',
  'troppo alto|alta|caro|cara|esoso .. prezzo|preventivo|per|tariffa',
  'sconto|scontino|ribasso .. $?',
  'fai|fammi|farmi|facci|farci|fate|applichi|mi uno|un|lo|qualche|fai sconto|scontino|prezzo|prezzino|uno',
  'puoi|potresti|potete|possiamo|riesci a? abbassare|scendere|ridurre|rivedere|farmi|limare|tagliare il|la|un|di|con .. prezzo|preventivo|tariffa|sconto|cifra|costo|po',
  'non|nessun aument*|accett*|pag* .. prezz*|tariff*|cosi|tanto|quella|quel|aument*|quest* cifra|prezzo|tariffa|prezzi|tariffe|soldi|aumento|aumenti|?',
  'altri|altre|altrove|concorrenza|tuo|sua costano|chiedono|fanno|prendono|mi|collega|cugino .. meno|meta|prezzo|lo|gratis',
  'meta prezzo|del',
  'too|so|very|way expensive|pricey|steep',
  'too much money|to to? pay|spend|charge|?',
  'price|quote|rate|fee|cost|estimate .. too|high|expensive|steep|crazy|outrageous|ridiculous|much|lower|beyond|over',
  'discount .. $?',
  'can|could|would|any|give|get|need you|i|a|me|us|we .. discount|lower|cheaper|reduce|better price|rate|?',
  'lower|reduce|drop|cut|negotiate your|the|on|that price|rate|fee|quote|rates|prices|price',
  'won|not|can|refuse|don t|going|to|not|accept pay|accept|paying|afford that|the|this|a|more|higher|any|your|so increase|much|rate|price|raise|more|increases|?',
  'others|competitors|competitor|someone|cheaper charge|ask|do|does|elsewhere|offers|freelancers|else .. less|half|cheaper|?',
]);

export const refusesPriceSign = sign({
  name: 'refuses-price',
  weight: 1.5,
  type: 'low-pay',
  answer: 'raise-price',
  listens: { 'refuses-price': refusesPrice },
  rule(facts, _now, heard) {
    const said = heard('refuses-price');
    const logged = facts.log.filter((entry) => entry.kind === 'price');
    if (said.length + logged.length === 0) return null;
    const shown = { code: 'shows-refuses-price', messages: said.length, logged: logged.length } as const;
    const evidence = [...quotesOf(said).slice(-5), ...logged.map((entry) => ({ logId: entry.id }))];
    return speaks(logged.length > 0 || said.length > 1 ? 1 : 0.5, shown, evidence);
  },
});
