/** The built program's modules, as in-process.mjs wants them. */
export { decideMessage, openApp, openCouriers, openDesk, openMailboxes, openWritingDesk, planFor } from '../../dist/app.js';
export { checkServers } from '../../dist/check-servers.js';
export { perform } from '../../dist/cli/perform.js';
export { HandClock } from '../../dist/clock.js';
export { checkConfig, readConfig } from '../../dist/config.js';
export { readSecret } from '../../dist/config/secret.js';
export { silentLog } from '../../dist/log.js';
