/**
 * Tells open pages that something changed, as server-sent events (HTML Standard, section 9.2): what changed they ask for
 * themselves. Looks at the database only while somebody listens.
 */
import { streamSSE } from 'hono/streaming';
import type { Desk } from '../app.ts';
import { changeMark } from '../desk/views/changes.ts';
import type { PageContext } from './page.ts';

const lookMs = 1000;
/** A browser opens six connections to one host; a person has a few windows. */
const mostReaders = 12;

export function newsOf(desk: Desk) {
  const readers = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let mark = '';

  function look(): void {
    const current = desk.store.read(changeMark);
    if (current === mark) return;
    mark = current;
    for (const tell of readers) tell();
  }

  function begin(tell: () => void): void {
    if (readers.size === 0) {
      mark = desk.store.read(changeMark);
      timer = setInterval(look, lookMs);
    }
    readers.add(tell);
  }

  function end(tell: () => void): void {
    readers.delete(tell);
    if (readers.size === 0) clearInterval(timer);
  }

  return {
    readers: () => readers.size,
    stop: () => clearInterval(timer),
    stream(c: PageContext): Response {
      if (readers.size >= mostReaders) return c.text('too many pages are open\n', 503);
      return streamSSE(c, async (stream) => {
        const tell = () => void stream.writeSSE({ event: 'news', data: '' });
        begin(tell);
        const gone = new Promise<void>((resolve) => stream.onAbort(resolve));
        await stream.writeSSE({ event: 'hello', data: '' });
        await gone;
        end(tell);
      });
    },
  };
}
