/** One studio, one client in each language and tone, and the facts of every letter to them. Dates are written out. */
import { join } from 'node:path';
import { type ClosingLetterFacts, writeClosing } from '../../src/letters/closing.ts';
import type { Outside } from '../../src/letters/hours.ts';
import type { Letters, Reader } from '../../src/letters/library.ts';
import {
  type BoundaryFacts,
  type ClientFacts,
  type DunningFacts,
  type OwnerFacts,
  type Written,
  writeAcknowledgement,
  writeBoundary,
  writeDunning,
  writeFinalReport,
  writeNudge,
} from '../../src/letters/write.ts';
import type { Debt } from '../../src/rules/invoice.ts';
import type { SettledPart } from '../../src/rules/settlement.ts';
import { type ContactHours, parseWeek } from '../../src/rules/contact-hours.ts';
import { instant, localDay } from '../../src/rules/time.ts';

export const templatesDir = join(import.meta.dirname, '../../templates');

export const readers: readonly Reader[] = [
  { language: 'it', tone: 'formal' },
  { language: 'it', tone: 'informal' },
  { language: 'en', tone: 'formal' },
  { language: 'en', tone: 'informal' },
];

export const owner: OwnerFacts = {
  name: 'Anna Ferri',
  business: 'Studio Ferri',
  signature: 'Anna Ferri\nStudio Ferri, Bologna',
  iban: 'it60x0542811101000000123456',
  accountHolder: 'Anna Ferri',
  bic: 'BPMOIT22XXX',
};

const block = ['09:00-18:00'];
/** Five days a week, without holidays. */
export const hours: ContactHours = {
  timeZone: 'Europe/Rome',
  week: parseWeek({ mon: block, tue: block, wed: block, thu: block, fri: block }),
  holiday: () => undefined,
  closures: [],
};

export function clientFor({ language, tone }: Reader): ClientFacts {
  const name = language === 'it' ? 'Verdi Arredi S.r.l.' : 'Harper & Lowe Ltd';
  const contact = { it: ['Dott.ssa Bianchi', 'Luca Verdi'], en: ['Ms Harper', 'Tom Lowe'] }[language];
  return { id: 7, name, contactName: contact[tone === 'formal' ? 0 : 1] as string, kind: 'business', language, tone };
}

export function debt(patch: Partial<Debt> = {}): Debt {
  return {
    invoiceId: 1,
    instalmentId: 1,
    number: '2026/014',
    issuedOn: localDay('2026-04-15'),
    dueOn: localDay('2026-05-15'),
    currency: 'EUR',
    amountCents: 122_000,
    openCents: 122_000,
    project: null,
    ...patch,
  };
}

/** A part payment, an instalment, and a due date on the eleventh. */
export const severalDebts: Debt[] = [
  debt({
    invoiceId: 3,
    instalmentId: 5,
    number: '2026/021',
    issuedOn: localDay('2026-05-08'),
    dueOn: localDay('2026-06-01'),
    amountCents: 50_000,
    openCents: 50_000,
    instalment: { position: 2, of: 3 },
  }),
  debt({ openCents: 72_000, paidCents: 50_000 }),
  debt({
    invoiceId: 2,
    instalmentId: 2,
    number: '2026/017',
    issuedOn: localDay('2026-04-28'),
    dueOn: localDay('2026-05-11'),
    amountCents: 240_050,
    openCents: 240_050,
  }),
];

const earlier: DunningFacts['earlier'] = [
  { kind: 'work-paused', on: localDay('2026-06-08') },
  { kind: 'payment-reminder', on: localDay('2026-05-18') },
];

function dunning(reader: Reader, patch: Partial<DunningFacts>): DunningFacts {
  return {
    kind: 'payment-reminder',
    client: clientFor(reader),
    owner,
    debts: [debt()],
    currency: 'EUR',
    today: localDay('2026-06-08'),
    earlier: [],
    resumeWithinDays: 3,
    payBy: localDay('2026-06-15'),
    ...patch,
  };
}

/** When the message came, and by when it is answered. */
const moments = {
  open: ['2026-11-20T10:12:00+01:00', '2026-11-23T10:12:00+01:00'],
  week: ['2026-11-21T22:14:00+01:00', '2026-11-25T09:00:00+01:00'],
  holiday: ['2026-12-08T10:00:00+01:00', '2026-12-11T10:00:00+01:00'],
  closure: ['2026-08-12T10:00:00+02:00', '2026-08-24T09:00:00+02:00'],
} as const;

function acknowledgement(
  reader: Reader,
  outside: Outside | null,
  channels: string[],
): Parameters<typeof writeAcknowledgement>[1] {
  return {
    reader,
    recipientName: clientFor(reader).contactName as string,
    owner,
    originalSubject: reader.language === 'it' ? 'Testi della pagina contatti' : 'Copy for the contact page',
    receivedAt: instant(moments[outside?.kind ?? 'open'][0]),
    promisedAt: instant(moments[outside?.kind ?? 'open'][1]),
    hours: reader.language === 'it' ? 'lun-ven 9:00-13:00 e 14:00-18:00' : 'Mon-Fri 9:00-13:00 and 14:00-18:00',
    channels,
    outside,
    timeZone: 'Europe/Rome',
  };
}

function nudge(reader: Reader, patch: Partial<Parameters<typeof writeNudge>[1]>): Parameters<typeof writeNudge>[1] {
  return {
    kind: 'nudge-kind',
    client: clientFor(reader),
    owner,
    project: null,
    request:
      reader.language === 'it' ? 'Quali testi vanno nella pagina contatti?' : 'Which copy goes on the contact page?',
    askedOn: localDay('2026-11-11'),
    daysLost: 5,
    newDeliveryOn: localDay('2026-12-08'),
    replyBy: localDay('2026-11-20'),
    ...patch,
  };
}

const project = { it: 'sito Verdi Arredi', en: 'Harper & Lowe website' } as const;
const provider = { it: 'Marco Neri (Neri Digitale)', en: 'Claire Moss (Moss Digital)' } as const;
const done = {
  it: ['progetto grafico', 'sito in due lingue'],
  en: ['visual design', 'website in two languages'],
} as const;
const files = {
  it: ['file sorgente del sito', 'diritti d’uso sulle illustrazioni'],
  en: ['source files of the site', 'rights to use the illustrations'],
} as const;
const own = {
  it: ['accessi al server e al dominio', 'testi e fotografie ricevuti'],
  en: ['access to server and domain', 'texts and photographs received'],
} as const;
const wish = {
  it: 'Già che ci siamo, aggiungiamo anche il negozio online?',
  en: 'While you are at it, could you add the online shop as well?',
} as const;

type Written1 = (letters: Letters, reader: Reader) => Written;
type Boundary<Kind> = Omit<Extract<BoundaryFacts, { kind: Kind }>, 'client' | 'owner'>;

function boundary<Kind extends BoundaryFacts['kind']>(facts: (reader: Reader) => Boundary<Kind>): Written1 {
  return (letters, reader) =>
    writeBoundary(letters, { ...facts(reader), client: clientFor(reader), owner } as unknown as BoundaryFacts);
}

function money(facts: (reader: Reader) => Partial<DunningFacts>): Written1 {
  return (letters, reader) => writeDunning(letters, dunning(reader, facts(reader)));
}

const receivedOn = localDay('2026-06-16');
const second = {
  invoiceId: 3,
  instalmentId: 5,
  number: '2026/021',
  issuedOn: localDay('2026-05-08'),
  instalment: { position: 2, of: 3 },
};

/** A part of what was asked for, with the sum that went that way. */
export function part(cents: number, patch: Partial<SettledPart> = {}): SettledPart {
  const { invoiceId, instalmentId, number, issuedOn, currency } = debt();
  return { invoiceId, instalmentId, number, issuedOn, currency, cents, ...patch };
}

/** Of the invoice, all that was asked for came in. */
export function closingFacts(reader: Reader, patch: Partial<ClosingLetterFacts>): ClosingLetterFacts {
  return {
    kind: 'payment-received',
    client: clientFor(reader),
    owner,
    currency: 'EUR',
    today: localDay('2026-06-17'),
    settlement: { received: [part(122_000)], receivedOn, voided: [], credited: [], disputed: [] },
    resumes: false,
    resumeWithinDays: 3,
    hours,
    nothingRemains: true,
    ...patch,
  };
}

function closing(patch: Partial<ClosingLetterFacts>): Written1 {
  return (letters, reader) => writeClosing(letters, closingFacts(reader, patch));
}

/** Every letter at least once; the others show one invoice against several, and what may be absent. */
export const samples: Readonly<Record<string, Written1>> = {
  acknowledgement: (letters, reader) => writeAcknowledgement(letters, acknowledgement(reader, null, ['email'])),
  'acknowledgement-several-channels': (letters, reader) =>
    writeAcknowledgement(letters, acknowledgement(reader, null, ['email', 'phone'])),
  'acknowledgement-out-of-hours': (letters, reader) =>
    writeAcknowledgement(letters, acknowledgement(reader, { kind: 'week' }, ['email'])),
  'acknowledgement-on-a-holiday': (letters, reader) =>
    writeAcknowledgement(letters, acknowledgement(reader, { kind: 'holiday' }, ['email', 'phone'])),
  'acknowledgement-after-a-closure': (letters, reader) =>
    writeAcknowledgement(
      letters,
      acknowledgement(reader, { kind: 'closure', from: localDay('2026-08-08'), to: localDay('2026-08-23') }, ['email']),
    ),
  'payment-reminder': money(() => ({ today: localDay('2026-05-18'), payBy: localDay('2026-05-22') })),
  'payment-reminder-several': money(() => ({ debts: severalDebts })),
  'payment-reminder-upcoming': money(() => ({ today: localDay('2026-05-12'), payBy: localDay('2026-05-15') })),
  'payment-reminder-upcoming-two': money(() => ({
    today: localDay('2026-05-12'),
    payBy: localDay('2026-05-15'),
    debts: [debt(), debt({ invoiceId: 2, instalmentId: 2, number: '2026/015', dueOn: localDay('2026-05-18') })],
  })),
  'payment-reminder-in-dispute': money(() => ({
    debts: [debt({ openCents: 42_000, paidCents: 50_000, disputedCents: 30_000 })],
  })),
  'payment-reminder-outside-sepa': money(() => ({ currency: 'USD', debts: [debt({ currency: 'USD' })] })),
  'payment-reminder-two-instalments': money(() => ({
    debts: [
      debt({ amountCents: 61_000, openCents: 61_000, instalment: { position: 1, of: 2 } }),
      debt({
        instalmentId: 9,
        dueOn: localDay('2026-06-01'),
        amountCents: 61_000,
        openCents: 61_000,
        instalment: { position: 2, of: 2 },
      }),
    ],
  })),
  'payment-reminder-without-iban': (letters, reader) =>
    writeDunning(letters, dunning(reader, { owner: { ...owner, iban: '', signature: '' } })),
  'work-paused': money(() => ({ kind: 'work-paused', earlier: earlier.slice(1), payBy: localDay('2026-06-11') })),
  'work-paused-by-clause': money(({ language }) => ({
    kind: 'work-paused',
    earlier: earlier.slice(1),
    clause: language === 'it' ? 'l’art. 7 del contratto' : 'clause 7 of our contract',
  })),
  'work-paused-already': money(() => ({
    kind: 'work-paused',
    earlier: earlier.slice(1),
    pausedOn: localDay('2026-06-08'),
    payBy: localDay('2026-06-11'),
  })),
  'work-paused-several': money(() => ({ kind: 'work-paused', debts: severalDebts, resumeWithinDays: 1 })),
  'work-resumed': closing({ kind: 'work-resumed', resumes: true, pausedOn: localDay('2026-06-08') }),
  'work-resumed-in-part': closing({
    kind: 'work-resumed',
    resumes: true,
    settlement: { received: [part(80_000)], receivedOn, voided: [], credited: [], disputed: [part(42_000)] },
    nothingRemains: false,
  }),
  'payment-received': closing({ kind: 'payment-received' }),
  'payment-received-several': closing({
    kind: 'payment-received',
    settlement: {
      received: [part(122_000), part(50_000, second)],
      receivedOn,
      voided: [part(20_000, { invoiceId: 4, instalmentId: 9, number: '2026/030' })],
      credited: [part(10_000, { invoiceId: 5, instalmentId: 10, number: '2026/031', creditNotes: ['NC 3'] })],
      disputed: [],
    },
    nothingRemains: false,
  }),
  'payment-received-too-much': closing({
    kind: 'payment-received',
    settlement: {
      received: [part(122_000)],
      also: [part(50_000, second)],
      beyondCents: 3_000,
      receivedOn,
      voided: [],
      credited: [],
      disputed: [],
    },
  }),
  'work-resumed-paid-twice': closing({
    kind: 'work-resumed',
    resumes: true,
    settlement: {
      received: [part(122_000)],
      beyondCents: 122_000,
      receivedOn,
      voided: [],
      credited: [],
      disputed: [],
    },
  }),
  'settled-otherwise': closing({
    kind: 'settled-otherwise',
    resumes: true,
    pausedOn: localDay('2026-06-08'),
    settlement: { received: [], receivedOn: null, voided: [part(122_000)], credited: [], disputed: [] },
  }),
  'settled-otherwise-disputed': closing({
    kind: 'settled-otherwise',
    settlement: {
      received: [],
      receivedOn: null,
      voided: [part(122_000)],
      credited: [],
      disputed: [part(50_000, second)],
    },
    nothingRemains: false,
  }),
  'settled-otherwise-by-hand': closing({
    kind: 'settled-otherwise',
    resumes: true,
    settlement: { received: [], receivedOn: null, voided: [], credited: [], disputed: [] },
    nothingRemains: false,
  }),
  termination: money(({ language }) => ({
    kind: 'termination',
    earlier,
    noticeOn: localDay('2026-07-11'),
    justCause: true,
    paused: true,
    referral: provider[language],
    handover: own[language],
    onPayment: files[language],
  })),
  'termination-several': money(() => ({
    kind: 'termination',
    earlier,
    debts: severalDebts,
    noticeOn: localDay('2026-07-15'),
    paused: true,
    justCause: true,
  })),
  'termination-with-a-milestone': money(({ language }) => ({
    kind: 'termination',
    debts: [],
    milestone: language === 'it' ? 'consegna “beta”' : 'the "beta" release',
    reason:
      language === 'it'
        ? 'non ho più il tempo che il progetto richiede'
        : 'I no longer have the time that the project needs',
    clause: language === 'it' ? 'l’art. 9 del contratto' : 'clause 9 of our contract',
    unbilled: true,
  })),
  'termination-today': money(({ language }) => ({
    kind: 'termination',
    debts: [],
    noticeOn: localDay('2026-06-08'),
    reason: language === 'it' ? 'il contratto non è stato firmato' : 'the contract has not been signed',
    handover: own[language],
  })),
  'termination-without-debts': money(({ language }) => ({
    kind: 'termination',
    debts: [],
    noticeOn: localDay('2026-12-31'),
    reason:
      language === 'it'
        ? 'dal prossimo anno mi dedico soltanto al restauro.'
        : 'from next year I work in restoration only.',
    handover: own[language],
    unbilled: true,
    refundBy: localDay('2027-01-14'),
  })),
  'nudge-kind': (letters, reader) => writeNudge(letters, nudge(reader, { project: project[reader.language] })),
  'nudge-kind-without-date': (letters, reader) =>
    writeNudge(letters, nudge(reader, { daysLost: 1, newDeliveryOn: null })),
  'nudge-firm': (letters, reader) => writeNudge(letters, nudge(reader, { kind: 'nudge-firm', daysLost: 12 })),
  'nudge-firm-without-date': (letters, reader) =>
    writeNudge(letters, nudge(reader, { kind: 'nudge-firm', newDeliveryOn: null, project: project[reader.language] })),
  'boundary-hours': boundary<'boundary-hours'>(({ language }) => ({
    kind: 'boundary-hours',
    from: localDay('2026-12-01'),
    hours: language === 'it' ? 'lun-ven 9:00-13:00 e 14:00-18:00' : 'Mon-Fri 9:00-13:00 and 14:00-18:00',
    phoneHours: language === 'it' ? 'mar e gio 10:00-12:00' : 'Tue and Thu 10:00-12:00',
    channels: ['email', 'phone'],
    answerWithinHours: 72,
  })),
  'boundary-hours-one-channel': boundary<'boundary-hours'>(({ language }) => ({
    kind: 'boundary-hours',
    from: localDay('2026-12-08'),
    hours: language === 'it' ? 'lun-ven 9:00-13:00' : 'Mon-Fri 9:00-13:00',
    phoneHours: null,
    channels: ['email'],
    answerWithinHours: 24,
  })),
  'boundary-decisions': boundary<'boundary-decisions'>(({ language }) => ({
    kind: 'boundary-decisions',
    from: localDay('2026-12-01'),
    project: project[language],
    revisions: 2,
  })),
  'boundary-decisions-no-revisions': boundary<'boundary-decisions'>(({ language }) => ({
    kind: 'boundary-decisions',
    from: localDay('2026-12-08'),
    project: project[language],
    revisions: 0,
  })),
  'boundary-decisions-plain': boundary<'boundary-decisions'>(() => ({
    kind: 'boundary-decisions',
    from: localDay('2026-12-11'),
    project: null,
    revisions: null,
  })),
  'boundary-scope': boundary<'boundary-scope'>(({ language }) => ({
    kind: 'boundary-scope',
    quote: wish[language],
    quotedOn: localDay('2026-11-18'),
    scope: done[language],
    quotationOn: localDay('2026-11-27'),
    paused: false,
  })),
  'boundary-scope-plain': boundary<'boundary-scope'>(({ language }) => ({
    kind: 'boundary-scope',
    quote: `“${wish[language]}”`,
    quotedOn: localDay('2026-11-08'),
    scope: [],
    quotationOn: localDay('2026-11-11'),
    paused: true,
  })),
  'boundary-contract': boundary<'boundary-contract'>(({ language }) => ({
    kind: 'boundary-contract',
    project: project[language],
    signBy: localDay('2026-11-27'),
    startOn: localDay('2026-12-01'),
  })),
  'boundary-contract-plain': boundary<'boundary-contract'>(() => ({
    kind: 'boundary-contract',
    project: null,
    signBy: localDay('2026-12-11'),
    startOn: null,
  })),
  'final-report': (letters, reader) =>
    writeFinalReport(letters, {
      client: clientFor(reader),
      owner,
      project: project[reader.language],
      endsOn: localDay('2026-07-08'),
      today: localDay('2026-07-09'),
      done: done[reader.language],
      delivered: files[reader.language],
      payments: [{ number: '2026/014', amountCents: 50_000, currency: 'EUR', on: localDay('2026-05-20') }],
      debts: [debt({ openCents: 72_000, paidCents: 50_000 })],
      currency: 'EUR',
      elsewhere: [debt({ invoiceId: 8, instalmentId: 8, number: '2026/030', currency: 'USD' })],
      disputed: [part(30_000, second)],
      isClear: false,
      replyBy: localDay('2026-07-22'),
      payBy: localDay('2026-07-22'),
    }),
  'final-report-settled': (letters, reader) =>
    writeFinalReport(letters, {
      client: clientFor(reader),
      owner,
      project: null,
      endsOn: localDay('2026-07-15'),
      today: localDay('2026-07-16'),
      replyBy: localDay('2026-07-30'),
      payBy: localDay('2026-07-30'),
      done: [],
      delivered: files[reader.language],
      payments: [
        { number: '2026/014', amountCents: 122_000, currency: 'EUR', on: localDay('2026-05-20') },
        { number: '2026/017', amountCents: 240_050, currency: 'EUR', on: localDay('2026-06-11') },
      ],
      debts: [],
      currency: 'EUR',
      elsewhere: [],
      disputed: [],
      isClear: true,
    }),
};
