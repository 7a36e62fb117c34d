/** Italian: `paletti week`. */
import type { ClientType } from '../../../rules/sign.ts';
import type { WeekWords } from '../../parts/terminal.ts';
import { listed, several } from '../grammar.ts';

const types: Readonly<Record<ClientType, string>> = {
  silent: 'non risponde',
  controlling: 'vuole decidere tutto',
  'pays-later': 'paga sempre più tardi',
  'does-not-pay': 'non paga',
  'at-any-hour': 'ti vuole a ogni ora',
  indecisive: 'non si decide',
  'asks-for-more': 'chiede più del pattuito',
  'without-contract': 'lavora senza contratto',
  'low-pay': 'paga troppo poco',
  attacks: 'attacca',
  'too-close': 'si prende troppa confidenza',
  'not-for-you': 'non fa per te',
};

export const week: WeekWords = {
  title: (from) => `Da ${from}`,
  nobody: 'Nessuno ha superato un limite.',
  crossed: (clients) => `${several(clients, 'cliente ha superato un limite', 'clienti hanno superato un limite')}:`,
  goesOn: (clients) => `Da prima, e continua con ${several(clients, 'cliente', 'clienti')}:`,
  type: (client, type) => `${client}: ${types[type]}`,
  line: (day, sign) => `${day}: ${sign}`,
  quote: (sentence) => `«${sentence}»`,
  signs: (signs) => `Segnali: ${signs.join(', ')}`,
  staying: (cost) => {
    const mails = cost.messages === 0 ? [] : [`${cost.messages} email`];
    const spent = listed([...(cost.hours === null ? [] : [cost.hours]), ...mails]);
    const late = cost.outOfHours === 0 ? '' : `, ${cost.outOfHours} fuori orario`;
    const owes = cost.owed.length === 0 ? '' : ` per chi ti deve ${listed(cost.owed)}`;
    if (spent === '' && owes === '') return null;
    if (spent === '') return `Restare costa: ti si devono ${listed(cost.owed)}`;
    return `Restare costa: ${spent}${late} in ${several(cost.days, 'giorno', 'giorni')}${owes}`;
  },
  hours: (hours) => `${hours} h`,
  step: (step) => `Passo: ${step}`,
  waits: (letter, id) => `Aspetta te, ${letter}: paletti outbox show ${id}`,
};
