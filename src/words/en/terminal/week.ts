/** English: `paletti week`. */
import type { ClientType } from '../../../rules/sign.ts';
import { listed, several } from '../grammar.ts';

const types: Readonly<Record<ClientType, string>> = {
  silent: 'does not answer',
  controlling: 'wants to decide everything',
  'pays-later': 'pays later and later',
  'does-not-pay': 'does not pay',
  'at-any-hour': 'wants you at any hour',
  indecisive: 'cannot decide',
  'asks-for-more': 'asks for more than agreed',
  'without-contract': 'works without a contract',
  'low-pay': 'pays too little',
  attacks: 'attacks',
  'too-close': 'has come too close',
  'not-for-you': 'is not a client for you',
};

export const week = {
  title: (from: string) => `Since ${from}`,
  nobody: 'Nobody crossed a line.',
  crossed: (clients: number) => `${several(clients, 'client')} crossed a line:`,
  goesOn: (clients: number) => `From before, and it goes on with ${several(clients, 'client')}:`,
  type: (client: string, type: ClientType) => `${client}: ${types[type]}`,
  line: (day: string, sign: string) => `${day}: ${sign}`,
  quote: (sentence: string) => `"${sentence}"`,
  signs: (signs: readonly string[]) => `Signs: ${signs.join(', ')}`,
  staying: (cost: {
    days: number;
    hours: string | null;
    messages: number;
    outOfHours: number;
    owed: readonly string[];
  }) => {
    const mails = cost.messages === 0 ? [] : [several(cost.messages, 'mail')];
    const spent = listed([...(cost.hours === null ? [] : [cost.hours]), ...mails]);
    const late = cost.outOfHours === 0 ? '' : `, ${cost.outOfHours} out of hours`;
    const owes = cost.owed.length === 0 ? '' : ` for someone who owes you ${listed(cost.owed)}`;
    if (spent === '' && owes === '') return null;
    if (spent === '') return `Staying costs: you are owed ${listed(cost.owed)}`;
    return `Staying costs: ${spent}${late} in ${several(cost.days, 'day')}${owes}`;
  },
  hours: (hours: string) => `${hours} h`,
  step: (step: string) => `Step: ${step}`,
  waits: (letter: string, id: number) => `The ${letter} waits for you: paletti outbox show ${id}`,
};
