/**
 * Contact hours as a letter says them: the week in one line, with its zone where that is not the reader's own; and why
 * a message came outside them. Writes no letter.
 */
import { closedBy, type ContactHours, describeWeek, type WeeklyHours } from '../rules/contact-hours.ts';
import type { Language } from '../rules/language.ts';
import { type Instant, type LocalDay, type TimeZone, weekdays } from '../rules/time.ts';
import { zoneOfYear } from './format.ts';

/** Why a message came outside contact hours. */
export type Outside = { kind: 'week' } | { kind: 'holiday' } | { kind: 'closure'; from: LocalDay; to: LocalDay };

/** @returns null when it came in contact hours */
export function outsideOf(hours: ContactHours, receivedAt: Instant): Outside | null {
  const by = closedBy(hours, receivedAt);
  if (by?.kind !== 'closure') return by === null ? null : { kind: by.kind };
  return { kind: 'closure', from: by.closure.from, to: by.closure.to };
}

/**
 * `lun-ven 9:00-18:00`; with the zone behind it when the reader's clock shows another time.
 * @param zones.reader the reader's, as far as it is known
 * @param zones.others of other hours in the same letter: where two meet, each is named
 */
export function hoursInWords(
  { week, timeZone }: Pick<ContactHours, 'week' | 'timeZone'>,
  language: Language,
  zones: { reader: TimeZone; others?: readonly TimeZone[] },
): string {
  const isPlain = [zones.reader, ...(zones.others ?? [])].every((zone) => zone === timeZone);
  const words = describeWeek(week, language);
  return isPlain || isNever(week) ? words : `${words} (${zoneOfYear(timeZone, language)})`;
}

/** A week without a single block. */
export function isNever(week: WeeklyHours): boolean {
  return weekdays.every((day) => week[day].length === 0);
}
