/**
 * The work has begun without a contract. It weighs when the owner said that there is none; when nobody told, only when
 * work and money together show that it goes on without one on record. Refusing to sign is another sign.
 */
import { billed, invoiceOf, type RuleFacts, sign, speaks } from '../sign.ts';
import { dayOf, type LocalDay } from '../time.ts';

export const noContract = sign({
  name: 'no-contract',
  weight: 2,
  type: 'without-contract',
  answer: 'ask-contract',
  rule(facts, now) {
    const { contractSignedOn, contractNone } = facts.terms;
    if (contractSignedOn !== null) return null;
    const since = workSince(facts);
    if (since === null || since > dayOf(now, facts.hours.timeZone)) return null;
    const work = facts.log.filter((entry) => entry.kind === 'work');
    const invoices = billed(facts);
    const evidence = [
      ...work.slice(0, 1).map((entry) => ({ logId: entry.id })),
      ...invoices.slice(0, 1).map(invoiceOf),
    ];
    if (contractNone) return speaks(0.8, { code: 'shows-no-contract', invoices: null, since }, evidence);
    const isProven = work.length + facts.deliveries.length > 0 && invoices.length > 0;
    return isProven ? speaks(0.4, { code: 'shows-no-contract', invoices: invoices.length, since }, evidence) : null;
  },
});

/** The first sign of work: begun, logged, handed over or billed. */
function workSince({ terms, log, deliveries, invoices, hours }: RuleFacts): LocalDay | null {
  const days = [
    ...(terms.startedOn === null ? [] : [terms.startedOn]),
    ...log.filter((entry) => entry.kind === 'work').map((entry) => dayOf(entry.at, hours.timeZone)),
    ...deliveries.map((piece) => dayOf(piece.at, hours.timeZone)),
    ...billed({ invoices }).map((invoice) => invoice.issuedOn),
  ];
  return days.toSorted()[0] ?? null;
}
