/**
 * The owner works for this client outside her own hours: mails she sent, work she logged. It is a sign of what the client
 * costs, and says nothing of what he asked for.
 */
import { isOpen } from '../contact-hours.ts';
import { sign, speaks, tooFew } from '../sign.ts';

const limits = { times: 5, share: 0.3 } as const;

export const ownHours = sign({
  name: 'own-hours',
  weight: 1,
  type: 'at-any-hour',
  answer: 'own-hours',
  rule(facts) {
    const done = [
      ...facts.messages
        .filter((message) => message.direction === 'out')
        .map(({ id, receivedAt }) => ({ at: receivedAt, evidence: { messageId: id } })),
      ...facts.log.filter((entry) => entry.kind === 'work').map(({ id, at }) => ({ at, evidence: { logId: id } })),
    ].toSorted((a, b) => a.at - b.at);
    const late = done.filter((one) => !isOpen(facts.hours, one.at));
    if (late.length === 0) return null;
    const evidence = late.slice(-5).map((one) => one.evidence);
    const shown = { code: 'shows-own-hours', late: late.length, done: done.length } as const;
    if (done.length < limits.times) return tooFew(shown, evidence);
    const share = late.length / done.length;
    return share < limits.share ? null : speaks(share, shown, evidence);
  },
});
