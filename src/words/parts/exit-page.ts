/** What a language says on the page of an exit. */
import type { ExitCheck, ExitReason, ExitState } from '../../rules/exit.ts';

export interface ExitPageWords {
  heading(client: string): string;
  /** on the client's page */
  begin: string;
  states: Readonly<Record<ExitState, string>>;
  reasons: Readonly<Record<ExitReason, string>>;
  checks: Readonly<Record<ExitCheck, string>>;
  intro: string;
  reason: string;
  ownWords: string;
  ownWordsHint: string;
  noticeDays: string;
  milestone: string;
  by: string;
  referral: string;
  handover: string;
  onPayment: string;
  oneALine: string;
  propose: string;
  takeUp: string;
  change: string;
  proposedBy: Readonly<Record<'owner' | 'dunning', string>>;
  coolingUntil(moment: string): string;
  noticeUntil(day: string): string;
  checklist: string;
  check: string;
  uncheck: string;
  talkFirst: string;
  warnings: string;
  letter: string;
  approveTitle: string;
  typeName(name: string): string;
  approve: string;
  /** what it does, in one sentence */
  approveHint: string;
  notYet: string;
  undoApproval: string;
  cancel: string;
  cancelWhy: string;
  end: string;
  reachedOn: string;
  handedOver: string;
  handOn: string;
  add: string;
  release: string;
  releaseHint: string;
  report: string;
  earlier: string;
  done: {
    proposed: string;
    changed: string;
    checked: string;
    unchecked: string;
    approved: string;
    unapproved: string;
    cancelled: string;
    ended: string;
    handed: string;
    released: string;
    report: string;
  };
}
