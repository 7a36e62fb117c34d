/** What has a date: answers due, invoices due, the days of an exit. Facts, in no words. Reads only; what leaves is planned elsewhere. */
import { debtsOf } from '../../rules/invoice.ts';
import type { Settings } from '../../rules/settings.ts';
import { dayOf, type Instant, type LocalDay } from '../../rules/time.ts';
import { clientName } from '../../store/clients.ts';
import type { Reader } from '../../store/database.ts';
import { listInvoices } from '../../store/invoices.ts';
import { messageHead } from '../../store/messages.ts';
import { openWindows } from '../../store/windows.ts';
import { openExitViews } from '../exit.ts';

export interface DatesView {
  answers: { id: number; dueAt: Instant; who: string; subject: string }[];
  invoices: {
    id: number;
    part: number;
    dueOn: LocalDay;
    client: string;
    number: string;
    cents: number;
    currency: string;
  }[];
  exits: { id: number; client: string; on: LocalDay; what: 'cooling-ends' | 'notice-ends' }[];
}

export function viewDates(r: Reader, settings: Settings, now: Instant): DatesView {
  const zone = settings.owner.timeZone;
  return {
    answers: openWindows(r).map(({ id, clientId, openedBy, dueAt }) => {
      const head = messageHead(r, openedBy);
      const client = clientId === null ? undefined : clientName(r, clientId);
      return { id, dueAt, who: client ?? head?.fromName ?? head?.fromAddress ?? '', subject: head?.subject ?? '' };
    }),
    invoices: listInvoices(r, { state: 'open' }).flatMap((invoice) =>
      debtsOf(invoice).map(({ dueOn, openCents: cents, currency }, part) => {
        const client = clientName(r, invoice.clientId) ?? '';
        return { id: invoice.id, part, dueOn, client, number: invoice.number, cents, currency };
      }),
    ),
    exits: openExitViews(r, settings, now).flatMap(({ exit, client, coolingEndsAt, noticeEndsOn }) => {
      const named = { id: exit.id, client: client.name };
      const cooling =
        coolingEndsAt === null ? [] : [{ ...named, on: dayOf(coolingEndsAt, zone), what: 'cooling-ends' as const }];
      const notice =
        noticeEndsOn === null || exit.sentAt === null
          ? []
          : [{ ...named, on: noticeEndsOn, what: 'notice-ends' as const }];
      return [...cooling, ...notice];
    }),
  };
}
