/**
 * The sample studio: who Anna is, her clients and her invoices. Invented people under .example, the domain that
 * belongs to nobody (RFC 2606). Data only; what happens to them is in sample-mail.ts and sample-acts.ts.
 */
import type { ClientKind, Tone } from '../rules/client.ts';
import type { Language } from '../rules/language.ts';

export const ownerName = 'Anna Rossi';
export const ownerAddress = 'anna@studiorossi.example';
export const mailboxName = 'studio';

/** The day of the story that the owner's town celebrates its patron saint on. */
export const patronDay = 16;

/** What goes into config.json beside the servers. The IBAN is the example of the SWIFT registry for Italy. */
export const studioConfig = {
  owner: {
    name: ownerName,
    business: 'Studio Rossi',
    addresses: [ownerAddress, 'info@studiorossi.example'],
    language: 'en',
    timeZone: 'Europe/Rome',
    signature: 'Anna Rossi\nStudio Rossi',
    iban: 'IT60 X054 2811 1010 0000 0123 456',
  },
  week: {
    mon: ['09:00-13:00', '14:00-18:00'],
    tue: ['09:00-13:00', '14:00-18:00'],
    wed: ['09:00-13:00', '14:00-18:00'],
    thu: ['09:00-13:00', '14:00-18:00'],
    fri: ['09:00-13:00', '14:00-18:00'],
    sat: [],
    sun: [],
  },
  phoneHours: { tue: ['10:00-12:00'], thu: ['15:00-17:00'] },
  channels: ['email'],
  responseWindow: { hours: 72, count: 'elapsed' },
  acknowledgement: { enabled: true, holdMinutes: 30, to: 'clients' },
  dunning: {
    steps: [
      { letter: 'payment-reminder', afterDays: 3, approval: 'auto' },
      { letter: 'work-paused', afterDays: 10, afterPreviousDays: 5, approval: 'ask', effect: 'pause' },
      { letter: 'termination', afterDays: 30, afterPreviousDays: 15, approval: 'ask', effect: 'terminate' },
    ],
  },
  sending: { mode: 'live' },
  /** each hour of her day, so that work resumes soon after a payment is entered */
  jobs: { dun: '0 9-17 * * *' },
};

export type ClientKey = 'bianchi' | 'ferrari' | 'harbour' | 'moretti' | 'priya' | 'conti';

export interface SampleClient {
  name: string;
  /** how letters address the person */
  contactName: string;
  /** as the person signs mail */
  person: string;
  address: string;
  domains: string[];
  kind: ClientKind;
  language: Language;
  tone: Tone;
  project: string;
}

export const sampleClients: Record<ClientKey, SampleClient> = {
  bianchi: {
    name: 'Bianchi Arredi',
    contactName: 'Dott.ssa Bianchi',
    person: 'Elena Bianchi',
    address: 'elena.bianchi@bianchiarredi.example',
    domains: ['bianchiarredi.example'],
    kind: 'business',
    language: 'it',
    tone: 'formal',
    project: 'sito e catalogo',
  },
  ferrari: {
    name: 'Ferrari Eventi',
    contactName: 'Luca',
    person: 'Luca Ferrari',
    address: 'luca@ferrarieventi.example',
    domains: ['ferrarieventi.example'],
    kind: 'business',
    language: 'it',
    tone: 'informal',
    project: 'locandine e inviti',
  },
  harbour: {
    name: 'Harbour Books',
    contactName: 'Ms Hale',
    person: 'Margaret Hale',
    address: 'm.hale@harbourbooks.example',
    domains: ['harbourbooks.example'],
    kind: 'business',
    language: 'en',
    tone: 'formal',
    project: 'autumn catalogue',
  },
  moretti: {
    name: 'Moretti Immobiliare',
    contactName: 'Geom. Moretti',
    person: 'Carlo Moretti',
    address: 'c.moretti@morettiimmobiliare.example',
    domains: ['morettiimmobiliare.example'],
    kind: 'business',
    language: 'it',
    tone: 'formal',
    project: 'nuova home page',
  },
  priya: {
    name: 'Priya Nair',
    contactName: 'Priya',
    person: 'Priya Nair',
    address: 'priya.nair@letterbox.example',
    domains: [],
    kind: 'consumer',
    language: 'en',
    tone: 'informal',
    project: 'wedding site',
  },
  conti: {
    name: 'Greta Conti',
    contactName: 'Greta',
    person: 'Greta Conti',
    address: 'greta.conti@posta.example',
    domains: [],
    kind: 'consumer',
    language: 'it',
    tone: 'informal',
    project: 'volantino della mostra',
  },
};

/** Where Greta Conti is found after a letter to the old address came back. */
export const newAddressOfConti = 'greta@contifotografia.example';

export interface SampleInvoice {
  number: string;
  client: ClientKey;
  /** days of the story */
  issued: number;
  due: number;
  cents: number;
  project: string;
  /** due days and amounts, when it is due in parts */
  parts?: { due: number; cents: number }[];
  /** paid before the story begins, on this day of it */
  paidOn?: number;
}

/** What stands in the books when the story begins. */
export const openingInvoices: readonly SampleInvoice[] = [
  { number: '27', client: 'bianchi', issued: -62, due: -32, cents: 122_000, project: 'fotografie', paidOn: -35 },
  { number: '28', client: 'ferrari', issued: -50, due: -20, cents: 61_000, project: 'inviti', paidOn: -21 },
  { number: '29', client: 'bianchi', issued: -15, due: 15, cents: 85_400, project: 'testi del catalogo' },
  { number: '30', client: 'bianchi', issued: -15, due: 15, cents: 85_400, project: 'testi del catalogo' },
  { number: '31', client: 'harbour', issued: -28, due: 2, cents: 183_000, project: 'autumn catalogue' },
  { number: '32', client: 'moretti', issued: -22, due: 8, cents: 244_000, project: 'nuova home page' },
  { number: '33', client: 'priya', issued: -16, due: 14, cents: 48_000, project: 'wedding site' },
  { number: '34', client: 'ferrari', issued: -10, due: 20, cents: 73_200, project: 'locandine' },
  { number: '35', client: 'conti', issued: -4, due: 26, cents: 60_000, project: 'volantino' },
  { number: '36', client: 'moretti', issued: -12, due: 18, cents: 61_000, project: 'fotografie' },
  {
    number: '37',
    client: 'bianchi',
    issued: -1,
    due: 60,
    cents: 150_000,
    project: 'sito',
    parts: [
      { due: 30, cents: 75_000 },
      { due: 60, cents: 75_000 },
    ],
  },
];
