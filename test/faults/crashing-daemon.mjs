/**
 * The daemon as a process that may be killed at any step: the compiled app, its own mailbox and courier over real
 * sockets, a clock that is turned from moment to moment, one pass at each. Says which moment it is at, and its end.
 */
import { readFileSync, writeSync } from 'node:fs';
import { openApp } from '../../dist/app.js';
import { HandClock } from '../../dist/clock.js';
import { readConfig } from '../../dist/config.js';
import { silentLog } from '../../dist/log.js';
import { openCourier } from '../../dist/mail/courier.js';
import { openMailbox } from '../../dist/mail/mailbox.js';
import { parse } from '../../dist/mail/parse.js';

const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const say = (line) => writeSync(1, `${line}\n`);

const clock = new HandClock(plan.moments[0]);
const config = readConfig(plan.config, {});
const password = async () => plan.password;
// Parsed in this thread: the threads of the real parser touch neither the database nor the network.
const inPlace = async (source, options) => {
  const mail = await parse(source, options);
  return { unpack: () => mail, release: () => {} };
};
const parts = { parser: { parse: inPlace, close: async () => {} }, now: () => clock.now() };
const network = {
  mailbox: (one) => openMailbox({ ...one, imap: { ...one.imap, secure: false, password, tls: {} } }, parts),
  courier: (one) =>
    openCourier({
      mailbox: one.name,
      smtp: { ...one.smtp, secure: false, password, tls: {} },
      timeouts: plan.smtpTimeouts,
    }),
  close: async () => {},
};

const app = await openApp({ config, clock, log: silentLog, network });
for (const [index, moment] of plan.moments.entries()) {
  say(`at ${index}`);
  clock.set(moment);
  const { faults } = await app.pass();
  for (const fault of faults) say(`fault ${fault.message}`);
}
await app.shut();
say(`points ${globalThis.crashPoints?.() ?? 0}`);
