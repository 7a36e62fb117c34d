/**
 * A ZIP of invoices -> its files (APPNOTE 6.3: stored and deflated). Reads by the central directory, with limits on how
 * many and how large; folders inside and the system files of a Mac are passed over. Nothing is written to a disk.
 */
import { inflateRawSync } from 'node:zlib';
import { largestBytes } from './decode.ts';
import { Refusal } from './refusal.ts';

export interface ZipEntry {
  name: string;
  bytes: Uint8Array;
}

const mostEntries = 5000;
const mostTogether = 200_000_000;
const endMark = 0x06054b50;
const entryMark = 0x02014b50;

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 0x03 || bytes[2] === 0x05);
}

/** @throws Refusal 'broken', 'too-large', 'encrypted' */
export function filesInZip(bytes: Uint8Array): ZipEntry[] {
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 22 > zip.length || zip.readUInt32LE(end) !== endMark) throw broken();
  const count = zip.readUInt16LE(end + 10);
  if (count > mostEntries)
    throw new Refusal('too-large', `The ZIP holds ${count} files; at most ${mostEntries} are read.`);
  return readEntries(zip, zip.readUInt32LE(end + 16), count);
}

function readEntries(zip: Buffer, from: number, count: number): ZipEntry[] {
  const found: ZipEntry[] = [];
  let together = 0;
  for (let at = from, left = count; left > 0; left -= 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== entryMark) throw broken();
    const name = zip.subarray(at + 46, at + 46 + zip.readUInt16LE(at + 28)).toString('utf8');
    if (isWanted(name)) {
      const bytes = unpack(zip, at);
      together += bytes.length;
      if (together > mostTogether) throw new Refusal('too-large', 'The files in the ZIP are too large together.');
      found.push({ name, bytes });
    }
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return found;
}

function isWanted(name: string): boolean {
  return !name.endsWith('/') && !name.startsWith('__MACOSX/') && !name.includes('/.') && !name.startsWith('.');
}

function unpack(zip: Buffer, entry: number): Uint8Array {
  const [flags, method] = [zip.readUInt16LE(entry + 8), zip.readUInt16LE(entry + 10)];
  const [packed, size] = [zip.readUInt32LE(entry + 20), zip.readUInt32LE(entry + 24)];
  const local = zip.readUInt32LE(entry + 42);
  if ((flags & 1) === 1) throw new Refusal('encrypted', 'The ZIP has a password.', { next: 'Unpack it first.' });
  if (size > largestBytes) throw new Refusal('too-large', 'A file in the ZIP is too large.');
  if (local + 30 > zip.length) throw broken();
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(start, start + packed);
  if (data.length !== packed) throw broken();
  if (method === 0) return data;
  if (method !== 8) throw new Refusal('broken', `The ZIP packs in a way (${method}) that is not read.`, nextStep);
  return inflate(data, size);
}

function inflate(data: Buffer, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw broken();
  }
}

const nextStep = { next: 'Download the ZIP again, or unpack it and give the files.' };

function broken(): Refusal {
  return new Refusal('broken', 'The ZIP is damaged or cut off.', nextStep);
}
