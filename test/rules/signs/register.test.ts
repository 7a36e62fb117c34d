/** A sign is one file that joins the register: none is left out, and none listens for what the product never gives it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientRecords } from '../../../src/store/client-facts.ts';
import { parseWeek } from '../../../src/rules/contact-hours.ts';
import { defaultWeights, heardIn, heardKinds, redFlag, signs } from '../../../src/rules/red-flags.ts';
import type { SignFacts, SignRecord } from '../../../src/rules/sign.ts';
import { dayMs, plus } from '../../../src/rules/time.ts';
import { saveJudgement } from '../../../src/store/messages.ts';
import { client, inStore, message, now } from '../../store/make.ts';
import { asWritten } from '../../../src/rules/reason.ts';

const folder = join(import.meta.dirname, '../../../src/rules/signs');
const files = readdirSync(folder);

async function recordIn(file: string): Promise<SignRecord> {
  const all: unknown[] = Object.values((await import(join(folder, file))) as object);
  const found = all.filter((one): one is SignRecord => typeof one === 'object' && one !== null && 'rule' in one);
  expect({ file, signs: found.length }).toEqual({ file, signs: 1 });
  return found[0] as SignRecord;
}

const records = await Promise.all(files.map(recordIn));

it('each file holds one sign of its name, and the register holds each of them', () => {
  expect(records.map((one) => `${one.name}.ts`)).toEqual(files);
  expect([...signs].toSorted()).toEqual(records.map((one) => one.name).toSorted());
});

it('what stands in the file of a sign is all there is: its weight comes from there', () => {
  for (const one of records) expect(defaultWeights[one.name as (typeof signs)[number]]).toBe(one.weight);
});

/** They listen to whole mails that lie before them, for no sign and past no index. */
const ofNoSign = ['correspondents.ts', 'manner.ts'];

it('no phrases of signs stand elsewhere', () => {
  const rules = join(folder, '..');
  const others = readdirSync(rules).filter((file) => file.endsWith('.ts') && file !== 'phrases.ts');
  expect(others.filter((file) => /\bphrases\(/.test(readFileSync(join(rules, file), 'utf8')))).toEqual(ofNoSign);
});

const examples: Record<string, string[]> = JSON.parse(readFileSync(new URL('heard.json', import.meta.url), 'utf8'));

describe('what a sign listens for reaches it from the mailbox', () => {
  const office = ['09:00-18:00'];
  const settings = {
    hours: {
      timeZone: 'Europe/Rome' as never,
      week: parseWeek({ mon: office, tue: office, wed: office, thu: office, fri: office }),
      holiday: () => undefined,
      closures: [],
    },
    responseWindow: { hours: 72, count: 'elapsed' as const },
    signs: { weights: defaultWeights },
  };

  /** The sentence in six mails, as the store gives them to the signs. */
  function factsOf(sentence: string) {
    return inStore((w) => {
      client(w);
      for (const number of [1, 2, 3, 4, 5, 6]) {
        const text = `Buongiorno.\n${sentence}\nGrazie`;
        const mail = { text, newText: text, messageId: `<${number}@x>` };
        const id = message(w, mail, { arrival: { receivedAt: plus(now, -number * dayMs) } });
        saveJudgement(w, id, {
          kind: 'human',
          outOfHours: false,
          outOfHoursWhy: null,
          minutesToOpening: null,
          windowId: null,
          reason: 'x',
          why: asWritten('y'),
        });
      }
      return clientRecords(w, settings, { now, since: plus(now, -365 * dayMs) })[0]?.facts as SignFacts;
    });
  }

  it('there is an example of each', () => {
    expect(heardKinds.filter((kind) => !(kind in examples))).toEqual([]);
  });

  const listening = records.flatMap((one) => Object.keys(one.listens).map((kind) => ({ sign: one.name, kind })));
  it.each(listening)('$sign hears $kind', ({ sign, kind }) => {
    const sentence = (examples[kind] ?? []).find((one) => heardIn(one).includes(kind)) as string;
    const facts = factsOf(sentence);
    const terms = { ...facts.terms, revisionsIncluded: 0 };
    expect(facts.messages.map((one) => one.newText.includes(sentence))).toEqual(facts.messages.map(() => true));
    const found = redFlag(sign as (typeof signs)[number], { ...facts, terms }, now);
    expect(found?.evidence.map((one) => one.messageId)).toHaveLength(5);
  });
});
