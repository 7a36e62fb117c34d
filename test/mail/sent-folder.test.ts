/** Which folder holds sent mail, by the server's mark or by the names that mail programs give it. */
import type { ListResponse } from 'imapflow';
import { describe, expect, it } from 'vitest';
import { isLoopback } from '../../src/mail/loopback.ts';
import { sentPath } from '../../src/mail/sent-folder.ts';

function folder(path: string, changes: Partial<ListResponse> = {}): ListResponse {
  const name = path.slice(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1);
  return { path, name, flags: new Set<string>(), ...changes } as ListResponse;
}

describe('the folder of sent mail', () => {
  it.each([
    ['Posta inviata'],
    ['INBOX.Sent'],
    ['INBOX.Sent Items'],
    ['[Gmail]/Posta inviata'],
    ['Elementi inviati'],
    ['SENT'],
    ['Gesendete Elemente'],
  ])('is known by its name %s', (path) => {
    expect(sentPath([folder('INBOX'), folder('Drafts'), folder(path)])).toBe(path);
  });

  it('is the one the server marks, whatever others are called', () => {
    const marked = folder('Ufficio', { specialUse: '\\Sent', specialUseSource: 'extension' });
    expect(sentPath([folder('Sent'), marked])).toBe('Ufficio');
  });

  it('is none where no name fits, and never a folder that cannot be opened', () => {
    expect(sentPath([folder('INBOX'), folder('Sent to clients')])).toBeNull();
    expect(sentPath([folder('Sent', { flags: new Set(['\\Noselect']) })])).toBeNull();
  });
});

describe('this machine', () => {
  it.each(['127.0.0.1', '127.8.9.1', 'localhost', '::1'])('is %s', (host) => expect(isLoopback(host)).toBe(true));
  it.each(['127.0.0.1.evil.example', 'localhost.evil.example', '0.0.0.0', '192.168.1.1', '', '1270.0.0.1'])(
    'is not %s',
    (host) => expect(isLoopback(host)).toBe(false),
  );
});
