/** The week in one sheet, as the terminal and the page show it. Reads only. */
export { readWeek as viewWeek } from '../../store/week.ts';
export type { Week, WeekClient } from '../../rules/week.ts';
