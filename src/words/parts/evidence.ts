/** How sums, days and clients of an evidence are said: by what the reader's language and place make of them. */

export interface EvidenceForms {
  sum(cents: number): string;
  day(day: string): string;
  name(clientId: number): string;
}
