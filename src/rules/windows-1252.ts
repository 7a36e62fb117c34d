/**
 * Windows-1252 from 0x80 to 0x9F (WHATWG Encoding, index windows-1252). Node 20 reads the name as plain Latin-1, where
 * these are control characters. Decodes no whole text.
 */

/** The five bytes that the code page leaves open are the control characters of Latin-1. */
const upper =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** The letter of a byte from 0x80 to 0x9F. */
export function upper1252(byte: number): string {
  return upper[byte - 0x80] as string;
}
