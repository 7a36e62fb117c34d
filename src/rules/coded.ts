/** How a rule writes down the reasons it gives: for each code the facts that it speaks of. A type only. */

/** `{ 'not-yet': { day: LocalDay } }` -> `{ code: 'not-yet'; day: LocalDay }` */
export type Coded<Facts> = { [Code in keyof Facts]: { code: Code } & Facts[Code] }[keyof Facts];

/** Of a code that says all by itself. */
export type NoFacts = Record<never, never>;
