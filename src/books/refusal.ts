/** Why a file is not read: a stable code, where in the file, and what its owner can do about it. */
export type RefusalCode =
  | 'empty'
  | 'too-large'
  | 'unknown-format'
  | 'broken'
  | 'document-type'
  | 'too-deep'
  | 'no-invoice'
  | 'no-statement'
  | 'notification'
  | 'not-signed-content'
  | 'encrypted'
  | 'spreadsheet'
  | 'ambiguous'
  | 'bad-sum'
  | 'bad-day';

export class Refusal extends Error {
  override name = 'Refusal';
  readonly code: RefusalCode;
  /** the place in the file as a person finds it: 'line 12', 'row 3, column "Amount"'; empty for the whole file */
  readonly place: string;
  readonly next: string;

  constructor(code: RefusalCode, message: string, more: { place?: string; next?: string } = {}) {
    super(message);
    this.code = code;
    this.place = more.place ?? '';
    this.next = more.next ?? '';
  }
}
