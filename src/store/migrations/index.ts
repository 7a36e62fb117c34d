/** The migrations in order. `PRAGMA user_version` counts how many are applied. Append only. */
import { sql as init } from './001-init.ts';
import { sql as moneyAndRegister } from './002-money-and-register.ts';
import { sql as places } from './003-places.ts';
import { sql as belief } from './004-belief.ts';
import { sql as whatALetterNamed } from './005-what-a-letter-named.ts';
import { sql as reasons } from './006-reasons.ts';
import { sql as whatFilesSaid } from './007-what-files-said.ts';
import { sql as mergedClients } from './008-merged-clients.ts';
import { sql as bank } from './009-bank.ts';
import { sql as invoiceFiles } from './010-invoice-files.ts';
import { sql as doubtedMessages } from './011-doubted-messages.ts';
import { sql as whatIsLogged } from './012-what-is-logged.ts';
import { sql as reasonsAreValues } from './013-reasons-are-values.ts';
import { sql as linesCrossed } from './014-lines-crossed.ts';
import { sql as watched } from './015-watched.ts';
import { sql as lettersAndExits } from './016-letters-and-exits.ts';
import { sql as notesOfHolds } from './017-notes-of-holds.ts';
import { sql as lessonsAndEvidence } from './018-lessons-and-evidence.ts';
import { sql as upToWhichSum } from './019-up-to-which-sum.ts';
import { sql as ownMails } from './020-own-mails.ts';

export const migrations: readonly string[] = [
  init,
  moneyAndRegister,
  places,
  belief,
  whatALetterNamed,
  reasons,
  whatFilesSaid,
  mergedClients,
  bank,
  invoiceFiles,
  doubtedMessages,
  whatIsLogged,
  reasonsAreValues,
  linesCrossed,
  watched,
  lettersAndExits,
  notesOfHolds,
  lessonsAndEvidence,
  upToWhichSum,
  ownMails,
];
