/**
 * One step to consider with a client, with the command that does it: a table of what the signs say, what was tried already
 * and how the money stands. The first row that fits is the answer. Nothing is done because of it, and nobody is accused.
 */
import type { WorkState } from './client.ts';
import type { Coded, NoFacts } from './coded.ts';
import type { ExitState } from './exit.ts';
import type { ExitReason } from './exit-reason.ts';
import type { LetterKind } from './letter.ts';
import { answerOf, isMarked, type RedFlag, type Sign, type Weighed } from './red-flags.ts';
import type { NextStep } from './sign.ts';
import type { SignReason } from './sign-reason.ts';
import { dayOf, type Instant, type LocalDay, type TimeZone } from './time.ts';

/** Why this step. `seen`: what the sign that it answers saw; by itself, it is reason enough. */
export type AdviceReason =
  | SignReason
  | Coded<{
      'exit-under-way': { state: ExitState };
      'threat-seen': { seen: SignReason };
      'work-has-ended': NoFacts;
      'would-suit-others': { seen: SignReason };
      'paused-and-seen': { seen: SignReason };
      'advance-agreed-and-seen': { seen: SignReason };
      'was-it-a-no': { seen: SignReason };
      'goes-on-in-spite': { seen: SignReason };
      'asked-and-still': { seen: SignReason };
      /** null: no sign weighs anything */
      'signs-weigh-little': { weight: number | null };
      'weighs-most': { sign: Sign; seen: SignReason };
      'wrote-and-quiet-since': { on: LocalDay };
      'no-step-would-help': NoFacts;
    }>;

/** Closeness beside money that comes late: the two belong together. */
export interface CloseAndLate {
  code: 'close-and-late';
  near: SignReason;
  owing: SignReason;
}

export interface Suggestion {
  step: NextStep;
  /** the sign it answers; null when it answers none */
  sign: Sign | null;
  why: AdviceReason;
  /** what does it, as it is typed; null: no command does */
  command: string | null;
}

/** What was tried, and how things stand. */
export interface Tried {
  clientId: number;
  workState: WorkState;
  /** something is overdue; false: what was unpaid was given up */
  owes: boolean;
  zone: TimeZone;
  /** letters that drew a line and left: the last of each kind */
  told: readonly { kind: LetterKind; at: Instant }[];
  /** signs that speak by what came after their letter alone */
  goesOn: ReadonlySet<Sign>;
  /** a work-paused letter that waits for the owner */
  pauseLetterId: number | null;
  /** an exit that is under way, and the command of its next item */
  exit: { state: ExitState; command: string } | null;
  /** the oldest of each kind that waits */
  requests: { proposedId: number | null; openId: number | null; longestDays: number };
  /** the one project that is active */
  activeProject: string | null;
  /** what is billed is due at once: agreed, and kept or not yet tried; or broken since */
  paysInAdvance: 'no' | 'agreed' | 'broken';
  /** some message of the last 90 days came out of hours */
  wroteOutOfHours: boolean;
  contractSigned: boolean;
  /** reasons of an exit that the record bears out */
  provable: ReadonlySet<ExitReason>;
  /** what others bring in for an hour; null: not known */
  usualRate: { cents: number; currency: string } | null;
}

/** Below it nothing needs doing. */
export const lightWeight = 0.75;

/** After so many days of silence the project is put away until the client answers. */
const archiveDays = 60;

interface Situation extends Tried {
  parts: Weighed['parts'];
  total: number;
  /** the flag, when it speaks and weighs something */
  speaks(sign: Sign): RedFlag | null;
}

interface Answer {
  step: NextStep;
  sign: Sign | null;
  why: AdviceReason;
  command: string | null;
}

interface Row {
  name: string;
  answer(s: Situation): Answer | null;
}

/** What wrote the letter of a step: its word after `paletti letter CLIENT`, and its kind. */
const letterOf: Partial<Record<NextStep, { word: string; kind: LetterKind }>> = {
  boundary: { word: 'boundary', kind: 'boundary-hours' },
  decisions: { word: 'decisions', kind: 'boundary-decisions' },
  scope: { word: 'scope', kind: 'boundary-scope' },
  'ask-contract': { word: 'contract', kind: 'boundary-contract' },
  'by-mail': { word: 'channel', kind: 'boundary-channel' },
};

/** Kinds of letters that take a step, whoever has them written; none: no letter does. */
export function lettersOfStep(step: NextStep): readonly LetterKind[] {
  if (step === 'nudge') return ['nudge-kind', 'nudge-firm'];
  if (step === 'pause') return ['work-paused'];
  if (step === 'end' || step === 'exit') return ['termination'];
  if (step === 'raise-price') return ['boundary-price'];
  return [letterOf[step]?.kind ?? []].flat();
}

/** The letter that answers a sign; null: no letter does. */
export function letterFor(sign: Sign): LetterKind | null {
  return letterOf[answerOf(sign)]?.kind ?? null;
}

const exitReasonOf: Partial<Record<Sign, ExitReason>> = {
  'no-pay': 'non-payment',
  silence: 'silence',
  control: 'control',
  'refuses-price': 'price',
  'late-pay': 'late-payment',
  'pays-later': 'late-payment',
  'out-of-hours': 'contact-hours',
  pressure: 'contact-hours',
  'scope-creep': 'scope',
  'no-contract': 'no-contract',
  'refuses-contract': 'refusal',
  'will-not-sign': 'refusal',
  'no-time': 'no-capacity',
};

const endingMarks: readonly Sign[] = ['will-not-sign', 'different-philosophy'];
const referringMarks: readonly Sign[] = ['no-time', 'outside-field', 'outside-niche'];

/** In the order in which they are asked. */
export const rows: readonly Row[] = [
  {
    name: 'an exit is under way: its next item',
    answer: ({ exit }) =>
      exit && { step: 'exit', sign: null, why: { code: 'exit-under-way', state: exit.state }, command: exit.command },
  },
  {
    name: 'a threat or an attack: the record, before anything else',
    answer: (s) =>
      answering(s, 'threat', (flag) => ({
        step: 'document',
        why: { code: 'threat-seen', seen: flag.words },
        command: `paletti dossier ${s.clientId} --out dossier-${s.clientId}`,
      })),
  },
  {
    name: 'the work has ended: nothing',
    answer: ({ workState }) =>
      workState === 'ended' ? { step: 'keep', sign: null, why: { code: 'work-has-ended' }, command: null } : null,
  },
  {
    name: 'will not sign, another philosophy: end',
    answer: (s) => firstOf(endingMarks, (sign) => answering(s, sign, (flag) => ending(s, sign, flag.words))),
  },
  {
    name: 'no time, outside field or niche: refer',
    answer: (s) =>
      firstOf(referringMarks, (sign) =>
        answering(s, sign, (flag) => ({
          step: 'refer',
          why: { code: 'would-suit-others', seen: flag.words },
          command: exitCommand(s, sign),
        })),
      ),
  },
  {
    name: 'no clear goals: the contract, or who decides what',
    answer: (s) =>
      answering(s, 'unclear-goals', (flag) => lineOrEnd(s, flag, s.contractSigned ? 'decisions' : 'ask-contract')),
  },
  { name: 'too close: the line', answer: (s) => answering(s, 'too-close', (flag) => lineOrEnd(s, flag, 'boundary')) },
  {
    name: 'no pay, and the work is paused already or given up: end',
    answer: (s) =>
      answering(s, 'no-pay', (flag) =>
        s.workState === 'paused' || !s.owes
          ? ending(s, 'no-pay', s.owes ? { code: 'paused-and-seen', seen: flag.words } : flag.words)
          : null,
      ),
  },
  {
    name: 'no pay: pause',
    answer: (s) =>
      answering(s, 'no-pay', (flag) => ({
        step: 'pause',
        why: flag.words,
        command:
          s.pauseLetterId === null
            ? `paletti clients edit ${s.clientId} --work paused`
            : `paletti outbox approve ${s.pauseLetterId}`,
      })),
  },
  {
    name: 'pays later, or late as a habit: in advance, then end',
    answer: (s) =>
      firstOf(['pays-later', 'late-pay'], (sign) =>
        answering(s, sign, (flag) =>
          s.paysInAdvance === 'agreed'
            ? null
            : s.paysInAdvance === 'broken'
              ? ending(s, sign, { code: 'advance-agreed-and-seen', seen: flag.words })
              : {
                  step: 'in-advance',
                  why: flag.words,
                  command: `paletti clients terms ${s.clientId} --payment-days 0`,
                },
        ),
      ),
  },
  {
    name: 'refuses the contract: ask once in writing, then end',
    answer: (s) => answering(s, 'refuses-contract', (flag) => lineOrEnd(s, flag, 'ask-contract')),
  },
  {
    name: 'the price was refused: end',
    answer: (s) =>
      answering(s, 'refuses-price', (flag) =>
        flag.evidence.some((one) => one.logId !== undefined)
          ? ending(s, 'refuses-price', flag.words)
          : {
              step: 'raise-price',
              why: { code: 'was-it-a-no', seen: flag.words },
              command: `paletti clients log ${s.clientId} price refused`,
            },
      ),
  },
  {
    name: 'a habit that goes on after its letter: end',
    answer: (s) =>
      firstOf(
        s.parts.map((part) => part.flag.sign).filter((sign) => s.goesOn.has(sign)),
        (sign) => answering(s, sign, (flag) => ending(s, sign, { code: 'goes-on-in-spite', seen: flag.words })),
      ),
  },
  {
    name: 'little: keep',
    answer: (s) =>
      s.total < lightWeight
        ? {
            step: 'keep',
            sign: s.parts[0]?.flag.sign ?? null,
            command: null,
            why: { code: 'signs-weigh-little', weight: s.parts.length === 0 ? null : s.total },
          }
        : null,
  },
  {
    name: 'the heaviest sign that was not answered yet',
    answer: (s) =>
      firstOf(
        s.parts.map((part) => part.flag.sign).filter((sign) => !isMarked(sign) && !isAnswered(s, sign)),
        (sign) => answering(s, sign, (flag) => answerTo(s, flag)),
      ),
  },
  {
    name: 'said, and it does not go on: keep',
    answer: (s) => {
      const sign = s.parts[0]?.flag.sign ?? null;
      const told = sign === null ? null : toldOf(s, sign);
      const why: AdviceReason =
        told === null ? { code: 'no-step-would-help' } : { code: 'wrote-and-quiet-since', on: dayOf(told, s.zone) };
      return { step: 'keep', sign, why, command: null };
    },
  },
];

/** @param weighed of the same client as what was tried */
export function suggest({ total, parts }: Weighed, tried: Tried): Suggestion {
  const speaking = new Map(parts.map((part) => [part.flag.sign, part.flag]));
  const situation: Situation = { ...tried, total, parts, speaks: (sign) => speaking.get(sign) ?? null };
  for (const row of rows) {
    const found = row.answer(situation);
    if (found !== null) return found;
  }
  return { step: 'keep', sign: null, why: { code: 'signs-weigh-little', weight: null }, command: null };
}

function answering(s: Situation, sign: Sign, make: (flag: RedFlag) => Omit<Answer, 'sign'> | null): Answer | null {
  const flag = s.speaks(sign);
  const made = flag === null ? null : make(flag);
  return made === null ? null : { ...made, sign };
}

function firstOf(signs: readonly Sign[], ask: (sign: Sign) => Answer | null): Answer | null {
  for (const sign of signs) {
    const found = ask(sign);
    if (found !== null) return found;
  }
  return null;
}

function ending(s: Situation, sign: Sign, why: AdviceReason): Omit<Answer, 'sign'> {
  return { step: 'end', why, command: exitCommand(s, sign) };
}

/** A reason that the record disproves would be refused: then the one that only the owner can judge. */
function exitCommand(s: Situation, sign: Sign): string {
  const reason = exitReasonOf[sign];
  const isBorneOut = reason !== undefined && s.provable.has(reason);
  return `paletti exit ${s.clientId} propose --reason ${isBorneOut ? reason : 'different-direction'}`;
}

/** When the letter that answers this sign left; null: it did not. */
function toldOf(s: Tried, sign: Sign): Instant | null {
  const kind = letterFor(sign);
  return kind === null ? null : (s.told.find((one) => one.kind === kind)?.at ?? null);
}

/** Its letter has left; or payment in advance, which answers lateness, is agreed. */
function isAnswered(s: Tried, sign: Sign): boolean {
  return toldOf(s, sign) !== null || (answerOf(sign) === 'in-advance' && s.paysInAdvance === 'agreed');
}

/** The letter of the step; once it was sent and did not help, the end. */
function lineOrEnd(s: Situation, flag: RedFlag, step: NextStep): Omit<Answer, 'sign'> | null {
  if (s.goesOn.has(flag.sign)) return ending(s, flag.sign, { code: 'asked-and-still', seen: flag.words });
  if (s.told.some((one) => one.kind === letterOf[step]?.kind)) return null;
  return { step, why: flag.words, command: letterCommand(s, step) };
}

/** No letter on hours where nothing came outside them, none that asks for a contract that is signed. */
function letterCommand(s: Situation, step: NextStep): string | null {
  const letter = letterOf[step];
  if (letter === undefined) return null;
  if (step === 'boundary' && !s.wroteOutOfHours) return null;
  if (step === 'ask-contract' && s.contractSigned) return null;
  return `paletti letter ${s.clientId} ${letter.word}`;
}

function answerTo(s: Situation, flag: RedFlag): Omit<Answer, 'sign'> {
  const why = { code: 'weighs-most', sign: flag.sign, seen: flag.words } as const;
  const step = answerOf(flag.sign);
  if (step === 'nudge') return silenceAnswer(s, why);
  if (step === 'raise-price') return { step, why, command: rateCommand(s) };
  return { step, why, command: letterCommand(s, step) };
}

function silenceAnswer({ clientId, requests, activeProject }: Situation, why: AdviceReason): Omit<Answer, 'sign'> {
  if (requests.longestDays >= archiveDays) {
    // a name that a shell would take apart is not printed as an argument
    const isPlain = activeProject !== null && !/["$`\\!]/.test(activeProject);
    const project = !isPlain ? null : `paletti clients project ${clientId} pause "${activeProject}"`;
    return { step: 'archive', why, command: project ?? `paletti clients edit ${clientId} --work paused` };
  }
  const accept = requests.proposedId === null ? null : `paletti requests accept ${requests.proposedId}`;
  return { step: 'nudge', why, command: accept ?? `paletti requests list --client ${clientId}` };
}

/** To what others pay for an hour; without hours on record no sum can be named. */
function rateCommand({ clientId, usualRate, told }: Situation): string | null {
  if (told.some((one) => one.kind === 'boundary-price')) return `paletti clients log ${clientId} price refused`;
  if (usualRate === null) return null;
  const { cents, currency } = usualRate;
  return `paletti letter ${clientId} price --rate ${Math.round(cents / 100)} --unit hour --currency ${currency}`;
}
