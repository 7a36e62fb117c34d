/** `paletti notices`: what the owner has to know or decide, until marked as seen. */
import type { Command } from 'commander';
import { noticesSeen } from '../desk/sending.ts';
import { AppError } from '../errors.ts';
import { unseenNotices } from '../store/notices.ts';
import { standingNotices } from '../store/standing-notices.ts';
import { parseIds, type Picked, reading, withDesk } from './command.ts';
import type { Ways } from './ways.ts';

export function addTo(program: Command, ways: Ways): void {
  const notices = program
    .command('notices')
    .summary('what you have to know or decide')
    .description('What you have to know or decide.');
  reading(notices.command('list', { isDefault: true }))
    .description('Notices not yet seen.')
    .action((_options, command: Command) =>
      withDesk(ways, command, ({ desk, out, json, now, zone, voice }) => {
        const { notices: words } = voice.t.daily;
        const found = desk.store.read((r) => standingNotices(r, now, zone));
        if (json) return out.json(found);
        if (found.length === 0) return out.say(words.none);
        const approvals = found.filter(({ key }) => key.startsWith('approve/'));
        const isMany = approvals.length > fewApprovals;
        for (const { id, at, told } of isMany ? found.filter((one) => !approvals.includes(one)) : found) {
          const { text, next } = voice.told(told);
          out.data(`${id}  ${voice.moment(at)}  ${text}`);
          if (next !== '') out.data(`     ${words.next(next)}`);
        }
        if (isMany) {
          out.data(`${numbersOf(approvals)}  ${words.approvals(approvals.length)}`);
          out.data(`     ${words.approve}`);
        }
        out.say(`\n${words.done}`);
      }),
    );
  notices
    .command('seen')
    .description('Mark notices as seen.')
    .argument('<ids...>', 'their numbers: 3 5, 1,2 or 1-20; or: all')
    .action((ids: string[], _options, command: Command) =>
      withDesk(ways, command, ({ desk, out, voice }) => {
        const known = desk.store.read((r) => unseenNotices(r)).map((notice) => notice.id);
        const seen = parseIds(ids, 'notice', () => known).flatMap((picked) => knownId(picked, known));
        if (ids.includes('all')) noticesSeen(desk, 'all');
        else for (const id of seen) noticesSeen(desk, id);
        out.say(voice.t.daily.notices.seen(seen.length));
        out.did({ seen });
      }),
    );
}

/** More of them are told in one line: the outbox lists them. */
const fewApprovals = 3;

function numbersOf(notices: readonly { id: number }[]): string {
  return `${notices[0]?.id}-${notices.at(-1)?.id}`;
}

function knownId({ id, isNamed }: Picked, known: readonly number[]): number[] {
  if (known.includes(id)) return [id];
  if (!isNamed) return [];
  throw new AppError('not-found', { code: 'no-notice', id });
}
