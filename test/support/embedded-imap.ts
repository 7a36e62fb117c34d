/** The demo's embedded IMAP server, for tests. */
export { type EmbeddedImap, startEmbeddedImap } from '../../src/demo/embedded-imap.ts';
