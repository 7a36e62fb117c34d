/** English: clients, hours and manner as the mailbox proposes them. What stands here the other languages must bring as well. */
import type { Doubt } from '../../../rules/correspondents.ts';
import { dayWords, several } from '../grammar.ts';

type FactsOf<Code extends Doubt['code']> = Extract<Doubt, { code: Code }>;
type Doubts = { [Code in Doubt['code']]: (facts: FactsOf<Code>) => string };

const doubts: Doubts = {
  list: () => 'a mailing list',
  robot: () => 'only programs write from there',
  'own-domain': ({ domain }) => `writes from your own domain, ${domain}`,
  'named-colleague': () => 'one of your colleagues (owner.colleagues)',
  'gets-copies': ({ others }) => `gets copies of your mail to ${others} others: a colleague?`,
  family: ({ words }) => `family? "${words}"`,
  'little-work': () => 'a private address, with few words about work',
  supplier: ({ words }) => `bills you: "${words}"`,
  once: () => 'hardly any mail, and no word about work',
  'same-name': ({ name, as }) => `${name} writes from ${as} too: the same person?`,
  'of-client': ({ client }) => `writes from where ${client} does; ticked, the address becomes ${client}'s`,
  declined: ({ on }) => `you said no on ${dayWords(on, 'year')}`,
};

export const learn = {
  columns: { client: 'CLIENT', at: 'AT', mail: 'MAIL', manner: 'YOU WRITE', when: 'THEY WRITE', note: '' },
  mail: (received: number, sent: number) => `${received} in, ${sent} out`,
  languages: { it: 'Italian', en: 'English' },
  tones: { formal: 'Lei', informal: 'tu' },
  tonesInEnglish: { formal: 'formal', informal: 'informal' },
  notShown: '?',
  when: (from: string, to: string) => `${from}-${to}`,
  outOfHours: (amount: number) => `${amount} out of hours`,
  quoted: (sentence: string) => `"${sentence}"`,
  doubt: (doubt: Doubt) => (doubts[doubt.code] as (facts: Doubt) => string)(doubt),
  title: 'Who are your clients?',
  ask: 'Blank takes or gives a tick; Enter goes on',
  none: (days: number) => `Nobody new writes with you both ways in the last ${several(days, 'day')}.`,
  left: (oneWay: number, known: number) =>
    `Not shown: ${several(oneWay, 'correspondent')} with mail one way only, ${known} who ${known === 1 ? 'is a client' : 'are clients'} already.`,
  unchanged: 'Nothing was changed.',
  toTake: (keys: readonly string[]) =>
    `To add those that are ticked: paletti clients learn --yes\nTo add others, or only some: paletti clients learn ${keys.map((key) => `--only ${key}`).join(' ')}`,
  taken: (names: readonly string[]) =>
    names.length === 0 ? 'No client was added.' : `${several(names.length, 'client')}: ${names.join(', ')}.`,
  change: 'What is not right: paletti clients edit CLIENT --name, --tone, --language',
  hours: {
    title: 'When you write',
    said: (mails: number, days: number) => `${several(mails, 'mail')} of yours, on ${several(days, 'day')}.`,
    legend: '     shaded: in the hours that are proposed (· none)   figures: mails outside them',
    tooFew: 'That is too little to propose hours from; those of the configuration stay.',
    proposed: (week: string) => `Proposed contact hours: ${week}`,
    outside: (amount: number, share: string) =>
      `${amount} of your mails (${share}) fall outside: clients learn that you answer then, too.`,
    same: 'These are your contact hours already.',
    taken: 'These are your contact hours now; the configuration before is kept beside it.',
    kept: 'Your contact hours stay as they were.',
    toTake: 'Nothing was changed. To take them: paletti config hours --yes',
  },
};
