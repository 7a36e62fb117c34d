/** The pieces of work agreed with a client, each active, paused or ended. Names are one when only case or blanks differ. */
import { AppError } from '../errors.ts';
import type { LocalDay } from '../rules/time.ts';
import type { Reader, Writer } from './database.ts';
import { Table } from './table.ts';

export const projectStates = ['active', 'paused', 'ended'] as const;
export type ProjectState = (typeof projectStates)[number];

/** What the owner may do with one. */
export const projectActions = ['add', 'pause', 'resume', 'end'] as const;
export type ProjectAction = (typeof projectActions)[number];

export interface Project {
  id: number;
  clientId: number;
  name: string;
  state: ProjectState;
  startedOn: LocalDay | null;
  /** null unless ended */
  endedOn: LocalDay | null;
}

export type NewProject = Omit<Project, 'id'>;

const projects = new Table<Project>('projects', {
  id: 'plain',
  clientId: 'plain',
  name: 'plain',
  state: 'plain',
  startedOn: 'plain',
  endedOn: 'plain',
});

function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** @throws AppError 'bad-input' without a name; 'conflict' when the client has a project of that name */
export function addProject(w: Writer, project: NewProject): Project {
  const { clientId, state, startedOn, endedOn } = project;
  const name = project.name.replace(/\s+/g, ' ').trim();
  if (name === '') throw new AppError('bad-input', { code: 'project-without-name' });
  const known = projectNamed(w, clientId, name);
  if (known !== undefined)
    throw new AppError('conflict', `there is a project "${known.name}" already (${known.state})`, {
      next: 'Choose another name, or resume that one.',
    });
  const id = projects.insert(w, { clientId, name, state, startedOn, endedOn }, { name_key: keyOf(name) });
  return projectById(w, id) as Project;
}

function projectById(r: Reader, id: number): Project | undefined {
  return projects.one(r, 'WHERE id = ?', id);
}

/** Of every client. */
export function allProjects(r: Reader): Project[] {
  return projects.many(r, 'ORDER BY client_id, id');
}

export function projectNamed(r: Reader, clientId: number, name: string): Project | undefined {
  return projects.one(r, 'WHERE client_id = ? AND name_key = ?', clientId, keyOf(name));
}

export function setProject(w: Writer, id: number, values: Pick<Project, 'state' | 'startedOn' | 'endedOn'>): Project {
  const { state, startedOn, endedOn } = values;
  w.run('UPDATE projects SET state = ?, started_on = ?, ended_on = ? WHERE id = ?', state, startedOn, endedOn, id);
  return projectById(w, id) as Project;
}

/** In the order they were added. */
export function projectsOf(r: Reader, clientId: number): Project[] {
  return projects.many(r, 'WHERE client_id = ? ORDER BY id', clientId);
}
