/** Italian: what the program says to its owner, whom it addresses as `tu`, joined from its parts. */
import { monthNames, monthsShort, weekdayNames, weekdaysShort } from '../../rules/calendar.ts';
import type { Words } from '../words.ts';
import { auth } from './auth.ts';
import { clientPage } from './client-page.ts';
import { exitPage } from './exit-page.ts';
import { faults } from './faults/faults.ts';
import { init } from './init.ts';
import { moneyPage } from './money-page.ts';
import { names } from './names.ts';
import { page } from './page.ts';
import { reasons } from './reasons.ts';
import { settings } from './settings.ts';
import { terminal } from './terminal.ts';
import { times } from './times.ts';
import { told } from './told.ts';

export const it: Words = {
  language: 'it',
  locale: 'it-IT',
  months: monthNames.it,
  monthsShort: monthsShort.it,
  weekdays: weekdayNames.it,
  weekdaysShort: weekdaysShort.it,
  decimals: { group: '.', point: ',' },
  times,
  ...names,
  reasons,
  told,
  page,
  settings,
  exitPage,
  clientPage,
  moneyPage,
  terminal,
  faults,
  auth,
  init,
};
