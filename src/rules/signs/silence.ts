/** How long the client lets requests lie. */
import { median, sign, speaks, tooFew } from '../sign.ts';
import { dayOf, daysBetween } from '../time.ts';

const limits = {
  requests: 3,
  silentDays: 5,
  longSilenceDays: 14,
} as const;

export const silence = sign({
  name: 'silence',
  weight: 1,
  type: 'silent',
  answer: 'nudge',
  rule(facts, now) {
    const zone = facts.hours.timeZone;
    const today = dayOf(now, zone);
    const waits = facts.requests
      .filter((request) => request.answeredAt !== null || request.dueOn < today)
      .map((request) => ({
        evidence: typeof request.messageId === 'number' ? { messageId: request.messageId } : { requestId: request.id },
        open: request.answeredAt === null,
        days: daysBetween(
          dayOf(request.openedAt, zone),
          request.answeredAt === null ? today : dayOf(request.answeredAt, zone),
        ),
      }));
    if (waits.length === 0) return null;
    const longest = Math.max(...waits.map((wait) => wait.days));
    const middle = median(waits.map((wait) => wait.days));
    if (middle < limits.silentDays && longest < limits.longSilenceDays) return null;
    const open = waits.filter((wait) => wait.open).length;
    const evidence = waits
      .toSorted((a, b) => b.days - a.days)
      .slice(0, 5)
      .map((wait) => wait.evidence);
    const shown = {
      code: 'shows-silence',
      requests: waits.length,
      open,
      medianDays: middle,
      longestDays: longest,
    } as const;
    return waits.length < limits.requests
      ? tooFew(shown, evidence)
      : speaks(Math.max(middle / 14, longest / 60), shown, evidence);
  },
});
