/** English: what went wrong. */
import type { FaultWords } from '../../parts/faults.ts';
import { sentences } from './sentences.ts';

export const faults: FaultWords = {
  sentences,
  where: 'where:',
  next: 'next:',
  inTheProgram: (message) => `a fault in the program itself: ${message}`,
  reportIt: 'Run it again with PALETTI_DEBUG=1 and report what it prints.',
  belongsTo: (path, name) => `; ${path} belongs to ${name}`,
  checkPath: 'Check the path and its permissions.',
  runAs: (name) => `Run it as ${name}, or name another path.`,
  ofFile: {
    EACCES: 'it may not be opened by you',
    EPERM: 'you may not do that with it',
    ENOENT: 'there is no such file or folder',
    ENOTDIR: 'a part of the path is no folder',
    EISDIR: 'it is a folder',
    EEXIST: 'it is there already',
    ENOTEMPTY: 'the folder is not empty',
    ENOSPC: 'the disk is full',
    EDQUOT: 'there is no room left for you on that disk',
    EROFS: 'the disk cannot be written',
    ENAMETOOLONG: 'the name is too long',
    ELOOP: 'it is a link to itself',
    EMFILE: 'too many files are open',
    EIO: 'the disk failed',
  },
};
