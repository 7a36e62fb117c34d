/** Italian: what went wrong. */
import type { FaultWords } from '../../parts/faults.ts';
import { sentences } from './sentences.ts';

export const faults: FaultWords = {
  sentences,
  where: 'dove:',
  next: 'ora:',
  inTheProgram: (message) => `un errore del programma stesso: ${message}`,
  reportIt: 'Ripeti con PALETTI_DEBUG=1 e segnala ciò che stampa.',
  belongsTo: (path, name) => `; ${path} è di ${name}`,
  checkPath: 'Controlla il percorso e i permessi.',
  runAs: (name) => `Eseguilo come ${name}, o indica un altro percorso.`,
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
