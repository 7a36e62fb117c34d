/**
 * Preloaded into a process that is to die (`node --import`): numbers each commit of the database, each line added to a
 * file and each piece that goes to or comes from a server, and ends the process with SIGKILL at the one it was told.
 * Changes nothing else.
 *
 * A point stands before and after each commit, before, within and after each line, before each piece that is written to
 * a server, and at each that arrives from one. After a write and at the next arrival both sides know the same: these
 * two are one point.
 */
import fs, { writeSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { isMainThread } from 'node:worker_threads';

const crashAt = Number(process.env['CRASH_AT'] ?? 0);
/** SIGTERM instead: then the process is asked to end; if it was not by then, when it rests (IDLE) after its work. */
const crashSignal = process.env['CRASH_SIGNAL'] ?? 'SIGKILL';
/** letters filed in Sent before it can be at rest */
const restAfter = Number(process.env['CRASH_REST_AFTER'] ?? 0);
/** 'before' or 'after': die at the first commit after the SMTP server was called, whatever its number. */
const crashAtOutcome = process.env['CRASH_AT_OUTCOME'] ?? '';
/** 1: every step that only reads is a point as well */
const readingStride = Number(process.env['CRASH_READING_STRIDE'] ?? 1);
const smtpPort = Number(process.env['CRASH_SMTP_PORT'] ?? 0);
const imapPort = Number(process.env['CRASH_IMAP_PORT'] ?? 0);

let count = 0;
let smtpCalled = false;

/** How many points were passed so far; the daemon says it at its end. */
globalThis.crashPoints = () => count;

let hasDied = false;
let filed = 0;

function point(name) {
  count += 1;
  const isAtRest = restAfter > 0 && filed >= restAfter && name.endsWith('IDLE');
  if (isAtRest) die(`at rest, ${name}`);
  if (count === crashAt) die(name);
}

function die(name) {
  if (hasDied) return;
  hasDied = true;
  writeSync(1, `died ${count} ${name}\n`);
  process.kill(process.pid, crashSignal);
  while (crashSignal === 'SIGKILL');
}

function commit(side) {
  point(`${side} a commit`);
  if (smtpCalled && crashAtOutcome === side) die(`${side} the outcome's commit`);
}

function watchDatabase() {
  const nodeApi = Number(process.versions['napi'] ?? 0);
  const Database = createRequire(import.meta.url)(nodeApi < 10 ? 'better-sqlite3-node20' : 'better-sqlite3');
  const { transaction } = Database.prototype;
  Database.prototype.transaction = function watched(work) {
    const inner = transaction.call(this, (...args) => {
      const result = work(...args);
      commit('before');
      return result;
    });
    const immediate = (...args) => {
      const result = inner.immediate(...args);
      commit('after');
      return result;
    };
    return { immediate, deferred: transaction.call(this, work).deferred };
  };
}

function watchFiles() {
  const { appendFileSync } = fs;
  fs.appendFileSync = (path, text, ...rest) => {
    point('before a line is added');
    if (count + 1 === crashAt) appendFileSync(path, text.slice(0, text.length / 2), ...rest);
    point('within a line that is added');
    appendFileSync(path, text, ...rest);
    point('after a line is added');
  };
  syncBuiltinESMExports();
}

function nameOf(socket) {
  if (socket.remotePort === undefined) return null;
  return socket.remotePort === smtpPort ? 'smtp' : socket.remotePort === imapPort ? 'imap' : null;
}

/** The verb alone: the rest may be a password. */
function verbOf(piece) {
  const [tag, verb, more] = String(piece).split(/\s/, 3);
  if (!/^[0-9A-F]+$/.test(tag) || !verb) return tag.slice(0, 12);
  return verb === 'UID' ? `UID ${more}` : verb;
}

/** Commands of IMAP that change neither side. */
const readingVerbs = /^(?:CAPABILITY|ID|LOGIN|NAMESPACE|LIST|LSUB|SELECT|NOOP|IDLE|LOGOUT|UID (?:SEARCH|FETCH))$/;
let isReading = false;
let readings = 0;

/** Of the steps that only read, each third is a point unless all are asked for: at the others nothing else is true. */
function step(server, name) {
  if (server === 'imap' && isReading && (readings += 1) % readingStride !== 0) return;
  point(name);
}

function watchNetwork() {
  const { connect, write, push } = Socket.prototype;
  Socket.prototype.connect = function watched(...args) {
    // net.connect() hands its arguments on in a list of its own.
    const [options] = Array.isArray(args[0]) ? args[0] : args;
    if (options?.port === smtpPort) smtpCalled = true;
    return connect.apply(this, args);
  };
  Socket.prototype.write = function watched(piece, ...rest) {
    const server = nameOf(this);
    if (server === 'imap' && verbOf(piece) === 'APPEND') filed += 1;
    if (server === 'imap') isReading = readingVerbs.test(verbOf(piece));
    if (server !== null) step(server, `before ${server} write ${verbOf(piece)}`);
    return write.call(this, piece, ...rest);
  };
  Socket.prototype.push = function watched(piece, ...rest) {
    const server = piece === null ? null : nameOf(this);
    if (server !== null) step(server, `at ${server} answer ${verbOf(piece)}`);
    return push.call(this, piece, ...rest);
  };
}

if (isMainThread) {
  watchDatabase();
  watchFiles();
  watchNetwork();
}
