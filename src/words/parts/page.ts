/** What a language says on the page in the browser. Times and sums come in as they are shown. */
import type { WorkState } from '../../rules/client.ts';
import type { InvoiceState } from '../../rules/invoice.ts';

/** What the owner can log of a client on the page. */
export type LogWord = 'call' | 'meeting' | 'chat' | 'note' | 'work' | 'delivery';
/** What stands in a client's timeline. */
export type EntryKind =
  | LogWord
  | 'lunch'
  | 'dinner'
  | 'price'
  | 'attack'
  | 'message-in'
  | 'message-out'
  | 'letter'
  | 'invoice'
  | 'credit'
  | 'payment'
  | 'reversal'
  | 'void'
  | 'written-off'
  | 'dispute'
  | 'promise'
  | 'hold'
  | 'hold-ended'
  | 'answered';

/** What the entries of the journal are about, as a person divides it. */
export type JournalKind = 'mail' | 'letters' | 'money' | 'clients' | 'exits' | 'program';

export type PageName = 'today' | 'inbox' | 'outbox' | 'clients' | 'money' | 'plan' | 'report' | 'journal' | 'settings';

export interface PageWords {
  names: Readonly<Record<PageName, string>>;
  navigation: string;
  toContent: string;
  openUntil(clock: string): string;
  openWithoutEnd: string;
  closed: string;
  closedUntil(moment: string): string;
  lastRead(when: string): string;
  today: {
    heading(state: 'watching' | 'stopped' | 'paused' | 'demo', things: number): string;
    nextLeaves(letter: string, to: string, when: string): string;
    nothingLeaves: string;
    stoppedHint: string;
    demoHint: string;
    outOfReach(since: string): string;
    /** `sent`: letters that left since */
    meanwhile(from: string, until: string, came: { arrived: number; saysPaid: number; sent: number }): string;
    pausedBecause(why: string): string;
    toAnswer: string;
    noneToAnswer: string;
    answerHint: string;
    late: string;
    left(span: string): string;
    share(passed: number, of: number): string;
    toApprove(amount: number): string;
    noneToApprove: string;
    sendAt(when: string): string;
    endIsApprovedElsewhere: string;
    overdue: string;
    noneOverdue: string;
    nextLook(when: string): string;
    whenSomethingHappens: string;
    leavesNext: string;
    stop: string;
    trouble: string;
    notices: string;
    seen: string;
    pauseAll: string;
    pauseHint: string;
    pause: string;
    pauseUntilMonday: string;
    resume: string;
  };
  mailboxes: {
    title: string;
    fine: string;
    refused: string;
    lastMail: string;
    none: string;
    toApprove(amount: number): string;
    toAnswer(amount: number): string;
    late(amount: number): string;
    all: string;
  };
  letter: {
    to: string;
    from: string;
    subject: string;
    text: string;
    edit: string;
    drop: string;
    restore: string;
    retry: string;
    wasSent: string;
    wasNotSent: string;
    save: string;
    why: string;
    notBefore: string;
    history: string;
    asTheClientSeesIt: string;
    waitsForYou: string;
    sent: string;
  };
  outbox: {
    choose(subject: string): string;
    approveChosen: string;
    noneChosen: string;
    chosenApproved(approved: number, others: number): string;
    empty: string;
    allStates: string;
    waiting: string;
    gone: string;
    filter: string;
    show: string;
  };
  inbox: {
    empty: string;
    search: string;
    found(amount: number, text: string): string;
    outOfHours: string;
    unanswered: string;
    all: string;
    answered: string;
    noAnswerNeeded: string;
    answeredOtherwise: string;
    quotation: string;
    judged: string;
    thread: string;
    received: string;
    client: string;
    due(when: string): string;
    noSubject: string;
    stranger: string;
  };
  clients: {
    empty: string;
    open: string;
    work: string;
    workStates: Readonly<Record<WorkState, string>>;
    invoices: string;
    holds: string;
    untilReleased: string;
    hold: string;
    release: string;
    timeline: string;
    noEntries: string;
    logTitle: string;
    logKind: string;
    logKinds: Readonly<Record<LogWord, string>>;
    minutes: string;
    about: string;
    log: string;
    entryKinds: Readonly<Record<EntryKind, string>>;
  };
  money: {
    empty: string;
    openOnly: string;
    all: string;
    invoice: string;
    due: string;
    total: string;
    open: string;
    state: string;
    states: Readonly<Record<InvoiceState, string>>;
    late(days: number): string;
    disputed: string;
    paid: string;
    amount: string;
    on: string;
    record: string;
    takeBack: string;
  };
  plan: {
    heading(days: number): string;
    none: string;
    leaves: string;
    waits: string;
    heldBack: string;
    yours: string;
    states: Readonly<Record<'open' | 'closed' | 'holiday' | 'closure', string>>;
    byItself: string;
    whatIf: string;
    whatIfHint: string;
    imagined: string;
    tryIt: string;
    saveIt: string;
    asItIs: string;
    isNew: string;
    noLonger: string;
  };
  report: {
    period: string;
    toPrint: string;
    signsHint: string;
  };
  calendar: {
    title: string;
    hint: string;
    isShared: string;
    isNotShared: string;
    share: string;
    shareAnew: string;
    unshare: string;
    shared(address: string): string;
    unshared: string;
    answer(who: string, subject: string): string;
    letter(kind: string, client: string, needsApproval: boolean): string;
    invoice(number: string, client: string, sum: string): string;
    exits: Readonly<Record<'cooling-ends' | 'notice-ends', (client: string) => string>>;
  };
  journal: {
    whole(entries: number): string;
    broken(id: number, problem: string): string;
    /** when the chain was gone through */
    verified(when: string): string;
    notVerified: string;
    verify: string;
    empty: string;
    /** nothing that was asked for */
    none: string;
    kinds: Readonly<Record<JournalKind, string>>;
    allKinds: string;
    allClients: string;
    kind: string;
    day: string;
    show: string;
    when: string;
    about: string;
    why: string;
  };
  done: {
    approved(name: string, when: string): string;
    dropped: string;
    restored: string;
    edited: string;
    unchanged: string;
    retried: string;
    settled: string;
    noticeSeen: string;
    answered: string;
    paused: string;
    resumed: string;
    held: string;
    released: string;
    logged: string;
    paid(sum: string, number: string): string;
    takenBack: string;
    undo: string;
  };
  faults: {
    heading: string;
    next: string;
    notFound: string;
    notSignedIn: string;
    usedAddress: string;
    oldForm: string;
    internal: string;
  };
}
