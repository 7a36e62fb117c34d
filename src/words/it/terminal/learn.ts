/** Italian: clients, hours and manner as the mailbox proposes them. */
import type { Doubt } from '../../../rules/correspondents.ts';
import type { LearnWords } from '../../parts/terminal.ts';
import { dayWith, several } from '../grammar.ts';

type FactsOf<Code extends Doubt['code']> = Extract<Doubt, { code: Code }>;
type Doubts = { [Code in Doubt['code']]: (facts: FactsOf<Code>) => string };

const doubts: Doubts = {
  list: () => 'è una lista di distribuzione',
  robot: () => 'da lì scrivono solo programmi',
  'own-domain': ({ domain }) => `scrive dal tuo dominio, ${domain}`,
  'named-colleague': () => 'è tra i tuoi colleghi (owner.colleagues)',
  'gets-copies': ({ others }) => `riceve in copia i tuoi messaggi ad altri ${others}: un collega?`,
  family: ({ words }) => `è di famiglia? «${words}»`,
  'little-work': () => 'è un indirizzo privato, e si parla poco di lavoro',
  supplier: ({ words }) => `è chi ti manda fatture: «${words}»`,
  once: () => 'pochissimi messaggi, e non si parla di lavoro',
  'same-name': ({ name, as }) => `${name} scrive anche da ${as}: è la stessa persona?`,
  'of-client': ({ client }) => `scrive da dove scrive ${client}; se lo scegli, l’indirizzo passa a ${client}`,
  declined: ({ on }) => `hai detto di no ${dayWith('il', on)}`,
};

export const learn: LearnWords = {
  columns: { client: 'CLIENTE', at: 'INDIRIZZO', mail: 'POSTA', manner: 'SCRIVI', when: 'SCRIVE', note: '' },
  mail: (received, sent) => `${several(received, 'ricevuto', 'ricevuti')}, ${several(sent, 'inviato', 'inviati')}`,
  languages: { it: 'italiano', en: 'inglese' },
  tones: { formal: 'Lei', informal: 'tu' },
  tonesInEnglish: { formal: 'formale', informal: 'informale' },
  notShown: '?',
  when: (from, to) => `${from}-${to}`,
  outOfHours: (amount) => `${amount} fuori orario`,
  quoted: (sentence) => `«${sentence}»`,
  doubt: (doubt) => (doubts[doubt.code] as (facts: Doubt) => string)(doubt),
  title: 'Chi sono i tuoi clienti?',
  ask: 'Lo spazio mette o toglie il segno; Invio va avanti',
  none: (days) => `Negli ultimi ${several(days, 'giorno', 'giorni')} non c’è nessuno di nuovo con cui ti scrivi.`,
  left: (oneWay, known) =>
    `Non compaiono: ${several(oneWay, 'indirizzo', 'indirizzi')} con posta in un solo verso, ${known} già ${known === 1 ? 'cliente' : 'clienti'}.`,
  unchanged: 'Non è cambiato nulla.',
  toTake: (keys) =>
    `Per aggiungere quelli col segno: paletti clients learn --yes\nPer aggiungerne altri, o solo alcuni: paletti clients learn ${keys.map((key) => `--only ${key}`).join(' ')}`,
  taken: (names) =>
    names.length === 0
      ? 'Non è stato aggiunto nessun cliente.'
      : `${several(names.length, 'cliente', 'clienti')}: ${names.join(', ')}.`,
  change: 'Se qualcosa non va: paletti clients edit CLIENTE --name, --tone, --language',
  hours: {
    title: 'Quando scrivi',
    said: (mails, days) =>
      `${several(mails, 'tuo messaggio', 'tuoi messaggi')}, in ${several(days, 'giorno', 'giorni')}.`,
    legend: '     ombreggiato: negli orari proposti (· niente)   cifre: messaggi fuori da quelli',
    tooFew: 'È troppo poco per proporre degli orari: restano quelli della configurazione.',
    proposed: (week) => `Orari di contatto proposti: ${week}`,
    outside: (amount, share) =>
      `${several(amount, 'tuo messaggio è', 'tuoi messaggi sono')} fuori (${share}): i clienti imparano che rispondi anche allora.`,
    same: 'Sono già i tuoi orari di contatto.',
    taken: 'Ora sono i tuoi orari di contatto; la configurazione di prima resta accanto.',
    kept: 'I tuoi orari di contatto restano com’erano.',
    toTake: 'Non è cambiato nulla. Per prenderli: paletti config hours --yes',
  },
};
