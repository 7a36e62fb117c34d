/** The command line of a studio that is open already, for stories that look at what a person would be shown. */
import { onTestFinished } from 'vitest';
import { openWritingDesk, planFor } from '../../src/app.ts';
import { silentLog } from '../../src/log.ts';
import type { Studio } from '../support/studio.ts';
import { openTerminal, type Terminal } from './terminal.ts';

export function terminalOf(studio: Studio): Terminal {
  const desk = openWritingDesk({ config: studio.config, clock: studio.clock });
  onTestFinished(() => desk.close());
  return openTerminal({
    config: null,
    columns: 120,
    ways: {
      clock: studio.clock,
      readConfig: async () => studio.config,
      openDesk: async () => ({ ...desk, close: () => {} }),
      openWritingDesk: async () => ({ ...desk, close: () => {} }),
      plan: (desk, days, ladder) => planFor(desk, silentLog, days, ladder),
    },
  });
}
