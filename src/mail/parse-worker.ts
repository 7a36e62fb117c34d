/**
 * The body of a parsing thread: one message after the other, answers handed over in groups. Says at which message it
 * is, so that a thread that hangs can be ended and the message named. Decides nothing.
 */
import { serialize } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import type { ParseJob, ParseReply } from './parser.ts';

// mailparser makes an error for each part it closes and drops it: taking down where from is what it costs. Of a fault only
// the message is handed on.
Error.stackTraceLimit = 0;

// Beside the program's own start: there are two processors, and the first message would wait for it.
const loading = import('./parse.ts');
let giveUpReading: ((error: Error) => boolean) | undefined;
void loading.then(
  (parsing) => {
    giveUpReading = parsing.giveUpReading;
  },
  // said where a message is answered
  () => {},
);

// A fault inside a library's stream is nobody's to catch: the message at hand is then read by its header alone.
process.on('uncaughtException', (error) => {
  giveUpReading?.(error);
});

const groupSize = 8;
const current = workerData as Int32Array;
const queue: ParseJob[] = [];
let working = false;

async function work(): Promise<void> {
  working = true;
  let replies: ParseReply[] = [];
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) {
    Atomics.store(current, 0, job.id);
    replies.push(await answer(job));
    if (replies.length >= groupSize || queue.length === 0) {
      parentPort?.postMessage(replies);
      replies = [];
    }
  }
  working = false;
}

async function answer({ id, source, options }: ParseJob): Promise<ParseReply> {
  try {
    const { parse } = await loading;
    return { id, packed: serialize(await parse(source, options)) };
  } catch (error) {
    return { id, fault: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (jobs: ParseJob[]) => {
  queue.push(...jobs);
  if (!working) void work();
});
