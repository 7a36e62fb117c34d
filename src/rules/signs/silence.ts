/** How long the client lets requests lie. */
import { median, sign, speaks, tooFew } from '../sign.ts';
import { dayOf, daysBetween } from '../time.ts';
import { count } from '../words.ts';

const limits = {
  requests: 3,
  silentDays: 5,
  longSilenceDays: 14,
} as const;

export const silence = sign({
  name: 'silence',
  title: 'silence',
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
    if (waits.length < limits.requests) {
      return tooFew(
        `${count(waits.length, 'request')}: too few to tell (the longest took ${count(longest, 'day')}, ${open} open)`,
        evidence,
      );
    }
    const words = `${count(waits.length, 'request')}, ${open} open; a median of ${count(middle, 'day')} to an answer, the longest ${count(longest, 'day')}`;
    return speaks(Math.max(middle / 14, longest / 60), words, evidence);
  },
});
