/** What the owner is asked when letters wait for something only she can do. Words only; asks nobody by itself. */
import type { Client } from '../rules/client.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf, type Instant } from '../rules/time.ts';
import { count } from '../rules/words.ts';
import type { NewNotice } from '../store/notices.ts';

/**
 * A reminder would go, and nobody has looked at the bank account for too long. One key for each local day: however
 * many cases and letters wait for it, she is asked once a day.
 */
export function paymentsQuestion({ owner, dunning }: Settings, now: Instant): NewNotice {
  const within = count(dunning.paymentsCheckedWithinHours ?? 0, 'hour');
  return {
    key: `payments-stale/${dayOf(now, owner.timeZone)}`,
    text: `Letters about money wait: no payment was recorded or confirmed within ${within}.`,
    next: 'Record what came: paletti invoices paid NUMBER; when nothing came: paletti invoices checked',
  };
}

/** A client known by a domain alone, or whose addresses were taken away: there is nobody to write to. */
export function addressQuestion({ id, name }: Client): NewNotice {
  return {
    key: `no-address/${id}`,
    text: `Letters to ${name} wait: the register has no mail address to write to.`,
    next: `Add one: paletti clients edit ${id} --address …`,
  };
}
