/**
 * The SQLite driver that fits this Node. better-sqlite3 13 is built for Node-API 10 (Node 22.14 and later) and
 * crashes below it, so an older Node gets the aliased 12.x. Holds no logic besides that choice.
 */
import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

const nodeApi = Number(process.versions['napi'] ?? 0);
const require = createRequire(import.meta.url);

export const Sqlite = require(nodeApi < 10 ? 'better-sqlite3-node20' : 'better-sqlite3') as typeof BetterSqlite3;
export type Connection = BetterSqlite3.Database;
export type Statement = BetterSqlite3.Statement<unknown[], unknown>;
