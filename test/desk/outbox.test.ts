/** Letters at the desk: every verb in every state, once and again. */
import { describe, expect, it } from 'vitest';
import {
  approveLetter,
  dropLetter,
  editLetter,
  type Moved,
  resolveLetter,
  retryLetter,
} from '../../src/desk/outbox.ts';
import type { DeskParts } from '../../src/desk/parts.ts';
import { letterStates, type LetterState, needsApproval } from '../../src/rules/letter.ts';
import {
  approve,
  claim,
  doubt,
  drop,
  fail,
  letterById,
  markFiled,
  markSent,
  putLetter,
  release,
} from '../../src/store/outbox.ts';
import { journalKinds, letter, openTestDesk, refusal, type TestDesk } from './support.ts';
import { asWritten } from '../../src/rules/reason.ts';

/** Brings a fresh letter into a state by the store's own moves. */
function deskWith(state: LetterState, approval: 'auto' | 'ask' = 'ask'): TestDesk {
  const desk = openTestDesk();
  desk.store.write(desk.clock.now(), (w) => {
    const { id } = putLetter(w, letter(desk, { approval })) as { id: number };
    if (state === 'held') return;
    if (state === 'dropped') return void drop(w, id, 'system', asWritten('paid'));
    if (approval === 'ask') approve(w, id);
    release(w, id);
    if (state === 'queued') return;
    claim(w, id, { messageId: '<1@studio.example>', bytes: new Uint8Array([1]), sha256: 'x' });
    if (state === 'failed') fail(w, id, asWritten('550 no such user'));
    if (state === 'unsure') doubt(w, id, asWritten('the line was lost'));
    if (state === 'sent' || state === 'filed') markSent(w, id);
    if (state === 'filed') markFiled(w, id);
  });
  return desk;
}

const stateOf = (desk: DeskParts) => desk.store.read((r) => letterById(r, 1))?.state;

/** What becomes of a letter: its state after, 'same' when it was so already, 'refused' when it cannot be. */
const table: [string, (desk: DeskParts) => Moved, Partial<Record<LetterState, LetterState | 'same'>>][] = [
  ['approve', (desk) => approveLetter(desk, 1), { held: 'held', queued: 'same' }],
  [
    'drop',
    (desk) => dropLetter(desk, 1, 'not now'),
    { held: 'dropped', queued: 'dropped', failed: 'dropped', unsure: 'dropped', dropped: 'same' },
  ],
  ['retry', (desk) => retryLetter(desk, 1), { failed: 'queued', queued: 'same' }],
  ['resolve as sent', (desk) => resolveLetter(desk, 1, 'sent'), { unsure: 'sent', sent: 'same', filed: 'same' }],
  ['resolve as not sent', (desk) => resolveLetter(desk, 1, 'not-sent'), { unsure: 'queued', queued: 'same' }],
  ['edit', (desk) => editLetter(desk, 1, { text: 'Ciao' }), { held: 'held', queued: 'held' }],
];

describe.each(table)('%s', (_name, act, outcomes) => {
  it.each(letterStates)('a letter that is %s', (state) => {
    const desk = deskWith(state);
    const outcome = outcomes[state];
    const before = journalKinds(desk).length;
    if (outcome === undefined) {
      const fault = refusal(() => act(desk));
      expect(fault.code).toBe('conflict');
      expect(fault.next).toContain('paletti outbox');
      expect([stateOf(desk), journalKinds(desk).length]).toEqual([state, before]);
      return;
    }
    const { changed, letter: after } = act(desk);
    expect([changed, after.state]).toEqual([outcome !== 'same', outcome === 'same' ? state : outcome]);
    expect(journalKinds(desk).length).toBe(before + (changed ? 1 : 0));
    expect(act(desk).changed).toBe(false);
    expect(journalKinds(desk).length).toBe(before + (changed ? 1 : 0));
  });

  it('a letter that is not there', () => {
    expect(refusal(() => act(openTestDesk())).code).toBe('not-found');
  });
});

describe('an edited letter', () => {
  it('waits for approval again, with its new words', () => {
    const desk = deskWith('queued');
    expect(editLetter(desk, 1, { subject: ' Fattura 7 ', text: 'Ciao Laura,\n\ngrazie.\n\n\n' }).letter).toMatchObject({
      state: 'held',
      edited: true,
      approvedAt: null,
      subject: 'Fattura 7',
      text: 'Ciao Laura,\n\ngrazie.\n',
    });
    expect(approveLetter(desk, 1).changed).toBe(true);
  });

  it('of the kind that goes by itself needs no approval before, but after', () => {
    const desk = deskWith('held', 'auto');
    expect(approveLetter(desk, 1).changed).toBe(false);
    expect(needsApproval(editLetter(desk, 1, { text: 'Ciao Laura' }).letter)).toBe(true);
    expect(approveLetter(desk, 1).changed).toBe(true);
  });

  it.each([
    ['a second header in the subject', { subject: 'Hello\r\nBcc: x@evil.example' }],
    ['a line separator in the subject', { subject: 'Hello\u2028there' }],
    ['an empty subject', { subject: '  ' }],
    ['an empty text', { text: ' \n' }],
  ])('is not taken with %s', (_name, text) => {
    const desk = deskWith('held');
    expect(refusal(() => editLetter(desk, 1, text)).code).toBe('bad-input');
    expect(desk.store.read((r) => letterById(r, 1))?.edited).toBe(false);
  });
});
