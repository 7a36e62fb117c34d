/**
 * The two columns of a file of clients that are not members of the client: projects and the owner's marks. A file that
 * names them adds: what is known of a project, and marks that the file leaves out, stay as the owner has them.
 */
import { type OwnerMark, ownerMarks } from '../rules/red-flags.ts';
import type { Reader, Writer } from '../store/database.ts';
import { nameKey } from '../store/clients.ts';
import { addMark, standingMarks } from '../store/marks.ts';
import {
  addProject,
  type Project,
  projectNamed,
  projectsOf,
  type ProjectState,
  projectStates,
} from '../store/projects.ts';
import { oneLine, readDay } from './client-columns.ts';
import { readList, writeList } from './csv.ts';
import { parseWord } from './values.ts';

export type ProjectValues = Omit<Project, 'id' | 'clientId'>;

export interface MarkValues {
  mark: OwnerMark;
  note: string;
}

/** Absent when the file has no such column. */
export interface FileValues {
  projects?: ProjectValues[];
  marks?: MarkValues[];
}

export interface FileColumn {
  name: keyof FileValues;
  write(file: Required<FileValues>): string;
  /** @throws AppError or RangeError with the reason */
  read(cell: string, into: FileValues): void;
}

export const fileColumns: readonly FileColumn[] = [
  {
    name: 'projects',
    write: ({ projects }) => writeList(projects.map(writeProject)),
    read: (cell, into) => void (into.projects = readList(cell).map(readProject)),
  },
  {
    name: 'marks',
    write: ({ marks }) => writeList(marks.map(({ mark, note }) => (note === '' ? mark : `${mark}: ${note}`))),
    read: (cell, into) => void (into.marks = readList(cell).map(readMark)),
  },
];

/** 'Logo | ended | 2026-01-12 | 2026-03-01'; a day that is not known is '-'. */
function writeProject({ name, state, startedOn, endedOn }: ProjectValues): string {
  return [name, state, startedOn ?? '-', endedOn ?? '-'].join(' | ');
}

function readProject(item: string): ProjectValues {
  const parts = item.split('|').map((part) => part.trim());
  if (parts.length === 1) return { name: oneLine(item), state: 'active', startedOn: null, endedOn: null };
  const [state = '', startedOn = '', endedOn = ''] = parts.slice(-3);
  const name = oneLine(parts.slice(0, -3).join(' | '));
  if (name === '') throw new RangeError(`"${item}" is no project; write it as: name | active | 2026-01-12 | -`);
  return {
    name,
    state: parseWord(state, 'state of a project', projectStates) satisfies ProjectState,
    startedOn: startedOn === '-' ? null : readDay(startedOn),
    endedOn: endedOn === '-' ? null : readDay(endedOn),
  };
}

function readMark(item: string): MarkValues {
  const [mark = '', ...note] = item.split(':');
  return { mark: parseWord(mark, 'mark', ownerMarks), note: note.join(':').trim() };
}

export function fileValuesOf(r: Reader, clientId: number): Required<FileValues> {
  return {
    projects: projectsOf(r, clientId).map(({ id: _id, clientId: _client, ...values }) => values),
    marks: standingMarks(r, clientId).map(({ mark, note }) => ({ mark, note })),
  };
}

/** Which of the two a file would change. */
export function fileChanges(existing: Required<FileValues>, values: FileValues): (keyof FileValues)[] {
  const known = new Set(existing.projects.map((project) => nameKey(project.name)));
  const marked = new Set(existing.marks.map(({ mark }) => mark));
  const changes: (keyof FileValues)[] = [];
  if (values.projects?.some((project) => !known.has(nameKey(project.name))) === true) changes.push('projects');
  if (values.marks?.some(({ mark }) => !marked.has(mark)) === true) changes.push('marks');
  return changes;
}

export function putFileValues(w: Writer, clientId: number, { projects = [], marks = [] }: FileValues): void {
  for (const project of projects) {
    if (projectNamed(w, clientId, project.name) === undefined) addProject(w, { clientId, ...project });
  }
  const standing = new Set(standingMarks(w, clientId).map(({ mark }) => mark));
  for (const mark of marks) if (!standing.has(mark.mark)) addMark(w, { clientId, ...mark });
}
