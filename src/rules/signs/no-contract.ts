/** No contract though the work has begun. */
import { billed, invoiceOf, sign, speaks } from '../sign.ts';
import { dayOf } from '../time.ts';
import { dayInWords } from '../words.ts';

export const noContract = sign({
  name: 'no-contract',
  title: 'no contract',
  weight: 2,
  answer: 'ask-contract',
  rule(facts, now) {
    const zone = facts.hours.timeZone;
    const { contractSignedOn, startedOn } = facts.terms;
    if (contractSignedOn !== null) return null;
    const work = facts.log.filter((entry) => entry.kind === 'work');
    const first = [
      ...(startedOn === null ? [] : [startedOn]),
      ...work.map((entry) => dayOf(entry.at, zone)),
      ...facts.deliveries.map((piece) => dayOf(piece.at, zone)),
      ...billed(facts).map((invoice) => invoice.issuedOn),
    ].toSorted()[0];
    if (first === undefined || first > dayOf(now, zone)) return null;
    const evidence = [
      ...work.slice(0, 1).map((entry) => ({ logId: entry.id })),
      ...billed(facts).slice(0, 1).map(invoiceOf),
    ];
    return speaks(0.8, `no contract on record, and work since ${dayInWords(first)}`, evidence);
  },
});
