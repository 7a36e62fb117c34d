/** What is settled with a client before the work begins, from the register and what has left. Reads only. */
import { type IntakeLine, intakeOf } from '../rules/intake.ts';
import { dayMs, type Instant, plus } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import { countProposed } from '../store/exits.ts';
import { hasWelcomed } from '../store/lessons.ts';
import { standingMarks } from '../store/marks.ts';
import { type HeldLesson, lessonsFor } from './look-back.ts';

export interface Intake {
  client: { id: number; name: string };
  lines: IntakeLine[];
  /** what was learned by others, held against this one */
  lessons: HeldLesson[];
  /** exits proposed within a year, of any client: several say to look at whom one takes on */
  exitsInYear: number;
}

export function viewIntake(r: Reader, who: string, now: Instant): Intake {
  const client = findClient(r, who);
  const { id, name, terms, paymentTerms } = client;
  const marks = standingMarks(r, id).map(({ mark }) => mark);
  return {
    client: { id, name },
    lines: intakeOf({ clientId: id, terms, paymentTerms, marks, welcomed: hasWelcomed(r, id) }),
    lessons: lessonsFor(r, client),
    exitsInYear: countProposed(r, plus(now, -365 * dayMs)),
  };
}
