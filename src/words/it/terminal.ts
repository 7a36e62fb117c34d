/** Italian: the terminal, and what is printed from it. */
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
    keep: 'lasciare le cose come stanno',
    boundary: 'dire dov’è il limite',
    decisions: 'dire chi decide che cosa',
    scope: 'dire che cosa era pattuito',
    'ask-contract': 'chiedere il contratto',
    'raise-price': 'alzare il prezzo',
    'in-advance': 'chiedere il pagamento anticipato',
    'by-mail': 'rispondere per posta alla prossima chat',
    'own-hours': 'rispettare i tuoi stessi orari',
    nudge: 'dire che il suo silenzio lo fa ritardare',
    archive: 'mettere da parte il progetto finché non risponde',
    refer: 'rifiutare e indicare qualcun altro',
    document: 'tenere la documentazione a portata di mano',
    pause: 'sospendere il lavoro',
    end: 'pensare a chiudere',
    exit: 'andare avanti con la chiusura',
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
