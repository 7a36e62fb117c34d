/** Italian: what went wrong. */
import type { FaultWords } from '../parts/faults.ts';

export const faults: FaultWords = {
  ofFile: {
    EACCES: 'non puoi aprirlo',
    EPERM: 'non hai il permesso di farlo',
    ENOENT: 'questo file o questa cartella non c’è',
    ENOTDIR: 'una parte del percorso non è una cartella',
    EISDIR: 'è una cartella',
    EEXIST: 'c’è già',
    ENOTEMPTY: 'la cartella non è vuota',
    ENOSPC: 'il disco è pieno',
    EDQUOT: 'su quel disco non ti resta più spazio',
    EROFS: 'sul disco non si può scrivere',
    ENAMETOOLONG: 'il nome è troppo lungo',
    ELOOP: 'è un collegamento a sé stesso',
    EMFILE: 'ci sono troppi file aperti',
    EIO: 'il disco non ha risposto',
  },
};
