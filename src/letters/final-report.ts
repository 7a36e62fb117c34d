/** The final report as the outbox takes it, at the client's next opening. Puts nothing anywhere. */
import type { Client } from '../rules/client.ts';
import { nextWorkingOpening } from '../rules/contact-hours.ts';
import { unlessNeverOpen } from '../rules/dunning.ts';
import { reportKey } from '../rules/exit.ts';
import { hoursFor, type Settings } from '../rules/settings.ts';
import type { Instant } from '../rules/time.ts';
import { addressed } from './addressed.ts';
import type { Letters } from './library.ts';
import { type FinalReportFacts, writeFinalReport } from './write.ts';

export interface FinalReportWish {
  exit: { id: number };
  client: Client;
  record: Omit<FinalReportFacts, 'client' | 'owner'>;
  /** the mailbox it leaves from */
  mailbox: string;
  settings: Settings;
  now: Instant;
}

/** It waits for the owner in any case. @throws AppError `template`, or `internal` for mixed currencies */
export function finalReport(letters: Letters, { exit, client, record, mailbox, settings, now }: FinalReportWish) {
  const { owner } = settings;
  const notBefore = unlessNeverOpen(
    () => nextWorkingOpening(hoursFor(settings, client), now),
    () => now,
  );
  const why = { code: 'exit-report' } as const;
  const to = { key: reportKey(exit), client, owner, mailbox, approval: 'ask', notBefore, why } as const;
  return addressed(writeFinalReport(letters, { ...record, client, owner }), to);
}
