/** What a mail server refused, or why it was not reached, as its owner reads it. */
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { sayFault } from '../../src/words/voice.ts';

describe('what a mail server said no to', () => {
  it('is told in both languages, with what it answered and what to change', () => {
    const refused = new AppError('login-refused', {
      code: 'imap-login-refused',
      words: 'NO bad password',
      advice: null,
    });
    expect(sayFault(refused, 'en').what).toBe('the mail server refused the login: NO bad password');
    expect(sayFault(refused, 'it')).toEqual({
      what: 'il server di posta ha rifiutato l’accesso: NO bad password',
      next: expect.stringContaining('paletti doctor'),
    });
    const lost = new AppError('unreachable', {
      code: 'imap-lost',
      what: 'connect',
      words: 'ECONNREFUSED',
      isPlace: true,
    });
    expect(sayFault(lost, 'it').what).toBe(
      'il server di posta non si raggiunge o si è perso (collegamento): ECONNREFUSED',
    );
    const tls = { code: 'imap-no-tls', trouble: 'expired', name: 'CERT_HAS_EXPIRED', words: '' } as const;
    expect(sayFault(new AppError('unreachable', tls), 'it').what).toBe(
      'non c’è un collegamento sicuro (TLS): il certificato del server è scaduto; deve rinnovarlo chi lo gestisce (CERT_HAS_EXPIRED)',
    );
  });
});
