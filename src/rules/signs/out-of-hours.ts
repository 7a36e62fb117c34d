/** How much of what the client writes and rings comes outside contact hours, and when. */
import { humanIn, isContactIn, sign, speaks, tooFew } from '../sign.ts';
import { type Instant, type TimeZone, wallClock } from '../time.ts';

const limits = {
  contacts: 5,
  outOfHoursShare: 0.3,
} as const;

export const outOfHoursHabit = sign({
  name: 'out-of-hours',
  weight: 1.5,
  type: 'at-any-hour',
  answer: 'boundary',
  rule(facts) {
    const contacts = [
      ...humanIn(facts).map((message) => ({
        at: message.receivedAt,
        out: message.outOfHours,
        evidence: { messageId: message.id },
      })),
      ...facts.log
        .filter(isContactIn)
        .map((entry) => ({ at: entry.at, out: entry.outOfHours, evidence: { logId: entry.id } })),
    ].toSorted((a, b) => a.at - b.at);
    const out = contacts.filter((contact) => contact.out);
    if (out.length === 0) return null;
    const evidence = out.slice(-5).map((contact) => contact.evidence);
    const most = busiestHour(
      out.map((contact) => contact.at),
      facts.hours.timeZone,
    );
    const shown = { code: 'shows-out-of-hours', out: out.length, contacts: contacts.length, most } as const;
    if (contacts.length < limits.contacts) return tooFew(shown, evidence);
    const share = out.length / contacts.length;
    return share < limits.outOfHoursShare ? null : speaks(share, shown, evidence);
  },
});

/** The full hour in which more than half of them were; null: there is none. */
function busiestHour(moments: readonly Instant[], zone: TimeZone): number | null {
  const byHour = new Map<number, number>();
  for (const moment of moments) {
    const hour = Math.floor(wallClock(moment, zone).minute / 60);
    byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
  }
  const [hour, times] = [...byHour].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0] as [number, number];
  return times * 2 <= moments.length ? null : hour;
}
