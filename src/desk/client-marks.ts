/** What only the owner can judge of a client, and the projects he has with him. Each change is one line in the journal. */
import { AppError } from '../errors.ts';
import type { Client } from '../rules/client.ts';
import type { Reason } from '../rules/reason.ts';
import type { OwnerMark } from '../rules/red-flags.ts';
import type { LocalDay } from '../rules/time.ts';
import { findClient } from '../store/clients.ts';
import type { Writer } from '../store/database.ts';
import { note } from '../store/journal.ts';
import { addMark, type Mark, removeMark, standingMarks } from '../store/marks.ts';
import {
  addProject,
  type Project,
  type ProjectAction,
  projectNamed,
  projectsOf,
  type ProjectState,
  setProject,
} from '../store/projects.ts';
import { act, type DeskParts } from './parts.ts';
import { bad } from './values.ts';

/** @returns changed: false when it stood already with that note, or did not stand */
export function markClient(
  desk: DeskParts,
  who: string,
  values: { mark: OwnerMark; note: string; remove: boolean },
): { client: Client; marks: Mark[]; changed: boolean } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    const { mark } = values;
    const text = values.note.replace(/\s+/g, ' ').trim();
    const changed = values.remove
      ? removeMark(w, client.id, mark)
      : addMark(w, { clientId: client.id, mark, note: text });
    if (changed)
      noteMark(w, client, values.remove ? { code: 'you-unmarked', mark } : { code: 'you-marked', mark, note: text });
    return { client, marks: standingMarks(w, client.id), changed };
  });
}

function noteMark(w: Writer, client: Client, why: Reason): void {
  note(w, { kind: 'client-marked', subject: `client/${client.id}`, clientId: client.id, why });
}

const stateAfter: Record<ProjectAction, ProjectState> = {
  add: 'active',
  pause: 'paused',
  resume: 'active',
  end: 'ended',
};

/**
 * @param values.on the day on which it begins or ends
 * @throws AppError 'not-found' naming the client's projects; 'conflict' when one of that name is there; 'bad-input'
 *   when it would end before it began
 */
export function actOnProject(
  desk: DeskParts,
  who: string,
  values: { action: ProjectAction; name: string; on: LocalDay },
): { client: Client; project: Project; changed: boolean } {
  return act(desk, (w) => {
    const client = findClient(w, who);
    const { action, on } = values;
    const before = action === 'add' ? undefined : mustFind(w, client, values.name);
    const state = stateAfter[action];
    if (before?.state === state) return { client, project: before, changed: false };
    if (action === 'end' && before?.startedOn && on < before.startedOn)
      throw bad({ code: 'project-ends-early', name: before.name, started: before.startedOn });
    const project =
      before === undefined
        ? addProject(w, { clientId: client.id, name: values.name, state, startedOn: on, endedOn: null })
        : setProject(w, before.id, { state, startedOn: before.startedOn, endedOn: action === 'end' ? on : null });
    note(w, {
      kind: 'project-changed',
      subject: `client/${client.id}`,
      clientId: client.id,
      why: { code: 'project-is', project: project.name, state, on },
    });
    return { client, project, changed: true };
  });
}

function mustFind(w: Writer, client: Client, name: string): Project {
  const found = projectNamed(w, client.id, name);
  if (found !== undefined) return found;
  const names = projectsOf(w, client.id).map((project) => `"${project.name}"`);
  throw new AppError('not-found', `${client.name} has no project "${name.replace(/\s+/g, ' ').trim()}"`, {
    next:
      names.length === 0
        ? 'Add it: paletti clients project CLIENT add NAME'
        : `There ${names.length === 1 ? 'is' : 'are'}: ${names.join(', ')}.`,
  });
}
