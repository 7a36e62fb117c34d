/** Whether a folder is the one for unsolicited mail, by its name in seven languages. Asks no server. */
import { plainSpelling } from './spelling.ts';

/** In plain spelling. */
const names =
  /^(?:junk(?: e-?mail)?|spam|bulk(?: mail)?|posta indesiderata|indesiderata|junk-e-mail|unerwunscht|werbung|courrier indesirable|indesirables|pourriel|correo no deseado|no deseado|correio electronico nao solicitado|lixo ele(?:c)?tronico|ongewenste e-?mail|ongewenst)$/u;

/** @param path with whatever delimiter */
export function isJunkFolder(path: string): boolean {
  if (last.path !== path) {
    const name = path.split(/[/.\\]/).at(-1) ?? '';
    last = { path, isJunk: names.test(plainSpelling(name).trim()) };
  }
  return last.isJunk;
}

/** Of one folder it is asked for each of its messages. */
let last = { path: '', isJunk: false };
