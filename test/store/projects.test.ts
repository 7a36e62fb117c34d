/** Projects and the owner's marks as they are kept, and the pieces handed over in the log. */
import { describe, expect, it } from 'vitest';
import { addLogEntry, allLogEntries, logEntries } from '../../src/store/log-entries.ts';
import { addMark, allStandingMarks, removeMark, standingMarks } from '../../src/store/marks.ts';
import { addProject, projectNamed, projectsOf, setProject } from '../../src/store/projects.ts';
import { client, day, faultOf, inStore, later, memoryStore, now } from './make.ts';

const site = { clientId: 1, name: 'Sito  web ', state: 'active' as const, startedOn: day('2026-01-12'), endedOn: null };

describe('a project', () => {
  it('is kept under one name, whatever its case and blanks', () => {
    inStore((w) => {
      client(w);
      const added = addProject(w, site);
      expect(added).toEqual({ ...site, id: 1, name: 'Sito web' });
      expect(projectNamed(w, 1, ' SITO web')).toEqual(added);
      expect(projectNamed(w, 2, 'Sito web')).toBeUndefined();
      expect(faultOf(() => addProject(w, { ...site, name: 'sito WEB' }))).toMatchObject({ code: 'conflict' });
      expect(faultOf(() => addProject(w, { ...site, name: ' ' }))).toMatchObject({ code: 'bad-input' });
      expect(projectsOf(w, 1)).toEqual([added]);
    });
  });

  it('changes its state', () => {
    inStore((w) => {
      client(w);
      const { id, startedOn } = addProject(w, site);
      expect(setProject(w, id, { state: 'ended', startedOn, endedOn: day('2026-03-01') })).toMatchObject({
        state: 'ended',
        endedOn: '2026-03-01',
      });
    });
  });

  it('of another client may have the same name', () => {
    inStore((w) => {
      client(w);
      client(w, { name: 'Verdi', addresses: [] });
      addProject(w, site);
      expect(addProject(w, { ...site, clientId: 2 }).clientId).toBe(2);
    });
  });
});

describe('a mark', () => {
  it('stands once; another note replaces it, and what is taken away stays in the record', () => {
    const store = memoryStore();
    const mark = { clientId: 1, mark: 'no-time' as const };
    store.write(now, (w) => {
      client(w);
      expect(addMark(w, { ...mark, note: '' })).toBe(true);
      expect(addMark(w, { ...mark, note: '' })).toBe(false);
      expect(addMark(w, { ...mark, note: 'full until May' })).toBe(true);
      expect(standingMarks(w, 1)).toMatchObject([
        { mark: 'no-time', note: 'full until May', at: now, removedAt: null },
      ]);
    });
    store.write(later, (w) => {
      expect(removeMark(w, 1, 'no-time')).toBe(true);
      expect(removeMark(w, 1, 'no-time')).toBe(false);
      expect(removeMark(w, 1, 'outside-field')).toBe(false);
      expect(allStandingMarks(w)).toEqual([]);
      expect(w.all('SELECT mark FROM owner_marks')).toHaveLength(2);
    });
  });
});

describe('the log', () => {
  it('takes a piece handed over, and is read for all clients from a moment on', () => {
    inStore((w) => {
      client(w);
      client(w, { name: 'Verdi', addresses: [] });
      const entry = {
        minutes: null,
        direction: null,
        text: 'logo',
        project: null,
        outOfHours: false,
        outOfHoursWhy: null,
      };
      addLogEntry(w, { ...entry, clientId: 2, kind: 'delivery', at: later });
      addLogEntry(w, { ...entry, clientId: 1, kind: 'note', at: now });
      expect(logEntries(w, 2)).toMatchObject([{ kind: 'delivery', text: 'logo' }]);
      expect(allLogEntries(w, now).map(({ clientId }) => clientId)).toEqual([1, 2]);
      expect(allLogEntries(w, later).map(({ clientId }) => clientId)).toEqual([2]);
    });
  });
});
