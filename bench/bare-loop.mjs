/** The least a program can do with ImapFlow: fetch the first bytes of every message, and drop them. PORT USER PASSWORD BYTES */
import { argv } from 'node:process';
import { ImapFlow } from 'imapflow';

const [, , port, user, pass, bytes] = argv;
const client = new ImapFlow({ host: '127.0.0.1', port: Number(port), secure: false, doSTARTTLS: false, auth: { user, pass }, logger: false });
await client.connect();
await client.mailboxOpen('INBOX');
let count = 0;
const query = { uid: true, flags: true, internalDate: true, size: true, source: { start: 0, maxLength: Number(bytes) } };
for await (const message of client.fetch('1:*', query)) count += message.source.length > 0 ? 1 : 0;
await client.logout();
process.stdout.write(`${count}\n`);
