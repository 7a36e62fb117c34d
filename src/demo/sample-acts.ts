/**
 * What Anna does at her desk during the story, and what the letters that Paletti writes bring about: answers, a
 * bounce, payments, an approval. A reaction waits for its letter, so the story holds together in any season. Data only.
 */
import { addDays, type LocalDay } from '../rules/time.ts';
import { dayInWords } from '../rules/words.ts';
import type { LetterKind } from '../rules/letter.ts';
import type { SampleMail } from './sample-mail.ts';
import { type ClientKey, newAddressOfConti, type SampleInvoice } from './sample-studio.ts';

/** Something that happens at one moment. */
export type Happening =
  | { what: 'mail'; mail: SampleMail | ((today: LocalDay) => SampleMail); answersLetter?: boolean }
  /** the letter reacted to comes back */
  | { what: 'bounce' }
  /** the owner approves the letter reacted to */
  | { what: 'approve' }
  | { what: 'invoice'; invoice: SampleInvoice }
  /** cents left out: all that is open */
  /** again: of the same sum as one before, and another payment all the same */
  | { what: 'payment'; invoice: string; cents?: number; reference: string; again?: true }
  | { what: 'void'; invoice: string; why: string }
  | { what: 'dispute'; invoice: string; cents: number }
  /** `inDays` from the day on which it is noted */
  | { what: 'promise'; invoice: string; inDays: number; note: string }
  /** the owner has read the answer: the ladder may go on */
  | { what: 'release'; client: ClientKey }
  | { what: 'address'; client: ClientKey; address: string }
  /** the owner reads what Paletti has to tell her */
  | { what: 'read' }
  /** a call of the evening before, entered by hand */
  | { what: 'call'; client: ClientKey; dayBeforeAt: string; minutes: number; text: string };

export interface TimedAct {
  day: number;
  time: string;
  happens: Happening;
}

/** On Fridays she reads the notices, for the last time two weeks before the end. */
const reading = [4, 11, 18, 25, 32].map((day): TimedAct => ({ day, time: '17:30', happens: { what: 'read' } }));

/** What Anna does on her own, day by day. */
export const acts: readonly TimedAct[] = [
  ...reading,
  {
    day: 1,
    time: '09:30',
    happens: { what: 'void', invoice: '29', why: 'issued twice by mistake; 30 is the right one' },
  },
  {
    day: 18,
    time: '17:00',
    happens: {
      what: 'invoice',
      invoice: { number: '38', client: 'harbour', issued: 18, due: 48, cents: 90_000, project: 'winter catalogue' },
    },
  },
  {
    day: 21,
    time: '15:05',
    happens: { what: 'promise', invoice: '34', inDays: 4, note: 'on Friday, he wrote' },
  },
  { day: 24, time: '16:05', happens: { what: 'dispute', invoice: '35', cents: 15_000 } },
  { day: 25, time: '10:00', happens: { what: 'payment', invoice: '34', reference: 'bonifico Ferrari' } },
  {
    day: 29,
    time: '10:00',
    happens: { what: 'payment', invoice: '37', cents: 75_000, reference: 'bonifico Bianchi, prima rata' },
  },
];

export interface Reaction {
  /** the letter that brings it about */
  letter: LetterKind;
  client: ClientKey;
  /** it left, or it was written and waits for the owner's approval */
  when: 'left' | 'waits';
  /** after that moment: so many minutes, or at a time of the day so many days later */
  after: { minutes: number } | { days: number; time: string };
  happens: Happening;
}

const harbour: readonly Reaction[] = [
  {
    letter: 'payment-reminder',
    client: 'harbour',
    when: 'left',
    after: { minutes: 2 },
    happens: {
      what: 'mail',
      answersLetter: true,
      mail: (today) => ({
        key: 'away',
        from: 'harbour',
        subject: 'Automatic reply: out of the office',
        headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
        text: `I am out of the office and will be back on ${dayInWords(addDays(today, 3))}.\n\nMargaret Hale`,
      }),
    },
  },
  {
    letter: 'payment-reminder',
    client: 'harbour',
    when: 'left',
    after: { days: 3, time: '10:20' },
    happens: {
      what: 'mail',
      answersLetter: true,
      mail: {
        key: 'half',
        from: 'harbour',
        text: 'Dear Ms Rossi,\n\nI am sorry. Half of it leaves today; for the other half I need a signature.\n\nKind regards,\nMargaret Hale',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'harbour',
    when: 'left',
    after: { days: 3, time: '10:40' },
    happens: {
      what: 'mail',
      mail: {
        key: 'half-re',
        to: 'harbour',
        answers: 'half',
        text: 'Dear Ms Hale,\n\nthank you for telling me. I shall look out for it.\n\nKind regards,\nAnna Rossi',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'harbour',
    when: 'left',
    after: { days: 4, time: '10:00' },
    happens: { what: 'payment', invoice: '31', cents: 91_500, reference: 'Harbour Books, first half' },
  },
  {
    letter: 'payment-reminder',
    client: 'harbour',
    when: 'left',
    after: { days: 4, time: '10:05' },
    happens: { what: 'release', client: 'harbour' },
  },
  {
    letter: 'work-paused',
    client: 'harbour',
    when: 'waits',
    after: { minutes: 35 },
    happens: { what: 'approve' },
  },
  {
    letter: 'work-paused',
    client: 'harbour',
    when: 'left',
    after: { days: 3, time: '09:10' },
    happens: {
      what: 'mail',
      answersLetter: true,
      mail: {
        key: 'balance',
        from: 'harbour',
        text: 'Dear Ms Rossi,\n\nwe have paid the balance this morning. Please do go on.\n\nKind regards,\nMargaret Hale',
      },
    },
  },
  {
    letter: 'work-paused',
    client: 'harbour',
    when: 'left',
    after: { days: 3, time: '09:30' },
    happens: {
      what: 'mail',
      mail: {
        key: 'balance-re',
        to: 'harbour',
        answers: 'balance',
        text: 'Dear Ms Hale,\n\nthank you; I shall begin again as soon as I see it.\n\nKind regards,\nAnna Rossi',
      },
    },
  },
  {
    letter: 'work-paused',
    client: 'harbour',
    when: 'left',
    after: { days: 3, time: '14:30' },
    happens: { what: 'payment', invoice: '31', reference: 'Harbour Books, balance', again: true },
  },
];

const bianchi: readonly Reaction[] = [
  {
    letter: 'payment-reminder',
    client: 'bianchi',
    when: 'left',
    after: { days: 1, time: '10:15' },
    happens: {
      what: 'mail',
      answersLetter: true,
      mail: {
        key: 'bonifico',
        from: 'bianchi',
        text: 'Gentile Anna,\n\nmi era sfuggita, mi scusi: ho pagato ieri sera.\n\nCordiali saluti,\nElena Bianchi',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'bianchi',
    when: 'left',
    after: { days: 3, time: '09:25' },
    happens: { what: 'payment', invoice: '30', reference: 'bonifico Bianchi' },
  },
  {
    letter: 'payment-reminder',
    client: 'bianchi',
    when: 'left',
    after: { days: 3, time: '09:40' },
    happens: {
      what: 'mail',
      mail: {
        key: 'bonifico-re',
        to: 'bianchi',
        answers: 'bonifico',
        text: 'Gentile Dott.ssa Bianchi,\n\narrivato, grazie!\n\nCordiali saluti,\nAnna Rossi',
      },
    },
  },
];

const moretti: readonly Reaction[] = [
  {
    letter: 'payment-reminder',
    client: 'moretti',
    when: 'left',
    after: { days: 0, time: '16:30' },
    happens: {
      what: 'mail',
      answersLetter: true,
      mail: { key: 'vediamo', from: 'moretti', text: 'Ne parliamo quando la home sarà finita.\n\nMoretti' },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'moretti',
    when: 'left',
    after: { days: 1, time: '10:00' },
    happens: {
      what: 'mail',
      mail: {
        key: 'vediamo-re',
        to: 'moretti',
        answers: 'vediamo',
        text: 'Gentile Geom. Moretti,\n\nla fattura riguarda il lavoro già consegnato. Le chiedo di saldarla come d’accordo.\n\nCordiali saluti,\nAnna Rossi',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'moretti',
    when: 'left',
    after: { days: 1, time: '10:05' },
    happens: { what: 'release', client: 'moretti' },
  },
  {
    letter: 'work-paused',
    client: 'moretti',
    when: 'waits',
    after: { minutes: 60 },
    happens: { what: 'approve' },
  },
  {
    letter: 'work-paused',
    client: 'moretti',
    when: 'left',
    after: { days: 1, time: '19:30' },
    happens: {
      what: 'mail',
      answersLetter: true,
      mail: {
        key: 'inaccettabile',
        from: 'moretti',
        text: 'Inaccettabile. Mi aspetto la home per venerdì.\n\nMoretti',
      },
    },
  },
  {
    letter: 'work-paused',
    client: 'moretti',
    when: 'left',
    after: { days: 2, time: '10:45' },
    happens: {
      what: 'mail',
      mail: {
        key: 'inaccettabile-re',
        to: 'moretti',
        answers: 'inaccettabile',
        text: 'Gentile Geom. Moretti,\n\nriprendo il lavoro il giorno dopo il pagamento. Resto a disposizione.\n\nCordiali saluti,\nAnna Rossi',
      },
    },
  },
  {
    letter: 'work-paused',
    client: 'moretti',
    when: 'left',
    after: { days: 2, time: '11:00' },
    happens: { what: 'release', client: 'moretti' },
  },
  {
    letter: 'work-paused',
    client: 'moretti',
    when: 'left',
    after: { days: 3, time: '09:10' },
    happens: {
      what: 'call',
      client: 'moretti',
      dayBeforeAt: '20:15',
      minutes: 12,
      text: 'called on the mobile, wants the home page first; told to write',
    },
  },
];

const priya: readonly Reaction[] = [
  {
    letter: 'payment-reminder',
    client: 'priya',
    when: 'left',
    after: { days: 1, time: '12:00' },
    happens: {
      what: 'mail',
      answersLetter: true,
      mail: {
        key: 'wednesday',
        from: 'priya',
        text: 'Hi Anna,\n\nso sorry, wedding chaos! You will have it by Wednesday.\n\nPriya',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'priya',
    when: 'left',
    after: { days: 1, time: '12:20' },
    happens: {
      what: 'mail',
      mail: {
        key: 'wednesday-re',
        to: 'priya',
        answers: 'wednesday',
        text: 'Hi Priya,\n\nWednesday is fine. Enjoy the chaos!\n\nAnna',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'priya',
    when: 'left',
    after: { days: 1, time: '12:25' },
    happens: { what: 'release', client: 'priya' },
  },
  {
    letter: 'payment-reminder',
    client: 'priya',
    when: 'left',
    after: { days: 1, time: '12:26' },
    happens: { what: 'promise', invoice: '33', inDays: 5, note: 'by Wednesday, she wrote' },
  },
  {
    letter: 'work-paused',
    client: 'priya',
    when: 'waits',
    after: { days: 0, time: '15:10' },
    happens: { what: 'payment', invoice: '33', reference: 'P. Nair' },
  },
];

const conti: readonly Reaction[] = [
  {
    letter: 'payment-reminder',
    client: 'conti',
    when: 'left',
    after: { minutes: 2 },
    happens: { what: 'bounce' },
  },
  {
    letter: 'payment-reminder',
    client: 'conti',
    when: 'left',
    after: { days: 1, time: '10:00' },
    happens: { what: 'address', client: 'conti', address: newAddressOfConti },
  },
  {
    letter: 'payment-reminder',
    client: 'conti',
    when: 'left',
    after: { days: 1, time: '10:30' },
    happens: {
      what: 'mail',
      mail: {
        key: 'nuovo-indirizzo',
        to: 'conti',
        subject: 'Il tuo nuovo indirizzo',
        text: 'Ciao Greta,\n\nla posta al vecchio indirizzo torna indietro: uso questo, va bene? Della fattura 35 restano 450 euro.\n\nAnna',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'conti',
    when: 'left',
    after: { days: 2, time: '09:20' },
    happens: {
      what: 'mail',
      mail: {
        key: 'nuovo-indirizzo-2',
        from: 'conti',
        answers: 'nuovo-indirizzo',
        text: 'Ciao Anna,\n\nsì, ho cambiato casella! Ti mando i 450 lunedì.\n\nGreta',
      },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'conti',
    when: 'left',
    after: { days: 2, time: '09:35' },
    happens: {
      what: 'mail',
      mail: { key: 'nuovo-indirizzo-3', to: 'conti', answers: 'nuovo-indirizzo-2', text: 'Perfetto, grazie!\n\nAnna' },
    },
  },
  {
    letter: 'payment-reminder',
    client: 'conti',
    when: 'left',
    after: { days: 6, time: '10:00' },
    happens: { what: 'payment', invoice: '35', cents: 45_000, reference: 'G. Conti' },
  },
];

export const reactions: readonly Reaction[] = [...harbour, ...bianchi, ...moretti, ...priya, ...conti];
