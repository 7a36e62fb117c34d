/** The journal as it is shown. For whoever shows it; the store knows how. */
export { entries, verifyJournal } from '../../store/journal.ts';
