/** The client refuses a price or a rise. */
import { phrases } from '../phrases.ts';
import { quotesOf, sign, speaks } from '../sign.ts';
import { count } from '../words.ts';

const refusesPrice = phrases([
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
  title: 'refuses the price',
  weight: 1.5,
  answer: 'raise-price',
  listens: { 'refuses-price': refusesPrice },
  rule(_facts, _now, heard) {
    const said = heard('refuses-price');
    if (said.length === 0) return null;
    return speaks(
      said.length === 1 ? 0.5 : 1,
      `${count(said.length, 'message')} turn a price or a rise down`,
      quotesOf(said).slice(-5),
    );
  },
});
