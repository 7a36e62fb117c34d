import { describe, expect, it } from 'vitest';
import {
  addExit,
  cancelExit,
  editExit,
  endExit,
  exitById,
  exitOfLetter,
  exitsOf,
  exitsToLookAt,
  lookAtExitAgain,
  type NewExit,
  openExitOf,
  openExits,
  touchOpenExits,
} from '../../src/store/exits.ts';
import { touchClient } from '../../src/store/cases.ts';
import { clientById } from '../../src/store/clients.ts';
import { drop } from '../../src/store/outbox.ts';
import { client, day, inStore, invoice, later, letter, now } from './make.ts';
import { said } from '../support/in-words.ts';
import { asWritten } from '../../src/rules/reason.ts';

const exit = (clientId: number, values: Partial<NewExit> = {}): NewExit => ({
  clientId,
  proposedBy: 'owner',
  letterKey: null,
  coolingFrom: now,
  reason: 'scope',
  ownWords: '',
  notice: { kind: 'days', days: 30 },
  referral: '',
  handover: [],
  ...values,
});

describe('exits', () => {
  it('keeps what it was given, with a letter key of its own', () => {
    const kept = inStore((w) => {
      const { id } = client(w);
      const notice = { kind: 'milestone', milestone: 'il catalogo', by: day('2027-01-29'), reachedOn: null } as const;
      return addExit(w, exit(id, { notice, referral: 'Neri', handover: [{ item: 'file', handedOn: null }] }));
    });
    expect(kept).toMatchObject({
      letterKey: 'exit/1',
      byLadder: false,
      proposedAt: now,
      coolingFrom: now,
      notedState: 'cooling',
      notice: { milestone: 'il catalogo' },
      handover: [{ item: 'file' }],
      checks: [],
      sentAt: null,
      letterState: null,
    });
  });

  it('has one open for a client, and another when that is over', () => {
    inStore((w) => {
      const { id } = client(w);
      const first = addExit(w, exit(id));
      expect(() => addExit(w, exit(id))).toThrow(/UNIQUE/);
      expect(cancelExit(w, first.id, 'owner', asWritten('ripensato'))).toBe(true);
      expect(cancelExit(w, first.id, 'owner', asWritten('ripensato'))).toBe(false);
      const second = addExit(w, exit(id, { letterKey: 'dunning/1/1/termination', coolingFrom: null }));
      expect(second.notedState).toBe('proposed');
      expect(openExitOf(w, id)?.id).toBe(second.id);
      expect(openExits(w).map((one) => one.id)).toEqual([second.id]);
      expect(exitsOf(w, id).map((one) => said(one.cancelledWhy))).toEqual(['ripensato', '']);
      expect(exitOfLetter(w, 'dunning/1/1/termination')?.id).toBe(second.id);
      expect(exitOfLetter(w, 'exit/1')?.id).toBe(first.id);
      expect(exitOfLetter(w, 'boundary/1/boundary-hours/1')).toBeUndefined();
    });
  });

  it('changes what is named, and nothing of a cancelled one', () => {
    inStore((w) => {
      const { id } = addExit(w, exit(client(w).id));
      expect(editExit(w, id, {})).toBe(true);
      expect(editExit(w, id, { checks: [{ item: 'talked', at: now, logId: 4 }], approvedAt: now })).toBe(true);
      expect(exitById(w, id)).toMatchObject({
        checks: [{ item: 'talked', at: now, logId: 4 }],
        approvedAt: now,
        reason: 'scope',
      });
      expect(editExit(w, id, { approvedAt: null })).toBe(true);
      expect(exitById(w, id)?.approvedAt).toBeNull();
      cancelExit(w, id, 'system', asWritten('paid'));
      expect(editExit(w, id, { approvedAt: now })).toBe(false);
    });
  });

  it('is looked at when something happened to it, to its client, the money or the letter', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const { id } = addExit(w, exit(clientId));
      const due = () => exitsToLookAt(w, 'open', now);
      const happens = (what: () => unknown) => {
        lookAtExitAgain(w, id, null);
        expect(due()).toEqual([]);
        what();
        return due();
      };
      expect(due()).toEqual([id]);
      expect(happens(() => editExit(w, id, { referral: 'Neri' }))).toEqual([id]);
      expect(happens(() => touchClient(w, clientId))).toEqual([id]);
      expect(happens(() => invoice(w, { clientId }))).toEqual([id]);
      const { id: letterId } = letter(w, { key: 'exit/1', kind: 'termination', clientId });
      expect(happens(() => drop(w, letterId, 'owner', asWritten('no')))).toEqual([id]);
      const { id: reminder } = letter(w, { key: 'another', clientId });
      expect(happens(() => drop(w, reminder, 'owner', asWritten('no')))).toEqual([]);
      expect(happens(() => cancelExit(w, id, 'owner', asWritten('no')))).toEqual([]);
      expect(happens(() => touchClient(w, clientId))).toEqual([]);
    });
  });

  it('is looked at when its time has come', () => {
    inStore((w) => {
      const { id } = addExit(w, exit(client(w).id));
      lookAtExitAgain(w, id, later);
      expect(exitsToLookAt(w, 'open', now)).toEqual([]);
      expect(exitsToLookAt(w, 'open', later)).toEqual([id]);
      touchOpenExits(w);
      expect(exitsToLookAt(w, 'open', now)).toEqual([id]);
    });
  });

  it('ends the work with it, once', () => {
    inStore((w) => {
      const added = addExit(w, exit(client(w).id));
      expect(endExit(w, added)).toBe(true);
      expect(endExit(w, added)).toBe(false);
      expect(clientById(w, added.clientId)?.workState).toBe('ended');
      expect(exitsToLookAt(w, 'ended', now)).toEqual([added.id]);
      expect(openExitOf(w, added.clientId)).toBeUndefined();
    });
  });
});
