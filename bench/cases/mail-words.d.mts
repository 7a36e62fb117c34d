type Expectation = Record<string, unknown>;

export function wantedOf(one: { want?: unknown; expect?: Expectation }): { all: Expectation[][]; unclear: string[] };

export interface Setting {
  clients: { name: string; addresses: string[] }[];
  asksFirst: boolean;
  answersFirst: boolean;
  q1: { messageId: string | null; minutesAgo: number };
  invoices: { number: string; total: string; currency: string; issued: string; due: string }[];
  day: string;
  folders: string[];
  owned: string[];
  flagged: { flag: string; uid: number } | null;
  laterMinutes: number;
  unclear: string[];
}

export function settingOf(one: { setup?: unknown; want?: unknown }): Setting;

export function dayMeant(text: string, after: string): string;
