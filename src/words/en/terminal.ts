/** English: the terminal, and what is printed from it. */
import type { TerminalWords } from '../parts/terminal.ts';
import { clients } from './terminal/clients.ts';
import { money } from './terminal/money.ts';
import { exit, requests } from './terminal/steps.ts';
import { codes } from './terminal/codes.ts';
import { dossier } from './terminal/dossier.ts';
import { daily } from './terminal/daily.ts';
import { intake, lessons, lookBack } from './terminal/lessons.ts';
import { learn } from './terminal/learn.ts';
import { letters } from './terminal/letters.ts';
import { doctor } from './terminal/doctor.ts';
import { setup } from './terminal/setup.ts';
import { report } from './terminal/report.ts';
import { mail } from './terminal/mail.ts';
import { status } from './terminal/status.ts';
import { week } from './terminal/week.ts';

export const terminal: TerminalWords = {
  steps: {
    keep: 'keep things as they are',
    boundary: 'say where the line is',
    decisions: 'say who decides what',
    scope: 'say what was agreed',
    'ask-contract': 'ask for the contract',
    'raise-price': 'raise the price',
    'in-advance': 'ask for payment in advance',
    'by-mail': 'answer the next chat by mail',
    'own-hours': 'keep your own hours',
    nudge: 'say that his silence delays him',
    archive: 'put the project away until he answers',
    refer: 'decline, and name somebody else',
    document: 'keep the record at hand',
    pause: 'pause the work',
    end: 'think about ending it',
    exit: 'go on with the exit',
  },
  clients,
  codes,
  dossier,
  doctor,
  exit,
  money,
  report,
  requests,
  setup,
  daily,
  letters,
  mail,
  status,
  week,
  intake,
  lookBack,
  lessons,
  learn,
};
