/** Which processes are at work on a data folder. For whoever shows or serves it; the store knows how. */
export { isDataDirLocked as isFolderInUse, lockPage } from '../../store/lock.ts';
