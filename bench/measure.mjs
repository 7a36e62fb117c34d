/**
 * Small tools of the measurements: child processes with their peak memory, percentiles, tables, temporary folders.
 * Measures; judges nothing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const cleanups = [];

/** A folder that is gone at the end of the run. */
export function temporaryFolder(name) {
  const path = mkdtempSync(join(tmpdir(), `paletti-bench-${name}-`));
  cleanups.push(() => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }));
  return path;
}

export function atEnd(work) {
  cleanups.push(work);
}

/** What was begun last is ended first. */
export async function cleanUp() {
  for (const work of cleanups.splice(0).toReversed()) await work();
}

export async function timed(work) {
  const started = performance.now();
  const result = await work();
  return { ms: performance.now() - started, result };
}

export function percentile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

export const median = (values) => percentile(values, 0.5);

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Where an installed program is; null when it is not. */
export function installed(program) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A program begun now. `ended` gives its time, its exit code and the most memory it held (Linux only). */
export function started(program, args, options = {}) {
  const begun = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let output = '';
  let errors = '';
  let peakMb = 0;
  let cpuMs = 0;
  child.stdout?.on('data', (data) => (output += data));
  child.stderr?.on('data', (data) => (errors += data));
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, memoryOf(child.pid).peakMb);
    cpuMs = Math.max(cpuMs, processorTime(child.pid));
  }, 50);
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => {
      clearInterval(watch);
      resolve({ ms: performance.now() - begun, code, peakMb, cpuMs, output, errors });
    });
  });
  return { child, ended, said: () => output + errors };
}

/** Runs a program to its end. @throws Error when it fails */
export async function run(program, args, options = {}) {
  const { allowFailure, ...rest } = options;
  const result = await started(program, args, rest).ended;
  if (result.code !== 0 && allowFailure !== true)
    throw new Error(`${program} ${args.join(' ')} ended with ${result.code}: ${result.errors.slice(-1000)}`);
  return result;
}

/** What others have written goes to the disk now: whoever is measured next would otherwise wait for it at each commit. */
export function writeOut() {
  spawnSync('sync');
}

/** In MB; zeros where the system does not tell. */
export function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const read = (name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
    return { peakMb: read('VmHWM'), residentMb: read('VmRSS') };
  } catch {
    return { peakMb: 0, residentMb: 0 };
  }
}

const ticksPerSecond = Number(spawnSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }).stdout) || 100;

/** In milliseconds, of all its threads; 0 where the system does not tell. */
function processorTime(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
  } catch {
    return 0;
  }
}

/** Processor time in milliseconds of all its threads, and how often the main one was woken. */
export function workOf(pid) {
  const cpuMs = processorTime(pid);
  const wakeUps = Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return { cpuMs, wakeUps };
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function note(line) {
  process.stderr.write(`  ${line}\n`);
}

/** @param rows objects with the same keys, which are the headings */
export function table(title, rows) {
  say(`\n${title}`);
  if (rows.length === 0) return;
  const keys = Object.keys(rows[0]);
  const cells = [keys, ...rows.map((row) => keys.map((key) => shown(row[key])))];
  const widths = keys.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) => `  ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')}`;
  say(line(cells[0]));
  say(`  ${widths.map((width) => '-'.repeat(width)).join('  ')}`);
  for (const row of cells.slice(1)) say(line(row));
}

function shown(value) {
  if (value === null || value === undefined) return '-';
  if (typeof value !== 'number') return String(value);
  return Math.abs(value) >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(value < 1 ? 2 : 1);
}
