/** Colleagues whom the owner recommends, by the name she types. Writes nothing, and asks nobody. */

export interface Colleague {
  name: string;
  /** what they do; '' when it is not said */
  does: string;
  /** how they are reached; '' when it is not said */
  contact: string;
}

/**
 * What a letter says of the one who is named: 'Lara Neri, siti in WordPress (lara@neri.example)'. What names none of them
 * is taken as it was typed; the beginning of a name will do where it is one only.
 */
export function referralOf(typed: string, colleagues: readonly Colleague[]): string {
  const text = typed.replace(/\s+/g, ' ').trim();
  const found = namedBy(text.toLowerCase(), colleagues);
  if (found === undefined) return text;
  const { name, does, contact } = found;
  return `${name}${does === '' ? '' : `, ${does}`}${contact === '' ? '' : ` (${contact})`}`;
}

function namedBy(typed: string, colleagues: readonly Colleague[]): Colleague | undefined {
  if (typed === '') return undefined;
  const low = (one: Colleague) => one.name.toLowerCase();
  const whole = colleagues.find((one) => low(one) === typed);
  const begins = colleagues.filter((one) => low(one).startsWith(typed));
  return whole ?? (begins.length === 1 ? begins[0] : undefined);
}
