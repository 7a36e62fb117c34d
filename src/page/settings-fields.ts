/**
 * The forms of the settings, part by part: which fields each has, and the values of config.json that their texts mean.
 * What cannot be read stays as it was typed, so that the one schema refuses it.
 */
import { html, type Html, type Part } from './html.ts';
import type { ConfigInput, NewValue } from '../desk/settings.ts';
import { approvalOf } from '../rules/ladder-step.ts';
import { ladderLetterKinds } from '../rules/letter.ts';
import { type Weekday, weekdays } from '../rules/time.ts';
import type { SettingName, SettingsPart } from '../words/parts/settings.ts';

import type { Visit } from './page.ts';

type Week = Record<Weekday, string[]>;
type Step = ConfigInput['dunning']['steps'][number];

interface PartForm {
  fields(visit: Visit, current: ConfigInput): Part;
  values(form: URLSearchParams, current: ConfigInput): NewValue[];
}

/** In the order of the page. */
export const partForms: Readonly<Record<SettingsPart, PartForm>> = {
  sending: {
    fields: (visit, { sending }) => [
      select(visit, 'sending.mode', sending.mode, visit.words.settings.modes),
      number(visit, 'sending.perClientPerDay', sending.perClientPerDay),
      number(visit, 'sending.perDay', sending.perDay),
    ],
    values: (form) => [
      text(form, 'sending.mode'),
      whole(form, 'sending.perClientPerDay'),
      whole(form, 'sending.perDay'),
    ],
  },
  hours: {
    fields: (visit, { contactHours }) => weekFields(visit, 'contactHours', contactHours),
    values: (form) => weekdays.map((day) => ({ path: ['contactHours', day], value: blocksIn(form, day) })),
  },
  phone: {
    fields: (visit, { phoneHours, contactHours }) => [
      html`<label class="check"><input type="checkbox" name="same" value="yes"${phoneHours === undefined ? html` checked` : ''}> ${
        visit.words.settings.sameAsContact
      }</label>`,
      weekFields(visit, 'phoneHours', phoneHours ?? contactHours),
    ],
    values: (form) =>
      form.get('same') === 'yes'
        ? [{ path: ['phoneHours'], value: undefined }]
        : [{ path: ['phoneHours'], value: Object.fromEntries(weekdays.map((day) => [day, blocksIn(form, day)])) }],
  },
  closures: {
    fields: (visit, { contactHours }) => closureRows(visit, contactHours.closures),
    values: (form) => [
      {
        path: ['contactHours', 'closures'],
        value: rowsOf(form, ['from', 'to', 'note'])
          .map(([from = '', to = '', note = '']) => ({ from, to: to || from, note }))
          .map(({ note, ...days }) => (note === '' ? days : { ...days, note })),
      },
    ],
  },
  holidays: {
    fields: (visit, { contactHours: { holidays } }) => [
      line(visit, 'contactHours.holidays.country', holidays.country ?? '', 2),
      line(visit, 'contactHours.holidays.region', holidays.region ?? '', 12),
      extraRows(visit, holidays.extra),
    ],
    values: (form) => [
      { path: ['contactHours', 'holidays', 'country'], value: countryIn(form) },
      { path: ['contactHours', 'holidays', 'region'], value: typed(form, 'contactHours.holidays.region') || null },
      {
        path: ['contactHours', 'holidays', 'extra'],
        value: rowsOf(form, ['date', 'name']).map(([date, name]) => ({ date, name })),
      },
    ],
  },
  answering: {
    fields: (visit, { responseWindow, acknowledgement }) => [
      number(visit, 'responseWindow.hours', responseWindow.hours),
      select(visit, 'responseWindow.count', responseWindow.count, visit.words.settings.counts),
      select(visit, 'acknowledgement.enabled', acknowledgement.enabled ? 'yes' : 'no', yesNo(visit)),
      number(visit, 'acknowledgement.holdMinutes', acknowledgement.holdMinutes),
      select(visit, 'acknowledgement.to', acknowledgement.to, visit.words.settings.to),
    ],
    values: (form) => [
      whole(form, 'responseWindow.hours'),
      text(form, 'responseWindow.count'),
      { path: ['acknowledgement', 'enabled'], value: typed(form, 'acknowledgement.enabled') === 'yes' },
      whole(form, 'acknowledgement.holdMinutes'),
      text(form, 'acknowledgement.to'),
    ],
  },
  ladder: {
    fields: (visit, { dunning }) => stepRows(visit, dunning.steps),
    values: (form, { dunning }) => [{ path: ['dunning', 'steps'], value: stepsOf(form, dunning.steps) }],
  },
  language: {
    fields: (visit, { owner }) => select(visit, 'owner.language', owner.language, visit.words.settings.languages),
    values: (form) => [text(form, 'owner.language')],
  },
};

// --- what is read

function typed(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? '').trim();
}

function text(form: URLSearchParams, name: SettingName): NewValue {
  return { path: name.split('.'), value: typed(form, name) };
}

function whole(form: URLSearchParams, name: SettingName): NewValue {
  return { path: name.split('.'), value: wholeOf(typed(form, name)) };
}

function wholeOf(value: string): number | string {
  return /^-?\d{1,9}$/.test(value) ? Number(value) : value;
}

function countryIn(form: URLSearchParams): string | null {
  const country = typed(form, 'contactHours.holidays.country');
  return (/^[a-z]{2}$/.test(country) ? country.toUpperCase() : country) || null;
}

/** '9-13, 14:00–18' -> ['09:00-13:00', '14:00-18:00'] */
function blocksIn(form: URLSearchParams, day: Weekday): string[] {
  return typed(form, day)
    .split(/[,;]/)
    .map((block) => block.trim())
    .filter((block) => block !== '')
    .map((block) => {
      const [, from, past = '00', to, pastTo = '00'] =
        /^(\d{1,2})(?:[:.](\d{2}))?\s*[-–]\s*(\d{1,2})(?:[:.](\d{2}))?$/.exec(block) ?? [];
      return from === undefined || to === undefined ? block : `${two(from)}:${past}-${two(to)}:${pastTo}`;
    });
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

/** The lines of a list that were not left empty. */
function rowsOf(form: URLSearchParams, names: readonly string[]): string[][] {
  const columns = names.map((name) => form.getAll(name).map((value) => value.trim()));
  return (columns[0] ?? [])
    .map((_, row) => columns.map((column) => column[row] ?? ''))
    .filter((cells) => cells.some((cell) => cell !== ''));
}

/** A step keeps its name and its effect as long as its letter stays the same. */
function stepsOf(form: URLSearchParams, steps: readonly Step[]): unknown[] {
  const columns = ['letter', 'after', 'gap', 'approval'].map((name) => form.getAll(name));
  const [letters = [], after = [], gaps = [], approvals = []] = columns;
  return letters.flatMap((letter, row) => {
    if (letter === '') return [];
    const before = steps[row]?.letter === letter ? steps[row] : undefined;
    const approval = approvals[row];
    const isUnsaid = before !== undefined && before.approval === undefined && approvalOf(before) === approval;
    return [
      {
        ...before,
        letter,
        afterDays: wholeOf((after[row] ?? '').trim()),
        afterPreviousDays: wholeOf((gaps[row] ?? '').trim() || '0'),
        ...(isUnsaid ? {} : { approval }),
      },
    ];
  });
}

// --- what is shown

function yesNo({ words }: Visit): Readonly<Record<string, string>> {
  return { yes: words.settings.yes, no: words.settings.no };
}

function line({ words }: Visit, name: SettingName, value: string, size: number): Html {
  return html`<label for="${name}">${words.settings.names[name]}</label><input id="${name}" name="${name}" value="${value}" size="${size}">`;
}

function number({ words }: Visit, name: SettingName, value: number): Html {
  return html`<label for="${name}">${words.settings.names[name]}</label><input id="${name}" name="${name}" value="${value}" inputmode="numeric" size="5" required>`;
}

function select({ words }: Visit, name: SettingName, value: string, options: Readonly<Record<string, string>>): Html {
  return html`<label for="${name}">${words.settings.names[name]}</label><select id="${name}" name="${name}">${optionsOf(options, value)}</select>`;
}

function optionsOf(options: Readonly<Record<string, string>>, chosen: string): Part {
  return Object.entries(options).map(
    ([value, label]) => html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`,
  );
}

/** Each day by its text, with a strip of the day that shows it, and that a pointer can paint. */
function weekFields({ words }: Visit, name: 'contactHours' | 'phoneHours', week: Week): Html {
  return html`<p class="why">${words.settings.weekHint}</p>${weekdays.map((day, index) => {
    const id = `${name}-${day}`;
    return html`<div class="day"><label for="${id}">${words.weekdays[index] ?? ''}</label><input id="${id}" name="${day}" value="${week[day].join(', ')}" data-week><svg class="strip" viewBox="0 0 1440 40" preserveAspectRatio="none" aria-hidden="true">${week[
      day
    ].flatMap(rectOf)}</svg></div>`;
  })}`;
}

function rectOf(block: string): Html | [] {
  const [from, past, to, pastTo] = (block.match(/\d+/g) ?? []).map(Number);
  if (from === undefined || past === undefined || to === undefined || pastTo === undefined) return [];
  const [start, end] = [from * 60 + past, to * 60 + pastTo];
  return html`<rect x="${start}" width="${(end > start ? end : 1440) - start}" height="40"/>`;
}

/** Two more lines than there are entries. */
function withEmpty<Entry extends object>(entries: readonly Entry[], empty: Entry): Entry[] {
  return [...entries, empty, empty];
}

function cell(id: string, name: string, label: string, value: string, kind: Part = null): Html {
  return html`<div><label for="${id}">${label}</label><input id="${id}" name="${name}" value="${value}"${kind}></div>`;
}

function closureRows({ words }: Visit, closures: ConfigInput['contactHours']['closures']): Part {
  const { closureFrom, closureTo, closureNote, emptyLines } = words.settings;
  const rows = withEmpty(closures, { from: '', to: '', note: '' }).map(
    ({ from, to, note }, row) =>
      html`<div class="cells">${cell(`from-${row}`, 'from', closureFrom, from, html` type="date"`)}${cell(`to-${row}`, 'to', closureTo, to, html` type="date"`)}${cell(`note-${row}`, 'note', closureNote, note)}</div>`,
  );
  return [rows, html`<p class="why">${emptyLines}</p>`];
}

function extraRows({ words }: Visit, extra: ConfigInput['contactHours']['holidays']['extra']): Part {
  const { extraDate, extraName, emptyLines } = words.settings;
  const rows = withEmpty(extra, { date: '', name: '' }).map(
    ({ date, name }, row) =>
      html`<div class="cells">${cell(`date-${row}`, 'date', extraDate, date, html` size="10"`)}${cell(`name-${row}`, 'name', extraName, name)}</div>`,
  );
  return [rows, html`<p class="why">${emptyLines}</p>`];
}

function stepRows(visit: Visit, steps: readonly Step[]): Part {
  const { words } = visit;
  const names = words.settings;
  const letters = {
    '': names.noStep,
    ...Object.fromEntries(ladderLetterKinds.map((kind) => [kind, words.letters[kind]])),
  };
  const shown = [...steps, undefined].map((step, row) => {
    return html`<div class="cells"><div><label for="letter-${row}">${names.stepLetter}</label><select id="letter-${row}" name="letter">${optionsOf(letters, step?.letter ?? '')}</select></div>${cell(
      `after-${row}`,
      'after',
      names.stepAfter,
      String(step?.afterDays ?? ''),
      html` inputmode="numeric" size="4"`,
    )}${cell(`gap-${row}`, 'gap', names.stepGap, String(step?.afterPreviousDays ?? ''), html` inputmode="numeric" size="4"`)}<div><label for="approval-${row}">${
      names.stepApproval
    }</label><select id="approval-${row}" name="approval">${optionsOf(names.approvals, step === undefined ? 'ask' : approvalOf(step))}</select></div></div>`;
  });
  return shown;
}
