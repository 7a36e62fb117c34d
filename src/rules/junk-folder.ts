/** Whether a folder is the one for unsolicited mail, by its name in seven languages. Asks no server. */

const names =
  /^(?:junk(?: e-?mail)?|spam|bulk(?: mail)?|posta indesiderata|indesiderata|junk-e-mail|unerw[uü]nscht|werbung|courrier ind[eé]sirable|ind[eé]sirables|pourriel|correo no deseado|no deseado|correio electr[oó]nico n[aã]o solicitado|lixo eletr[oô]nico|lixo electr[oó]nico|ongewenste e-?mail|ongewenst)$/iu;

/** @param path with whatever delimiter */
export function isJunkFolder(path: string): boolean {
  const last =
    path
      .normalize('NFC')
      .split(/[/.\\]/)
      .at(-1) ?? '';
  return names.test(last.trim());
}
