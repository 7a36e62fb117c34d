/** `paletti notices`: what the owner has to know or decide, until marked as seen. */
import type { Command } from 'commander';
import { noticesSeen } from '../desk/sending.ts';
import { AppError } from '../errors.ts';
import { unseenNotices } from '../store/notices.ts';
import { parseId, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';
import { moment, several } from './words.ts';

export function addTo(program: Command, ways: Ways): void {
  const notices = program
    .command('notices')
    .summary('what you have to know or decide')
    .description('What you have to know or decide.');
  reading(notices.command('list', { isDefault: true }))
    .description('Notices not yet seen.')
    .action((_options, command: Command) =>
      withDesk(ways, command, ({ desk, out, json, now, zone }) => {
        const found = desk.store.read((r) => unseenNotices(r));
        if (json) return out.json(found);
        if (found.length === 0) return out.say('Nothing new.');
        for (const { id, at, text, next } of found) {
          out.data(`${id}  ${moment(at, now, zone)}  ${text}`);
          if (next !== '') out.data(`     next: ${next}`);
        }
        out.say('\nWhen done: paletti notices seen ID, or all');
      }),
    );
  notices
    .command('seen')
    .description('Mark notices as seen.')
    .argument('<ids...>', 'their numbers, or: all')
    .action((ids: string[], _options, command: Command) =>
      withDesk(ways, command, ({ desk, out }) => {
        const known = desk.store.read((r) => unseenNotices(r)).map((notice) => notice.id);
        if (ids.includes('all')) noticesSeen(desk, 'all');
        else for (const id of ids) noticesSeen(desk, knownId(id, known));
        out.say(`${several(ids.includes('all') ? known.length : ids.length, 'notice')} seen.`);
      }),
    );
}

function knownId(text: string, known: readonly number[]): number {
  const id = parseId(text, 'notice');
  if (known.includes(id)) return id;
  throw new AppError('not-found', `there is no unseen notice ${id}`, { next: 'See: paletti notices' });
}
