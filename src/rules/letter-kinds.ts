/**
 * Every kind of letter as one record: its family, whom it is for, what it does to the work, whether it asks the owner, its
 * names, and what its templates may say. A new kind is a record here, its templates, and a test; whatever is said in a way
 * that no kind has said before is a part of its own (letters/variables, and its values beside the others).
 */
import type { ContactRole } from './client.ts';
import type { Language } from './language.ts';

/** What a letter is about; which holds keep it follows from this (rules/hold). 'by-hand': it leaves by the owner's word only. */
export type LetterFamily = 'acknowledgement' | 'dunning' | 'closing' | 'asking' | 'confirming' | 'nudge' | 'by-hand';

/** What a template may say, beside greeting and signature. */
export type LetterPart =
  | 'received'
  | 'closed-when'
  | 'closure'
  | 'demand'
  | 'demand-if-any'
  | 'upcoming'
  | 'reminder-on'
  | 'confirmed-on'
  | 'announced-on'
  | 'pause-may-follow'
  | 'pause-follows'
  | 'end-may-follow'
  | 'resume-within'
  | 'clause'
  | 'law'
  | 'end'
  | 'settled'
  | 'otherwise'
  | 'paused-on'
  | 'resume-by'
  | 'resumes'
  | 'payment'
  | 'promise'
  | 'dispute'
  | 'nudge'
  | 'hours'
  | 'decisions'
  | 'scope'
  | 'contract'
  | 'price'
  | 'channel'
  | 'welcome'
  | 'decline'
  | 'delays'
  | 'report';

export interface LetterKindRecord {
  family: LetterFamily;
  /** which contact of the client it is for: what asks for money or tells of it goes to billing, what ends the work does not */
  contact: ContactRole;
  /** a step of the ladder may send it; the others have occasions of their own */
  isStep: boolean;
  /** what it does to the work, whatever its step is meant to do: the client knows the letter only; null: what its step does */
  effect: 'pause' | 'terminate' | 'resume' | null;
  /**
   * 'auto': it may leave by itself, where the owner has not said otherwise; 'ask': it asks, unless she has said that it
   * need not; 'always-ask': it leaves by her hand, whatever a step or the configuration says
   */
  approval: 'auto' | 'ask' | 'always-ask';
  /** 'as-if-open': in contact hours, closures not counted: it is about a closure */
  hours: 'open' | 'as-if-open';
  /** days that it leaves at least until the day by which it asks to be paid; 0: as many as the ladder leaves */
  leastTermDays: number;
  /** by the program, to its owner */
  called: string;
  /** by what it is shown as, in a list or on the page */
  named: Record<Language, string>;
  /** by a later letter that lists what was written before; null: it asked for nothing, and is no step on the way */
  asEarlier: Record<Language, string> | null;
  says: readonly LetterPart[];
}

const plain = { isStep: false, effect: null, hours: 'open', leastTermDays: 0, asEarlier: null } as const;
const answer = {
  ...plain,
  family: 'acknowledgement',
  contact: 'general',
  approval: 'auto',
  called: 'acknowledgement',
} as const;
const money = { ...plain, family: 'dunning', contact: 'billing', isStep: true, approval: 'ask' } as const;
const closing = { ...plain, family: 'closing', contact: 'billing', approval: 'auto' } as const;
const asking = { ...plain, family: 'asking', contact: 'billing', approval: 'ask' } as const;
const confirming = { ...plain, family: 'confirming', contact: 'billing', approval: 'ask' } as const;
const nudge = { ...plain, family: 'nudge', contact: 'general', approval: 'auto' } as const;
const byHand = { ...plain, family: 'by-hand', contact: 'general', approval: 'always-ask' } as const;

export const kinds = {
  acknowledgement: {
    ...answer,
    named: { it: 'conferma di ricezione', en: 'acknowledgement' },
    says: ['received'],
  },
  'acknowledgement-out-of-hours': {
    ...answer,
    named: { it: 'conferma di ricezione, fuori orario', en: 'acknowledgement, out of hours' },
    says: ['received', 'closed-when'],
  },
  'acknowledgement-late': {
    ...answer,
    named: { it: 'conferma di ricezione, a fine attesa', en: 'acknowledgement, at the end of the window' },
    says: ['received'],
  },
  'acknowledgement-closed': {
    ...answer,
    hours: 'as-if-open',
    called: 'acknowledgement during a closure',
    named: { it: 'conferma di ricezione, a studio chiuso', en: 'acknowledgement, while closed' },
    says: ['received', 'closure'],
  },
  'payment-reminder': {
    ...money,
    approval: 'auto',
    called: 'payment reminder',
    named: { it: 'promemoria di pagamento', en: 'payment reminder' },
    asEarlier: { it: 'promemoria di pagamento', en: 'payment reminder' },
    says: ['demand', 'confirmed-on', 'upcoming', 'pause-may-follow', 'end-may-follow'],
  },
  'pause-notice': {
    ...money,
    leastTermDays: 7,
    called: 'notice of a pause',
    named: { it: 'preavviso di sospensione', en: 'notice of a pause' },
    asEarlier: { it: 'preavviso di sospensione dei lavori', en: 'notice that the work would pause' },
    says: ['demand', 'reminder-on', 'pause-follows', 'clause', 'resume-within'],
  },
  'work-paused': {
    ...money,
    // with its effect it asks all the same (ladder-step)
    approval: 'auto',
    effect: 'pause',
    called: 'work-paused letter',
    named: { it: 'sospensione dei lavori', en: 'work paused' },
    asEarlier: { it: 'avviso di sospensione dei lavori', en: 'notice of paused work' },
    says: ['demand', 'reminder-on', 'announced-on', 'paused-on', 'resume-within', 'clause', 'end-may-follow'],
  },
  'final-demand': {
    ...money,
    approval: 'always-ask',
    leastTermDays: 15,
    called: 'formal demand',
    named: { it: 'richiesta formale di pagamento', en: 'formal demand for payment' },
    asEarlier: { it: 'richiesta formale di pagamento', en: 'formal demand for payment' },
    says: ['demand', 'reminder-on', 'paused-on', 'law'],
  },
  'work-resumed': {
    ...closing,
    effect: 'resume',
    called: 'work-resumed letter',
    named: { it: 'ripresa dei lavori', en: 'work resumes' },
    says: ['settled', 'otherwise', 'paused-on', 'resume-by'],
  },
  'payment-received': {
    ...closing,
    called: 'thanks for the payment',
    named: { it: 'conferma di pagamento', en: 'payment received' },
    says: ['settled', 'otherwise'],
  },
  'settled-otherwise': {
    ...closing,
    called: 'letter on what need not be paid',
    named: { it: 'chiusura senza pagamento', en: 'settled without payment' },
    says: ['otherwise', 'resumes', 'paused-on', 'resume-by'],
  },
  'part-payment': {
    ...asking,
    called: 'letter on a part payment',
    named: { it: 'pagamento parziale', en: 'part payment' },
    asEarlier: { it: 'lettera sul pagamento parziale', en: 'letter on the part payment' },
    says: ['demand', 'payment'],
  },
  'promise-broken': {
    ...asking,
    called: 'letter on a promise that was not kept',
    named: { it: 'promessa non mantenuta', en: 'promise not kept' },
    asEarlier: { it: 'lettera sul pagamento promesso', en: 'letter on the promised payment' },
    says: ['demand', 'promise'],
  },
  'promise-confirmed': {
    ...confirming,
    called: 'letter that notes a promise',
    named: { it: 'promessa di pagamento annotata', en: 'promise noted' },
    says: ['promise'],
  },
  'dispute-noted': {
    ...confirming,
    called: 'letter that notes a dispute',
    named: { it: 'contestazione annotata', en: 'dispute noted' },
    says: ['demand-if-any', 'dispute'],
  },
  termination: {
    ...money,
    contact: 'general',
    effect: 'terminate',
    approval: 'ask',
    called: 'termination letter',
    named: { it: 'comunicazione di fine rapporto', en: 'notice of termination' },
    says: ['demand-if-any', 'clause', 'end'],
  },
  'nudge-kind': {
    ...nudge,
    called: 'nudge',
    named: { it: 'sollecito gentile', en: 'kind nudge' },
    says: ['nudge'],
  },
  'nudge-firm': {
    ...nudge,
    called: 'firm nudge',
    named: { it: 'sollecito deciso', en: 'firm nudge' },
    says: ['nudge'],
  },
  'boundary-hours': {
    ...byHand,
    called: 'boundary letter',
    named: { it: 'lettera sugli orari', en: 'letter about hours' },
    asEarlier: { it: 'lettera su orari e canali di contatto', en: 'letter on contact hours and channels' },
    says: ['hours'],
  },
  'boundary-decisions': {
    ...byHand,
    called: 'boundary letter',
    named: { it: 'lettera sulle decisioni', en: 'letter about decisions' },
    asEarlier: { it: 'lettera su decisioni e approvazioni', en: 'letter on decisions and approvals' },
    says: ['decisions'],
  },
  'boundary-scope': {
    ...byHand,
    called: 'boundary letter',
    named: { it: 'lettera su ciò che è compreso', en: 'letter about scope' },
    asEarlier: { it: 'lettera sulle richieste oltre gli accordi', en: 'letter on requests beyond the agreement' },
    says: ['scope'],
  },
  'boundary-contract': {
    ...byHand,
    called: 'boundary letter',
    named: { it: 'lettera sul contratto', en: 'letter about the contract' },
    asEarlier: { it: 'lettera sul contratto da firmare', en: 'letter on the contract to be signed' },
    says: ['contract'],
  },
  'boundary-price': {
    ...byHand,
    called: 'price letter',
    named: { it: 'lettera sulla tariffa', en: 'letter about the rate' },
    asEarlier: { it: 'lettera sulla nuova tariffa', en: 'letter on the new rate' },
    says: ['price'],
  },
  'boundary-channel': {
    ...byHand,
    called: 'channel letter',
    named: { it: 'lettera sui canali', en: 'letter about channels' },
    asEarlier: { it: 'lettera sui canali di contatto', en: 'letter on channels' },
    says: ['channel'],
  },
  welcome: {
    ...byHand,
    called: 'welcome letter',
    named: { it: 'lettera di benvenuto', en: 'welcome letter' },
    says: ['welcome'],
  },
  decline: {
    ...byHand,
    called: 'letter that declines',
    named: { it: 'risposta negativa', en: 'declined' },
    says: ['decline'],
  },
  delays: {
    ...byHand,
    called: 'ledger of delays',
    named: { it: 'riepilogo delle attese', en: 'ledger of delays' },
    asEarlier: { it: 'riepilogo delle attese', en: 'ledger of delays' },
    says: ['delays'],
  },
  'final-report': {
    ...byHand,
    called: 'final report',
    named: { it: 'rapporto finale', en: 'final report' },
    says: ['demand-if-any', 'report'],
  },
} as const satisfies Record<string, LetterKindRecord>;

export type LetterKind = keyof typeof kinds;
