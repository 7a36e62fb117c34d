/** The built program's modules, as in-process.mjs and judge.mjs want them. */
export { decideMessage, openApp, openCouriers, openDesk, openMailboxes, openWritingDesk, planFor } from '../../dist/app.js';
export { checkServers } from '../../dist/check-servers.js';
export { perform } from '../../dist/cli/perform.js';
export { HandClock } from '../../dist/clock.js';
export { checkConfig, readConfig } from '../../dist/config.js';
export { readSecret } from '../../dist/auth/secret.js';
export { silentLog } from '../../dist/log.js';
export { parse } from '../../dist/mail/parse.js';
export { instant } from '../../dist/rules/time.js';
export { isOutOfOffice, outOfOfficeUntil } from '../../dist/rules/triage.js';
