/** Pieces of sentences that are the same in every language. Says nothing itself. */

/** (1, 3) -> '33 %' */
export function share(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}

/** (21) -> '21:00'; the hour after the last is the first */
export function clockHour(hour: number): string {
  return `${String(hour % 24).padStart(2, '0')}:00`;
}

/** Those parts that there are. */
export function joined(between: string, parts: readonly (string | false)[]): string {
  return parts.filter((part) => part !== false).join(between);
}
