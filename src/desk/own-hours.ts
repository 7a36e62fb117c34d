/** Contact hours as the owner's own mail proposes them, and how they come into the configuration. Sends nothing. */
import { AppError } from '../errors.ts';
import { formatBlock, type WeeklyHours } from '../rules/contact-hours.ts';
import { ownHours, type OwnHours } from '../rules/own-hours.ts';
import { dayMs, type Instant, plus, type TimeZone, weekdays } from '../rules/time.ts';
import { writtenSince } from '../store/correspondence.ts';
import type { Reader } from '../store/database.ts';
import { newestMessageId } from '../store/messages.ts';
import type { DeskParts } from './parts.ts';
import { changeSettings, type Difference, type NewValue, proposeSettings } from './settings.ts';

/** @throws AppError 'not-found' when no mail was read yet */
export function proposedHours(r: Reader, zone: TimeZone, { now, days }: { now: Instant; days: number }): OwnHours {
  if (newestMessageId(r) === 0) throw new AppError('not-found', { code: 'no-mail-read' });
  return ownHours(writtenSince(r, plus(now, -days * dayMs)), zone);
}

/**
 * Holidays and closures stay as they are.
 * @param path of config.json
 * @returns what is other than before; nothing when it was so already
 */
export async function takeHours(desk: DeskParts, path: string, week: WeeklyHours): Promise<readonly Difference[]> {
  const values = weekdays.map((day): NewValue => ({ path: ['contactHours', day], value: week[day].map(formatBlock) }));
  const { from } = await proposeSettings(path, values);
  return changeSettings(desk, path, { values, from });
}
