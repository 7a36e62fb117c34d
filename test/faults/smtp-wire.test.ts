/**
 * An SMTP server that fails at each step in each way, and a daemon that is killed before it could write down what
 * happened. However the conversation broke off, no letter is lost and none arrives twice without the owner's word.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, type Desk, openDesk } from '../../src/app.ts';
import { HandClock } from '../../src/clock.ts';
import { resolveLetter, retryLetter } from '../../src/desk/outbox.ts';
import type { Letter } from '../../src/rules/letter.ts';
import type { Instant } from '../../src/rules/time.ts';
import { unseenNotices } from '../support/in-words.ts';
import { listLetters } from '../../src/store/outbox.ts';
import { startSmtpSink } from '../support/smtp-sink.ts';
import type { SmtpScript } from '../support/scripted-smtp.ts';
import { tally } from './figures.ts';
import {
  client,
  invoice,
  makePlace,
  passHere,
  password,
  type Place,
  rome,
  runDaemon,
  type Servers,
  sentIds,
  shortTimeouts,
  startServers,
  takenIds,
} from './world.ts';

type Outcome = 'retry' | 'login' | 'refused' | 'unsure' | 'sent';

interface Fault {
  what: string;
  script: SmtpScript;
  outcome: Outcome;
}

const late = shortTimeouts.silence * 2;
const inTime = shortTimeouts.silence / 4;

const silentOrClosed = (['greeting', 'ehlo', 'auth', 'mail', 'rcpt', 'data', 'dot'] as const).flatMap((step) =>
  (['silence', 'close'] as const).map((act): Fault => {
    return { what: `${act} at ${step}`, script: { [step]: act }, outcome: step === 'dot' ? 'unsure' : 'retry' };
  }),
);

/** RFC 5321, section 4.2.1: 4yz later, 5yz never; section 3.8: 421 closes the line at any moment. */
const replies: [keyof SmtpScript, string, Outcome][] = [
  ['greeting', '421 too busy', 'retry'],
  ['greeting', '554 no service here', 'retry'],
  ['greeting', 'hello', 'retry'],
  ['ehlo', '421 closing', 'retry'],
  ['ehlo', '502 what is that', 'retry'],
  ['ehlo', 'hello', 'retry'],
  ['auth', '421 closing', 'retry'],
  ['auth', '454 4.7.0 later', 'retry'],
  ['auth', '535 5.7.8 bad credentials', 'login'],
  ['auth', '534 5.7.9 application password required', 'login'],
  ['mail', '421 closing', 'retry'],
  ['mail', '451 4.3.0 later', 'retry'],
  ['mail', '550 5.1.8 sender not allowed', 'refused'],
  ['mail', '503 bad sequence', 'refused'],
  ['mail', 'what', 'retry'],
  ['rcpt', '421 closing', 'retry'],
  ['rcpt', '450 4.2.0 greylisted', 'retry'],
  ['rcpt', '452 4.5.3 too many', 'retry'],
  ['rcpt', '550 5.1.1 no such user', 'refused'],
  ['rcpt', 'what', 'retry'],
  ['data', '421 closing', 'retry'],
  ['data', '451 later', 'retry'],
  ['data', '554 no valid recipients', 'refused'],
  ['data', 'what', 'retry'],
  ['dot', '421 closing', 'retry'],
  ['dot', '451 4.3.0 later', 'retry'],
  ['dot', '452 4.3.1 disk full', 'retry'],
  ['dot', '554 5.7.1 looks like spam', 'refused'],
  ['dot', '250', 'sent'],
  ['dot', 'what', 'unsure'],
  ['dot', '2', 'unsure'],
  ['dot', '354 go ahead', 'unsure'],
];

const faults: Fault[] = [
  ...silentOrClosed,
  ...replies.map(([step, reply, outcome]) => ({ what: `${reply} at ${step}`, script: { [step]: reply }, outcome })),
  { what: 'a cut line in the body', script: { cutBodyAfter: 300 }, outcome: 'unsure' },
  { what: 'silence in the body', script: { muteBodyAfter: 300 }, outcome: 'unsure' },
  { what: 'a late 250', script: { dot: { after: late, reply: '250 taken' } }, outcome: 'unsure' },
  { what: 'a 250 with the line cut after it', script: { dot: { reply: '250 taken', close: true } }, outcome: 'sent' },
  { what: 'a 450 with the line cut after it', script: { rcpt: { reply: '450 later', close: true } }, outcome: 'retry' },
  { what: 'a slow 250', script: { dot: { after: inTime, reply: '250 taken' } }, outcome: 'sent' },
  { what: 'a late 354', script: { data: { after: late, reply: '354 go ahead' } }, outcome: 'retry' },
  { what: 'a late greeting', script: { greeting: { after: late, reply: '220 ready' } }, outcome: 'retry' },
];

/** The last fault of each outcome: killed on both sides of the commit. All others are in turn, to save time. */
const ofEach = new Set(
  [...new Set(faults.map(({ outcome }) => outcome))].map((one) => faults.findLast(({ outcome }) => outcome === one)),
);
const killedAt = (side: number) => faults.filter((fault, index) => index % 2 === side || ofEach.has(fault));

const started = rome('2026-11-08T12:00');
const due = rome('2026-11-09T09:30');
/** Enough for a deferred letter, whose first wait is five to six minutes, and a login pause of thirty. */
const afterwards = [rome('2026-11-09T09:31'), rome('2026-11-09T10:15'), rome('2026-11-09T11:00')];
const tomorrow = [rome('2026-11-10T09:30'), rome('2026-11-10T10:15'), rome('2026-11-11T09:30')];

const expectedState: Record<Outcome, Letter['state']> = {
  retry: 'queued',
  login: 'queued',
  refused: 'failed',
  unsure: 'unsure',
  sent: 'filed',
};

describe.concurrent('when the SMTP conversation breaks off', () => {
  let template: Place;
  let [tried, bodies, doubled, lost] = [0, 0, 0, 0];

  beforeAll(async () => {
    const servers = await startServers();
    template = makePlace(servers);
    await passHere(template, [started], (app) =>
      app.store.write(started, (w) => invoice(w, client(w, 'Bianchi'), '2026/1', '2026-10-30')),
    );
    await servers.stop();
  });

  afterAll(() => {
    template.remove();
    tally({ 'wire faults tried': tried, 'letters handed over': bodies, losses: lost, doubles: doubled });
  });

  it.for(faults)('$what: $outcome', async ({ script, outcome }) => {
    await withBroken(script, async (broken) => {
      const letter = await passHere(broken.place, [due], theLetter, shortTimeouts);
      expect(letter.state).toBe(expectedState[outcome]);
      await goesOn(broken, letter, outcome);
    });
  });

  it.for(killedAt(0))('$what, and killed before it was written down: unsure', async ({ script }) => {
    await withBroken(script, async (broken) => {
      await killed(broken, 'before');
      broken.heal();
      const atFirst = broken.accepted().length;
      const settled = await passHere(broken.place, afterwards, (app) => ({ letter: theLetter(app), told: told(app) }));
      expect(settled.letter.state).toBe('unsure');
      expect(settled.told).toContain(`unsure/${settled.letter.id}`);
      expect(broken.accepted()).toHaveLength(atFirst);
      await ownerDecides(broken);
    });
  });

  it.for(killedAt(1))('$what, and killed once it was written down: $outcome', async ({ script, outcome }) => {
    await withBroken(script, async (broken) => {
      await killed(broken, 'after');
      const letter = lookAt(broken.place);
      // Filing comes later in the pass.
      expect(letter.state).toBe(outcome === 'sent' ? 'sent' : expectedState[outcome]);
      await goesOn(broken, letter, outcome);
    });
  });

  /** A server that fails, and a studio that was to send one letter. Counted at the end even if its test gave up. */
  async function withBroken(script: SmtpScript, act: (broken: Broken) => Promise<void>): Promise<void> {
    tried += 1;
    const servers = await startServers({ ...script });
    const place = makePlace(servers, { from: template.dataDir });
    const broken = new Broken(servers, place);
    try {
      await act(broken);
    } finally {
      const taken = broken.accepted();
      bodies += taken.length;
      doubled += taken.length - new Set(taken).size;
      place.remove();
      await servers.stop();
    }
  }

  async function killed({ servers, place }: Broken, side: 'before' | 'after'): Promise<void> {
    const plan = { place, servers, moments: [due], smtpTimeouts: shortTimeouts };
    const { died } = await runDaemon({ ...plan, crashAtOutcome: side });
    expect(died).toContain(`${side} the outcome's commit`);
  }

  /** @param letter as it was written down before the server was well again */
  async function goesOn(broken: Broken, letter: Letter, outcome: Outcome): Promise<void> {
    expect(letter.attempts).toBe(outcome === 'login' ? 0 : 1);
    expect(letter.lastError === null).toBe(outcome === 'sent');
    broken.heal();
    const atFirst = broken.accepted().length;
    const settled = await passHere(broken.place, afterwards, (app) => ({ letter: theLetter(app), told: told(app) }));
    if (outcome === 'refused') expect(settled.told).toContain(`failed/${letter.id}`);
    if (outcome === 'login') expect(settled.told.filter(isOfLogin)).toEqual([]);
    if (outcome === 'unsure') expect(settled.told).toContain(`unsure/${letter.id}`);
    const waits = outcome === 'refused' || outcome === 'unsure';
    expect(settled.letter.state).toBe(waits ? letter.state : 'filed');
    expect(broken.accepted()).toHaveLength(waits ? atFirst : 1);
    await ownerDecides(broken);
  }

  /** The owner looks whether it arrived, and says so; or lets a refused letter be tried again. */
  async function ownerDecides({ place, servers, accepted }: Broken): Promise<void> {
    await passHere(place, [tomorrow[0] as Instant], (app) => {
      const { id, state, messageId } = theLetter(app);
      if (state === 'failed') retryLetter(app, id);
      const arrived = accepted().includes(messageId as string);
      if (state === 'unsure') resolveLetter(app, id, arrived ? 'sent' : 'not-sent');
    });
    const letter = await passHere(place, tomorrow.slice(1), theLetter);
    expect(letter.state).toBe('filed');
    lost += accepted().includes(letter.messageId as string) ? 0 : 1;
    expect(accepted()).toEqual([letter.messageId]);
    expect(sentIds(servers.imap)).toEqual([letter.messageId]);
  }
});

describe('a queue of two letters', () => {
  const register = (app: App) =>
    app.store.write(started, (w) => {
      for (const name of ['Bianchi', 'Verdi']) invoice(w, client(w, name), `2026/${name}`, '2026-10-30');
    });

  it('stops at a refused login, tries nothing for half an hour, and burns no attempt', async () => {
    const servers = await startServers({ auth: '535 5.7.8 bad credentials' });
    const place = makePlace(servers);
    await passHere(place, [started], register);
    const refused = await passHere(place, [due, ...everyMinute(due, 28)], lettersOf);
    expect(refused.map(({ state, attempts }) => ({ state, attempts }))).toEqual([
      { state: 'queued', attempts: 0 },
      { state: 'queued', attempts: 0 },
    ]);
    expect(servers.smtp.connections).toBe(1);
    expect((await passHere(place, everyMinute(due, 35), told)).filter(isOfLogin)).toHaveLength(1);
    expect(servers.smtp.connections).toBe(2);
    delete servers.script.auth;
    const sent = await passHere(place, [rome('2026-11-09T10:40'), rome('2026-11-09T10:45')], lettersOf);
    expect(sent.map(({ state }) => state)).toEqual(['filed', 'filed']);
    expect(new Set(takenIds(servers.smtp)).size).toBe(2);
    place.remove();
    await servers.stop();
  });

  it('goes on after one recipient is refused', async () => {
    const servers = await startServers();
    const answer = (stage: string, address: string) =>
      stage === 'rcpt' && address.startsWith('bianchi') ? { code: 550, text: '5.1.1 no such user' } : null;
    const sink = await startSmtpSink({ user: 'studio', password, answer });
    const place = makePlace({ ...servers, smtp: { ...servers.smtp, port: sink.port } });
    await passHere(place, [started], register);
    const letters = await passHere(place, [due], lettersOf);
    expect(letters.map(({ recipient, state }) => [recipient, state])).toEqual([
      ['bianchi@client.example', 'failed'],
      ['verdi@client.example', 'filed'],
    ]);
    expect(sink.messages.map(({ envelope }) => envelope.to)).toEqual([['verdi@client.example']]);
    place.remove();
    await sink.stop();
    await servers.stop();
  });

  it('waits, burning no attempt, while there is no password to be had', async () => {
    const servers = await startServers();
    const place = makePlace(servers);
    await passHere(place, [started], register);
    const none = async (): Promise<string> => {
      throw new Error('the keyring is locked');
    };
    const letters = await passHere(place, [due], lettersOf, shortTimeouts, none);
    expect(letters.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['queued', 0],
      ['queued', 0],
    ]);
    expect(servers.smtp.connections).toBe(0);
    place.remove();
    await servers.stop();
  });
});

const lettersOf = (app: App): Letter[] =>
  app.store.read((r) => listLetters(r)).toSorted((a, b) => a.recipient.localeCompare(b.recipient));

function everyMinute(from: Instant, count: number): Instant[] {
  return Array.from({ length: count }, (_, index) => (from + (index + 1) * 60_000) as Instant);
}

function theLetter(app: Desk): Letter {
  const [letter, ...others] = app.store.read((r) => listLetters(r));
  expect(others).toEqual([]);
  return letter as Letter;
}

function isOfLogin(key: string): boolean {
  return key.startsWith('login/studio/smtp');
}

function told(app: App): string[] {
  return app.store.read((r) => unseenNotices(r)).map((notice) => notice.key);
}

/** The letter as it stands, with no pass in between. */
function lookAt(place: Place): Letter {
  const desk = openDesk({ config: place.config, clock: new HandClock(due) });
  try {
    return theLetter(desk);
  } finally {
    desk.close();
  }
}

/** A studio whose SMTP server fails until it is healed. */
class Broken {
  readonly servers: Servers;
  readonly place: Place;
  #refused = 0;

  constructor(servers: Servers, place: Place) {
    this.servers = servers;
    this.place = place;
  }

  /** Message-IDs that were taken since the beginning; a body that was answered with 4yz or 5yz was not. */
  accepted = (): string[] => takenIds(this.servers.smtp).slice(this.#refused);

  heal(): void {
    const { smtp, script } = this.servers;
    if (typeof script.dot === 'string' && /^[45]/.test(script.dot)) this.#refused = smtp.bodies.length;
    for (const step of Object.keys(script)) delete script[step as keyof SmtpScript];
  }
}
