/** What a language says of what went wrong. */

/** What the system says of a file, by errno name. */
export type FileFault =
  | 'EACCES'
  | 'EPERM'
  | 'ENOENT'
  | 'ENOTDIR'
  | 'EISDIR'
  | 'EEXIST'
  | 'ENOTEMPTY'
  | 'ENOSPC'
  | 'EDQUOT'
  | 'EROFS'
  | 'ENAMETOOLONG'
  | 'ELOOP'
  | 'EMFILE'
  | 'EIO';

export interface FaultWords {
  ofFile: Readonly<Record<FileFault, string>>;
}
