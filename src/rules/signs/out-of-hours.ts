/** How much of what the client writes and rings comes outside contact hours, and when. */
import { humanIn, isContactIn, percent, sign, speaks, tooFew } from '../sign.ts';
import { type Instant, type TimeZone, wallClock } from '../time.ts';
import { count } from '../words.ts';

const limits = {
  contacts: 5,
  outOfHoursShare: 0.3,
} as const;

export const outOfHoursHabit = sign({
  name: 'out-of-hours',
  title: 'out of hours',
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
    if (contacts.length < limits.contacts) {
      return tooFew(`${count(contacts.length, 'contact')}: too few to tell (${out.length} out of hours)`, evidence);
    }
    const share = out.length / contacts.length;
    if (share < limits.outOfHoursShare) return null;
    const when = busiestHour(
      out.map((contact) => contact.at),
      facts.hours.timeZone,
    );
    return speaks(
      share,
      `${out.length} of ${contacts.length} contacts (${percent(share)}) out of hours${when}`,
      evidence,
    );
  },
});

/** ', most between 21:00 and 22:00' when more than half of them were; else nothing is said of an hour. */
function busiestHour(moments: readonly Instant[], zone: TimeZone): string {
  const byHour = new Map<number, number>();
  for (const moment of moments) {
    const hour = Math.floor(wallClock(moment, zone).minute / 60);
    byHour.set(hour, (byHour.get(hour) ?? 0) + 1);
  }
  const [hour, times] = [...byHour].toSorted((a, b) => b[1] - a[1] || a[0] - b[0])[0] as [number, number];
  if (times * 2 <= moments.length) return '';
  return `, most between ${fullHour(hour)} and ${fullHour((hour + 1) % 24)}`;
}

function fullHour(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
