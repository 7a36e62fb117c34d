import { describe, expect, it } from 'vitest';
import { instant } from '../../src/rules/time.ts';
import {
  acceptRequest,
  addRequest,
  closeRequest,
  explainRequest,
  listRequests,
  type NewRequest,
  requestById,
  requestsWaiting,
  sentToClients,
} from '../../src/store/requests.ts';
import { client, day, inStore, now, planning } from './make.ts';
import { asWritten } from '../../src/rules/reason.ts';

const request = (clientId: number, values: Partial<NewRequest> = {}): NewRequest => ({
  clientId,
  messageId: null,
  madeBy: 'owner',
  state: 'open',
  text: 'I testi?',
  project: null,
  openedAt: now,
  dueOn: day('2026-11-27'),
  deliveryOn: null,
  ...values,
});
const end = {
  answeredBy: null,
  at: now,
  why: asWritten('said so'),
  daysLost: 2,
  newDeliveryOn: day('2026-12-01'),
} as const;

describe('what the owner wrote to clients', () => {
  it('is found at each pass without going through all that was received meanwhile', () => {
    inStore((w) => {
      const { reader, plans } = planning(w);
      sentToClients(reader, instant('2026-10-24T00:00:00Z'), instant('2026-11-24T00:00:00Z'));
      expect(plans).toEqual(['SEARCH messages USING INDEX messages_written (received_at>? AND received_at<?)']);
    });
  });
});

describe('requests', () => {
  it('keeps what it was given and closes it once', () => {
    inStore((w) => {
      const added = addRequest(w, request(client(w).id, { deliveryOn: day('2026-11-30') }));
      const id = added?.id as number;
      expect(added).toMatchObject({
        state: 'open',
        dueOn: '2026-11-27',
        deliveryOn: '2026-11-30',
        why: null,
        closedAt: null,
      });
      explainRequest(w, id, asWritten('not yet'));
      expect(requestById(w, id)?.why).toEqual(asWritten('not yet'));
      expect(closeRequest(w, id, { ...end, state: 'answered' })).toBe(true);
      expect(closeRequest(w, id, { ...end, state: 'dropped' })).toBe(false);
      expect(requestById(w, id)).toMatchObject({
        state: 'answered',
        daysLost: 2,
        newDeliveryOn: '2026-12-01',
        closedAt: now,
      });
      expect(requestsWaiting(w)).toEqual([]);
      expect(listRequests(w)).toHaveLength(1);
    });
  });

  it('a proposed one counts when it is accepted', () => {
    inStore((w) => {
      const { id: clientId } = client(w);
      const id = addRequest(w, request(clientId, { state: 'proposed', madeBy: 'question' }))?.id as number;
      expect(requestsWaiting(w, clientId)).toHaveLength(1);
      expect(acceptRequest(w, id, day('2026-12-04'), null)).toBe(true);
      expect(acceptRequest(w, id, day('2026-12-05'), null)).toBe(false);
      expect(requestById(w, id)).toMatchObject({ state: 'open', dueOn: '2026-12-04' });
    });
  });
});
