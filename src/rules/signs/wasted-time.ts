/** Talk against work, as logged. */
import { isTalk, minutesOf, sign, speaks, tooFew } from '../sign.ts';

const limits = {
  loggedMinutes: 300,
  talkShare: 0.4,
} as const;

export const wastedTime = sign({
  name: 'wasted-time',
  weight: 1,
  type: 'indecisive',
  answer: 'decisions',
  rule(facts) {
    const talks = facts.log.filter(isTalk);
    const talk = minutesOf(talks);
    const all = talk + minutesOf(facts.log.filter((entry) => entry.kind === 'work'));
    const share = all === 0 ? 0 : talk / all;
    if (share < limits.talkShare) return null;
    const shown = { code: 'shows-wasted-time', talkMinutes: talk, minutes: all } as const;
    const evidence = talks
      .toSorted((a, b) => (b.minutes ?? 0) - (a.minutes ?? 0))
      .slice(0, 5)
      .map(({ id }) => ({ logId: id }));
    return all < limits.loggedMinutes ? tooFew(shown, evidence) : speaks(share, shown, evidence);
  },
});
