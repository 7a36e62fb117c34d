/** Runs a program of the system by its arguments, with a deadline and no shell. Never throws: what it said is the answer. */
import { execFile, spawn } from 'node:child_process';

const deadlineMs = 20_000;

/** @returns code null when it could not be run or did not end in time; `out`: all that it said */
export function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number | null; out: string }> {
  return new Promise((done) => {
    const options = { env, timeout: deadlineMs, killSignal: 'SIGKILL' as const, maxBuffer: 1_000_000 };
    execFile(program, args, options, (error, stdout, stderr) => {
      const out = `${stdout}${stderr}`;
      if (error === null) return done({ code: 0, out });
      const isExit = typeof error.code === 'number';
      done({ code: isExit ? (error.code as number) : null, out: isExit ? out : `${out}${error.message}` });
    });
  });
}

/** What it says goes to the terminal; Ctrl-C ends it. @returns null when it could not be run */
export function follow([program, ...args]: readonly [string, ...string[]]): Promise<number | null> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => done(null));
    child.once('close', (code) => done(code ?? 0));
  });
}
