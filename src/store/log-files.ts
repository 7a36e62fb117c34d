/**
 * Files kept with what the owner logged: a screenshot of an attack, a chat as it was exported. The bytes stand in the
 * database, with the digest taken when they were taken in; nothing changes them afterwards.
 */
import { sha256 } from '../rules/digest.ts';
import type { Reader, Writer } from './database.ts';

export interface LogFile {
  id: number;
  logId: number;
  clientId: number;
  /** as it was called on the owner's machine, without its folder */
  name: string;
  /** in hex */
  sha256: string;
}

const columns = 'id, log_id AS logId, client_id AS clientId, name, sha256';

/** The same bytes with the same entry are kept once. */
export function addLogFile(
  w: Writer,
  { logId, clientId, name, bytes }: Omit<LogFile, 'id' | 'sha256'> & { bytes: Uint8Array },
): LogFile {
  const digest = sha256(bytes);
  w.run(
    'INSERT OR IGNORE INTO log_files (log_id, client_id, name, sha256, bytes) VALUES (?, ?, ?, ?, ?)',
    ...[logId, clientId, name, digest, bytes],
  );
  const sql = `SELECT ${columns} FROM log_files WHERE log_id = ? AND sha256 = ?`;
  return w.get<LogFile>(sql, logId, digest) as LogFile;
}

/** In the order in which they were kept; without their bytes. */
export function logFiles(r: Reader, clientId: number): LogFile[] {
  return r.all<LogFile>(`SELECT ${columns} FROM log_files WHERE client_id = ? ORDER BY id`, clientId);
}

export function bytesOfLogFile(r: Reader, id: number): Uint8Array | undefined {
  return r.get<{ bytes: Uint8Array }>('SELECT bytes FROM log_files WHERE id = ?', id)?.bytes;
}
