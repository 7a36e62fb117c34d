/** English: what went wrong. */
import type { FaultWords } from '../parts/faults.ts';

export const faults: FaultWords = {
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
