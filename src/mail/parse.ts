/**
 * Bytes -> ParsedMail. Decoding is mailparser's; what is kept, how long it may be, and what is a client's own text is
 * decided here. Runs where it is called, with a deadline; parser.ts moves it to threads. The Date header is only text.
 */
import { AppError } from '../errors.ts';
import type { Address, Attachment, Header, ParsedMail } from '../rules/message.ts';
import { addrSpec } from './addr-spec.ts';
import { manyLines, oneLine } from './clean.ts';
import {
  cleanHeader,
  firstValue,
  isHeaderCut,
  type RawHeader,
  type SplitMessage,
  shortHeader,
  splitHeader,
  splitMessage,
} from './header-lines.ts';
import { deliveryStatuses } from './delivery-report.ts';
import { htmlToText } from './html-text.ts';
import { messageIdOf, messageIds } from './identifiers.ts';
import { htmlMark, leaveOut, sizeLeftOut } from './leave-out.ts';
import { type MimeAttachment, type MimePart, type MimeTree, readTree } from './mime-tree.ts';
import { newTextOf } from './new-text.ts';

export { giveUpReading } from './mime-tree.ts';

export interface ParseOptions {
  /** the source ends early: the size of its last attachment is not known */
  truncated?: boolean;
  /** milliseconds for one reading of the parts; default 4,000 */
  deadlineMs?: number;
  /** why the parts are not to be read: an earlier reading did not end */
  headerOnly?: string;
}

/** What is behind this many bytes is not looked at. */
const largestSource = 1_048_576;
const longestText = 262_144;
const longestSubject = 998;
const longestName = 256;
const mostAddresses = 100;
const mostAttachments = 100;
const mostParts = 200;
const mostParameters = 20;
const mostReferences = 100;

/**
 * @returns the mail; when its parts cannot be read, its header alone, with an empty text
 * @throws AppError 'bad-input' when not even the header can be read
 */
export async function parse(source: Uint8Array, options: ParseOptions = {}): Promise<ParsedMail> {
  const whole = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const bytes = whole.subarray(0, largestSource);
  const truncated = options.truncated === true || bytes.length < whole.length;
  const deadlineMs = options.deadlineMs ?? 4_000;
  const message = splitMessage(bytes);
  const parsed =
    options.headerOnly === undefined
      ? await readOrHeader(message, { truncated, deadlineMs })
      : await headerOnly(message.lines, { deadlineMs, cause: new Error(options.headerOnly) });
  return isHeaderCut(bytes, message.lines, { truncated }) ? { ...parsed, headerCut: true } : parsed;
}

async function readOrHeader(message: SplitMessage, options: ReadOptions): Promise<ParsedMail> {
  const { deadlineMs } = options;
  try {
    const mail = await readMail(message, options);
    return (await unwrapped(mail, { deadlineMs })) ?? mail.parsed;
  } catch (cause) {
    return headerOnly(message.lines, { deadlineMs, cause });
  }
}

interface Read {
  parsed: ParsedMail;
  attachments: MimeAttachment[];
}

interface ReadOptions {
  truncated: boolean;
  deadlineMs: number;
}

/** First without attachments and HTML twins; whole when a twin turns out to be wanted. */
async function readMail({ lines, essential }: SplitMessage, { truncated, deadlineMs }: ReadOptions): Promise<Read> {
  const light = leaveOut(essential, { html: !essential.includes(htmlMark) });
  const tree = await readTree(light.bytes, deadlineMs);
  const text = readable(tree.root);
  if (!text.includes(htmlMark) || light.bytes === essential)
    return assembled(tree, { lines, text, sizes: light.sizes, truncated });
  const full = leaveOut(essential, { html: false });
  const again = await readTree(full.bytes, deadlineMs);
  return assembled(again, { lines, text: readable(again.root), sizes: full.sizes, truncated });
}

/** The inner message of a PEC transport envelope (RFC 6109, section 3.1.4), or null when the mail is none. */
async function unwrapped(outer: Read, { deadlineMs }: { deadlineMs: number }): Promise<ParsedMail | null> {
  const envelope = outer.parsed;
  const transport = envelope.headers.find((line) => line.name === 'x-trasporto');
  if (transport === undefined || !/^posta-certificata/i.test(transport.value)) return null;
  const messages = outer.attachments.filter((part) => part.contentType === 'message/rfc822');
  const inner = messages.find((part) => part.filename.toLowerCase() === 'postacert.eml') ?? messages[0];
  if (inner === undefined) return null;
  const { parsed } = await readMail(splitMessage(inner.content), { truncated: false, deadlineMs });
  return parsed.from === null ? null : joined(envelope, parsed);
}

/**
 * The inner mail under the Message-ID of the envelope: a mail program that answers refers to the envelope, the
 * sender knows only the inner one, so that one stands among the references.
 */
function joined(envelope: ParsedMail, inner: ParsedMail): ParsedMail {
  const own = inner.messageId === null ? [] : [inner.messageId];
  const marks = envelope.headers.filter(
    (line) => line.name.startsWith('x-trasporto') || line.name.startsWith('x-riferimento'),
  );
  // What a server found out, the owner's found out about the envelope; inside, anybody may have written it.
  const isFinding = (line: Header) => line.name === 'authentication-results';
  return {
    ...inner,
    messageId: envelope.messageId ?? inner.messageId,
    references: [...inner.references, ...own].slice(-mostReferences),
    headers: [...envelope.headers.filter(isFinding), ...inner.headers.filter((line) => !isFinding(line)), ...marks],
    unwrapped: true,
  };
}

/** The header is written anew, short and without structure, so that its words are still decoded. */
async function headerOnly(
  lines: RawHeader[],
  { deadlineMs, cause }: { deadlineMs: number; cause: unknown },
): Promise<ParsedMail> {
  try {
    const tree = await readTree(shortHeader(lines), deadlineMs);
    const { parsed } = assembled(tree, { lines, text: '', sizes: [], truncated: true });
    const [type] = (firstValue(lines, 'content-type') ?? 'text/plain').split(';');
    return { ...parsed, contentType: oneLine((type as string).toLowerCase(), 100) };
  } catch {
    throw new AppError('bad-input', `the message cannot be read: ${faultText(cause)}`, {
      next: 'Look at it in your mail program; Paletti does nothing with it.',
      cause,
    });
  }
}

function faultText(cause: unknown): string {
  return cause instanceof Error ? oneLine(cause.message, 200) : 'unknown fault';
}

interface Parts {
  lines: RawHeader[];
  text: string;
  sizes: readonly (number | null)[];
  truncated: boolean;
}

function assembled(tree: MimeTree, { lines, text, sizes, truncated }: Parts): Read {
  const { root, attachments } = tree;
  const parts = [...everyPart(root)].slice(0, mostParts);
  const headers = cleanHeader(lines);
  const shown = manyLines(text, longestText).trim();
  const sender = senderOf(root.headers.get('sender'));
  const from = authorOf(root.headers.get('from'), sender);
  const parsed: ParsedMail = {
    messageId: messageIdOf(firstValue(lines, 'message-id')),
    inReplyTo: messageIds(firstValue(lines, 'in-reply-to')).slice(0, mostReferences),
    references: messageIds(firstValue(lines, 'references')).slice(-mostReferences),
    from,
    sender,
    replyTo: addressesOf(root.headers.get('reply-to')),
    to: addressesOf(root.headers.get('to')),
    cc: addressesOf(root.headers.get('cc')),
    subject: oneLine(asText(root.headers.get('subject')), longestSubject),
    dateHeader: dateText(lines),
    headers,
    contentType: typeOf(root),
    contentTypeParameters: parametersOf(root),
    partTypes: parts.map(typeOf),
    ...calendarOf(parts, attachments),
    text: shown,
    // A report is nobody's own words.
    newText: typeOf(root) === 'multipart/report' ? shown : newTextOf(shown),
    attachments: attachments.slice(0, mostAttachments).map((part, index, all) => {
      const last = truncated && index === all.length - 1;
      return named(part, last ? null : sizeOf(part, sizes));
    }),
    reportedMessageIds: isReport(headers, typeOf(root), from) ? reportedIn(parts, attachments) : [],
    ...statusesOf(parts, attachments),
    unwrapped: false,
  };
  return { parsed, attachments };
}

function dateText(lines: RawHeader[]): string | null {
  const value = firstValue(lines, 'date');
  return value === undefined ? null : oneLine(value, 200);
}

// --- addresses ---

interface ParsedAddress {
  name?: string;
  address?: string;
  group?: ParsedAddress[];
}

function addressesOf(field: unknown): Address[] {
  return entriesOf(field)
    .map(addressOf)
    .filter(({ name, address }) => address !== '' || name !== '')
    .slice(0, mostAddresses);
}

/** The first of a field that should hold one. An entry without a usable address keeps its name, for the record. */
function senderOf(field: unknown): Address | null {
  const [first] = entriesOf(field);
  return first === undefined ? null : addressOf(first);
}

/** Of several authors the one who sent it (RFC 5322, section 3.6.2), else the first. */
function authorOf(field: unknown, sender: Address | null): Address | null {
  const first = senderOf(field);
  if (sender === null || first === null || first.address === sender.address) return first;
  return addressesOf(field).find(({ address }) => address !== '' && address === sender.address) ?? first;
}

/** mailparser gives { value } or, for a repeated field, a list of them; groups are opened. */
function entriesOf(field: unknown): ParsedAddress[] {
  const fields = (Array.isArray(field) ? field : [field]) as ({ value?: ParsedAddress[] } | undefined)[];
  const entries = fields.flatMap((one) => (Array.isArray(one?.value) ? one.value : []));
  return entries.slice(0, mostAddresses * 2).flatMap((entry) => entry.group ?? [entry]);
}

function addressOf({ name = '', address = '' }: ParsedAddress): Address {
  return { name: oneLine(name, longestName), address: addrSpec(address) };
}

// --- structure ---

function* everyPart(part: MimePart): Generator<MimePart> {
  yield part;
  for (const child of part.children) yield* everyPart(child);
}

function typeOf(part: MimePart): string {
  return oneLine((part.contentType || 'text/plain').toLowerCase(), 100);
}

function parametersOf(part: MimePart): Record<string, string> {
  const field = part.headers.get('content-type') as { params?: Record<string, string> } | undefined;
  const entries = Object.entries(field?.params ?? {}).slice(0, mostParameters);
  return Object.fromEntries(
    entries.map(([key, value]) => [oneLine(key.toLowerCase(), 100), oneLine(asText(value).toLowerCase(), 200)]),
  );
}

function asText(value: unknown): string {
  const one = Array.isArray(value) ? value.at(-1) : value;
  return typeof one === 'string' ? one : '';
}

/** The text to read: of alternatives the plain one, if it says anything; of the others each, in order. */
function readable(part: MimePart): string {
  const type = typeOf(part);
  if (type === 'multipart/alternative') return bestOf(part.children);
  if (part.children.length > 0) return part.children.map(readable).filter(isSaid).join('\n\n');
  const content = part.textContent ?? '';
  return type === 'text/html' && content.trim() !== htmlMark ? htmlToText(content, longestText) : content;
}

function bestOf(alternatives: MimePart[]): string {
  const plain = alternatives
    .filter((part) => typeOf(part) === 'text/plain')
    .map(readable)
    .find(isSaid);
  return plain ?? alternatives.map(readable).filter(isSaid).at(-1) ?? '';
}

function isSaid(text: string): boolean {
  return text.trim() !== '';
}

function named(part: MimeAttachment, sizeBytes: number | null): Attachment {
  return { name: oneLine(part.filename, longestName), type: oneLine(part.contentType, 100), sizeBytes };
}

function sizeOf(part: MimeAttachment, sizes: readonly (number | null)[]): number | null {
  const leftOut = sizeLeftOut(part.content, sizes);
  return leftOut === undefined ? part.content.length : leftOut;
}

/** METHOD stands in the type (RFC 5545, section 8.1; RFC 6047), or only in the calendar itself. */
function calendarOf(
  parts: MimePart[],
  attachments: MimeAttachment[],
): Pick<ParsedMail, 'calendarMethod' | 'calendarOrganizer'> {
  const calendar = parts.find((part) => typeOf(part) === 'text/calendar');
  if (calendar === undefined) return { calendarMethod: null };
  const file = attachments.find((part) => part.contentType === 'text/calendar')?.content.toString('latin1', 0, 8_192);
  const inside = file?.replace(/\r?\n[ \t]/g, '') ?? '';
  const method = parametersOf(calendar)['method'] ?? /^METHOD:([A-Za-z]{1,20})/m.exec(inside)?.[1];
  const organizer = /^ORGANIZER[^\n]{0,500}?:mailto:([^\s;"]{1,254})/im.exec(inside)?.[1];
  return {
    calendarMethod: method === undefined ? null : method.toUpperCase(),
    ...(organizer === undefined ? {} : { calendarOrganizer: organizer.toLowerCase() }),
  };
}

// --- delivery reports ---

/** Whether the Message-IDs inside are those of a message reported about. */
function isReport(headers: Header[], type: string, from: Address | null): boolean {
  if (type === 'multipart/report') return true;
  if (headers.some(({ name, value }) => name === 'x-failed-recipients' || (name === 'return-path' && value === '<>')))
    return true;
  return /^(?:mailer-daemon|postmaster)@/.test(from?.address ?? '') || /mailer-daemon/i.test(from?.name ?? '');
}

const deliveryStatusType = /^message\/(?:global-)?delivery-status$/;

/** Nothing at all for a mail that is no report, so that the record of most stays as short as it was. */
function statusesOf(parts: MimePart[], attachments: MimeAttachment[]): Pick<ParsedMail, 'deliveryStatus'> {
  const inParts = parts.filter((part) => deliveryStatusType.test(typeOf(part)));
  if (inParts.length === 0) return {};
  const texts = inParts.map((part) => part.textContent ?? '');
  const attached = attachments
    .filter(({ contentType }) => deliveryStatusType.test(contentType))
    .map(({ content }) => content.toString('utf8', 0, 65_536));
  const deliveryStatus = deliveryStatuses([...texts, ...attached]);
  return deliveryStatus.length === 0 ? {} : { deliveryStatus };
}

/** From the returned message or its header, from the fields of RFC 3464 and RFC 8098, and from a copy in the text. */
function reportedIn(parts: MimePart[], attachments: MimeAttachment[]): string[] {
  const returned = attachments
    .filter(({ contentType }) => /^(?:message\/(?:rfc822|global)|text\/rfc822)/.test(contentType))
    .flatMap(({ content }) => messageIds(firstValue(splitHeader(content), 'message-id')).slice(0, 1));
  const texts = [
    ...parts.map((part) => part.textContent ?? ''),
    ...attachments
      .filter(({ contentType }) => contentType.startsWith('message/'))
      .map(({ content }) => content.toString('latin1', 0, 65_536)),
  ];
  const quoted = texts.flatMap((text) => [
    ...text.matchAll(/^[> \t]{0,8}(?:Original-)?Message-ID:\s{0,8}(<[^<>\s]{1,990}>)/gim),
  ]);
  return [...new Set([...returned, ...quoted.map((match) => match[1] as string)])].slice(0, mostReferences);
}
