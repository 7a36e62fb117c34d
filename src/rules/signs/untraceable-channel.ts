/** Chats instead of mail: what is agreed there leaves no trace of its own. */
import { sign, speaks, tooFew } from '../sign.ts';

const limits = { chats: 3 } as const;
const weighing = 10;

export const untraceableChannel = sign({
  name: 'untraceable-channel',
  weight: 1,
  type: 'at-any-hour',
  answer: 'by-mail',
  rule({ log }) {
    const chats = log.filter((entry) => entry.direction !== 'out' && (entry.kind === 'chat' || isNamed(entry.via)));
    if (chats.length === 0) return null;
    const evidence = chats.slice(-5).map((entry) => ({ logId: entry.id }));
    const via = [...new Set(chats.flatMap((chat) => (isNamed(chat.via) ? [chat.via] : [])))];
    const shown = { code: 'shows-untraceable-channel', chats: chats.length, via } as const;
    return chats.length < limits.chats
      ? tooFew(shown, evidence)
      : speaks(Math.max(0.4, chats.length / weighing), shown, evidence);
  },
});

/** Of a call: by an app rather than by phone. */
function isNamed(via: string | null | undefined): via is string {
  return typeof via === 'string' && !/^(?:phone|telefono|mail|email|e-mail)$/.test(via);
}
