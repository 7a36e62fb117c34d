/** What a letter on contact hours takes from the settings: the hours, the phone's, the channels, the response window. */
import type { Client } from '../rules/client.ts';
import type { ContactHours } from '../rules/contact-hours.ts';
import type { Settings } from '../rules/settings.ts';
import { hoursInWords, isNever } from './hours.ts';
import { hasPhone } from './words.ts';

export interface HoursFacts {
  hours: string;
  /** null when the phone is no channel, or has no hours */
  phoneHours: string | null;
  channels: readonly string[];
  answerWithinHours: number;
}

/** @param of.hours those that hold for the client */
export function boundaryHours(
  settings: Pick<Settings, 'owner' | 'phoneHours' | 'channels' | 'responseWindow'>,
  of: { hours: ContactHours; client: Pick<Client, 'language' | 'timeZone'> },
): HoursFacts {
  const { owner, phoneHours, channels, responseWindow } = settings;
  const { hours, client } = of;
  const reader = client.timeZone ?? owner.timeZone;
  const byPhone = hasPhone(channels) && !isNever(phoneHours.week);
  const others = byPhone ? [hours.timeZone, phoneHours.timeZone] : [];
  return {
    hours: hoursInWords(hours, client.language, { reader, others }),
    phoneHours: byPhone ? hoursInWords(phoneHours, client.language, { reader, others }) : null,
    channels,
    answerWithinHours: responseWindow.hours,
  };
}
