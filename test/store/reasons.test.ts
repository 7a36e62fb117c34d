/** Reasons are kept as values; what an earlier program wrote as sentences stays, and its journal still verifies. */
import { join } from 'node:path';
import { Sqlite } from '../../src/store/driver.ts';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/rules/digest.ts';
import { caseById } from '../../src/store/cases.ts';
import { entries, note, verifyJournal } from '../../src/store/journal.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { unseenNotices } from '../../src/store/notices.ts';
import { lastFullWhy } from '../../src/store/outbox-queue.ts';
import { letterById } from '../../src/store/outbox.ts';
import { pausedNow } from '../../src/store/pause.ts';
import { fileStore, now, tempDir } from './make.ts';

/** The schema as it was before reasons were values. */
const before = 12;

/** Two lines of a journal, hashed as they were then. */
function journalOf(sentences: readonly string[]): { rows: unknown[][]; head: string } {
  let previous = '0'.repeat(64);
  const at = '2026-11-23T09:00:00Z';
  const rows = sentences.map((why, index) => {
    const id = index + 1;
    const body = JSON.stringify({ data: null, why });
    const digest = sha256(body);
    const hash = sha256(JSON.stringify([previous, id, at, 'case-decided', 'case/6', 7, digest]));
    const row = [id, at, 'case-decided', 'case/6', 7, body, digest, previous, hash];
    previous = hash;
    return row;
  });
  return { rows, head: `${sentences.length} ${previous}` };
}

function written(): string {
  const path = join(tempDir(), 'paletti.db');
  const raw = new Sqlite(path);
  for (const sql of migrations.slice(0, before)) raw.exec(sql);
  raw.pragma(`user_version = ${before}`);
  raw.pragma(`application_id = ${0x50414c45}`);
  raw.exec(`
    INSERT INTO clients (id, name, name_key, kind, language, tone, payment_terms, created_at)
      VALUES (7, 'Bianchi', 'bianchi', 'business', 'it', 'formal', '{"days":30}', '2026-11-23T09:00:00Z');
    INSERT INTO cases (id, client_id, currency, cycle, state, opened_at, why)
      VALUES (6, 7, 'EUR', 1, 'open', '2026-11-23T09:00:00Z', 'nothing is overdue'),
        (8, 7, 'USD', 1, 'open', '2026-11-23T09:00:00Z', '');
    INSERT INTO letters (id, key, kind, state, mailbox, language, tone, recipient, recipient_name, sender, subject, text,
        facts, approval, not_before, why, waits_for, reference_ids, created_at)
      VALUES (1, 'a', 'payment-reminder', 'held', 'studio', 'it', 'formal', 'luca@bianchi.example', '', 'me@studio.example',
        's', 't', '{}', 'auto', '2026-11-23T09:00:00Z', 'three days "late"', 'outside contact hours', '[]', '2026-11-23T09:00:00Z');
    INSERT INTO notices (key, at, text, next) VALUES ('a', '2026-11-23T09:00:00Z', 'It waits.', 'paletti outbox'),
      ('b', '2026-11-23T09:00:01Z', 'It went.', '');
    INSERT INTO facts (key, value) VALUES ('sending.paused', 'holiday'), ('sending.pausedUntil', ''), ('sending.fullWhy', 'the cap is 20');`);
  const { rows, head } = journalOf(['it was due', 'è "scaduta"']);
  const columns = 'id, at, kind, subject, client_id, body, body_sha256, prev_hash, hash';
  for (const row of rows) raw.prepare(`INSERT INTO journal (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(row);
  raw.prepare("INSERT INTO facts (key, value) VALUES ('journal/head', ?)").run(head);
  raw.close();
  return path;
}

describe('a database of before', () => {
  it('says what it said, word by word', () => {
    const store = fileStore(written());
    store.read((r) => {
      expect(letterById(r, 1)).toMatchObject({
        why: { code: 'as-written', text: 'three days "late"' },
        waitsFor: { code: 'as-written', text: 'outside contact hours' },
        lastError: null,
        endedWhy: null,
      });
      expect([caseById(r, 6)?.why, caseById(r, 8)?.why]).toEqual([
        { code: 'as-written', text: 'nothing is overdue' },
        null,
      ]);
      expect(unseenNotices(r).map(({ told }) => told)).toEqual([
        { code: 'as-written', text: 'It waits.', next: 'paletti outbox' },
        { code: 'as-written', text: 'It went.', next: '' },
      ]);
      expect(pausedNow(r, now)?.why).toEqual({ code: 'as-written', text: 'holiday' });
      expect(lastFullWhy(r)).toEqual({ code: 'as-written', text: 'the cap is 20' });
    });
  });

  it('has a journal that verifies, and goes on from where it was', () => {
    const store = fileStore(written());
    expect(store.read(verifyJournal)).toMatchObject({ ok: true, count: 2 });
    const why = { code: 'after-closing', at: '21:04', closedAt: '18:00' } as const;
    store.write(now, (w) => note(w, { kind: 'letter-waits', subject: 'letter/1', why }));
    expect(store.read(verifyJournal)).toMatchObject({ ok: true, count: 3 });
    expect(store.read((r) => entries(r).map((entry) => entry.why))).toEqual([
      { code: 'as-written', text: 'it was due' },
      { code: 'as-written', text: 'è "scaduta"' },
      why,
    ]);
  });
});
