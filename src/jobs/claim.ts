/**
 * Before a letter leaves: does this installation send from the mailbox? Writes its claim there, yields to another's, or
 * takes over where the owner has said so (rules/claim decides). Sends nothing.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Mailbox } from '../ports.ts';
import {
  type Claim,
  type ClaimMove,
  claimMove,
  claimSource,
  digested,
  type Site,
  type Station,
  takeOverMs,
} from '../rules/claim.ts';
import type { Settings } from '../rules/settings.ts';
import { dayOf, fromIso, type Instant, plus, toIso } from '../rules/time.ts';
import type { Reader, Store, Writer } from '../store/database.ts';
import { factOf, setFact } from '../store/facts.ts';
import { note } from '../store/journal.ts';
import { notice } from '../store/notices.ts';
import { pause, pausedNow, resumedAt } from '../store/pause.ts';
import type { Reason } from '../rules/reason.ts';
import { say } from '../words/voice.ts';

export interface ClaimParts {
  store: Store;
  clock: Clock;
  settings: Settings;
  log: Log;
  /** absent where nothing really leaves */
  place?: Site;
}

/** Key in the facts table: a random name of this database. */
export const installationKey = 'installation';

/** A claim that is not seen after it was written so often is on a server that does not show what it takes. */
const mostWrites = 2;

/** `since`: as of when the mailbox said so. */
export type Standing = { ours: true; since: Instant } | { ours: false; until: Instant | null; why: Reason };

/** @throws AppError when the server is not reached: then nothing leaves, and nothing is lost */
export async function standingIn(parts: ClaimParts, mailbox: Mailbox): Promise<Standing> {
  const { store, clock } = parts;
  const since = clock.now();
  const station = stationOf(parts);
  if (station === null) return { ours: true, since };
  const look = async () => {
    const claims = await mailbox.claims();
    return claims === null
      ? null
      : claimMove(
          digested(station),
          claims,
          store.read((r) => mayReplace(r, mailbox.name)),
        );
  };
  let move = await look();
  for (let tries = 0; move?.kind === 'write' && tries < mostWrites; tries += 1)
    move = (await written(parts, station, mailbox)) ? await look() : null;
  if (move === null || move.kind === 'write') return unmarked(parts, mailbox, since);
  if (move.kind === 'yield') return yielded(parts, mailbox, move);
  if (move.kind === 'take-over') return takenOver(parts, station, mailbox, move);
  const quietUntil = store.read((r) => factOf(r, quietKey(mailbox.name)));
  if (quietUntil === undefined || fromIso(quietUntil) <= clock.now()) return { ours: true, since };
  return quiet(fromIso(quietUntil));
}

/** Holds the ids of the claims that were yielded to, and when. */
const yieldedKey = (mailbox: string) => `claim-yielded/${mailbox}`;
/** Holds the end of the rest after another's claim was replaced. */
const quietKey = (mailbox: string) => `claim-quiet-until/${mailbox}`;

interface Yielded {
  at: string;
  ids: string[];
}

function yieldedTo(r: Reader, mailbox: string): Yielded | undefined {
  const text = factOf(r, yieldedKey(mailbox));
  return text === undefined ? undefined : (JSON.parse(text) as Yielded);
}

/** Only what the owner knew of when she said `resume`: another one that came since is told of again. */
function mayReplace(r: Reader, mailbox: string): string[] {
  const yielded = yieldedTo(r, mailbox);
  const resumed = resumedAt(r);
  return yielded === undefined || resumed === null || resumed < fromIso(yielded.at) ? [] : yielded.ids;
}

function stationOf({ place, store }: ClaimParts): Station | null {
  if (place === undefined) return null;
  return { ...place, installation: store.read((r) => factOf(r, installationKey)) ?? '' };
}

async function written({ clock, settings }: ClaimParts, station: Station, mailbox: Mailbox): Promise<boolean> {
  const since = clock.now();
  const address = settings.owner.addresses[0] ?? 'nobody@paletti.invalid';
  const at = { id: randomUUID(), since, address };
  return mailbox.putClaim(claimSource(station, at), since);
}

/** No place for a claim: what is in Sent is looked at before each letter as ever, and the owner is told once. */
function unmarked({ store, clock }: ClaimParts, { name }: Mailbox, since: Instant): Standing {
  store.write(clock.now(), (w) => notice(w, `unmarked/${name}`, { code: 'unmarked', mailbox: name }));
  return { ours: true, since };
}

/** The other one was first: its letters are not sent a second time from here. */
async function yielded(
  parts: ClaimParts,
  mailbox: Mailbox,
  { to, own }: Extract<ClaimMove, { kind: 'yield' }>,
): Promise<Standing> {
  const { store, clock, settings, log } = parts;
  const { host } = to;
  const since = dayOf(to.since, settings.owner.timeZone);
  const why = { code: 'another-sends', mailbox: mailbox.name, host, since } as const;
  store.write(clock.now(), (w) => noteYielded(w, mailbox.name, to, why));
  log.warn('claim', say(why, 'en'));
  if (own.length > 0) await mailbox.dropClaims(own);
  return { ours: false, until: null, why };
}

function noteYielded(w: Writer, mailbox: string, to: Claim, why: Reason): void {
  const before = yieldedTo(w, mailbox)?.ids.filter((id) => id !== to.id) ?? [];
  setFact(w, yieldedKey(mailbox), JSON.stringify({ at: toIso(w.now), ids: [...before, to.id].slice(-10) }));
  if (pausedNow(w, w.now)?.until !== null) pause(w, { why, until: null });
  note(w, { kind: 'claim-yielded', subject: `mailbox/${mailbox}`, why });
  notice(w, `another-paletti/${to.id}`, { code: 'another-paletti', because: why });
}

async function takenOver(
  parts: ClaimParts,
  station: Station,
  mailbox: Mailbox,
  { own, others }: Extract<ClaimMove, { kind: 'take-over' }>,
): Promise<Standing> {
  const { store, clock } = parts;
  if (own.length === 0 && !(await written(parts, station, mailbox))) return unmarked(parts, mailbox, clock.now());
  await mailbox.dropClaims(others);
  const until = plus(clock.now(), takeOverMs);
  const why = { code: 'taken-over', host: others[0]?.host ?? '' } as const;
  store.write(clock.now(), (w) => {
    setFact(w, quietKey(mailbox.name), toIso(until));
    note(w, { kind: 'claim-taken-over', subject: `mailbox/${mailbox.name}`, why });
  });
  return quiet(until);
}

function quiet(until: Instant): Standing {
  return { ours: false, until, why: { code: 'just-taken-over' } };
}
