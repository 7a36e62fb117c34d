/** The country that a time zone lies in, as the zone rules of this machine know it. Asks nobody. */

/** ISO 3166-1, those with a zone of their own. */
const codes = [
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD',
  'CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE',
  'GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM',
  'KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY',
  'MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE',
  'SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA',
  'VC VE VG VI VN VU WF WS YE YT ZA ZM ZW',
].flatMap((line) => line.split(' '));

/**
 * @param first codes that are looked at before all others, the likeliest first
 * @returns null for a zone without a country (UTC), or one that is not known
 */
export function countryOfZone(zone: string, first: readonly string[] = []): string | null {
  const name = canonical(zone);
  if (name === null || name === 'UTC' || name.startsWith('Etc/')) return null;
  return [...first, ...codes].find((code) => zonesOf(code).includes(name)) ?? null;
}

function canonical(zone: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** A method in newer engines, a member in older ones. */
interface ZonedLocale extends Intl.Locale {
  getTimeZones?(): string[] | undefined;
  timeZones?: string[];
}

function zonesOf(code: string): readonly string[] {
  try {
    const locale = new Intl.Locale(`und-${code}`) as ZonedLocale;
    return locale.getTimeZones?.() ?? locale.timeZones ?? [];
  } catch {
    return [];
  }
}
