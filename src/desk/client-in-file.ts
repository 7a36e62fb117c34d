/**
 * Which client a file means. Only a whole name, an address, a VAT number or a code of the accounts names one: the
 * numbers of our own rows and the beginning of a name are for a person at the keyboard. Guesses nothing.
 */
import { type Client, domainOf, isWritableAddress, referenceKey } from '../rules/client.ts';
import { formerClients, listClients, nameKey, nearestNames } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';

/** The register, by everything that a file may call a client. */
export interface Register {
  clients: readonly Client[];
  byName: ReadonlyMap<string, readonly Client[]>;
  byAddress: ReadonlyMap<string, Client>;
  byDomain: ReadonlyMap<string, Client>;
  /** by kind and key, as 'vat 01234567890' */
  byReference: ReadonlyMap<string, Client>;
}

export function registerOf(r: Reader): Register {
  const clients = listClients(r);
  const byName = new Map<string, Client[]>();
  for (const client of clients) byName.set(nameKey(client.name), [...(byName.get(nameKey(client.name)) ?? []), client]);
  for (const [key, client] of byFormerName(r, clients)) if (!byName.has(key)) byName.set(key, [client]);
  return {
    clients,
    byName,
    byAddress: new Map(clients.flatMap((client) => client.addresses.map((address) => [address, client] as const))),
    byDomain: new Map(clients.flatMap((client) => client.domains.map((domain) => [domain, client] as const))),
    byReference: new Map(clients.flatMap((client) => referenceEntries(client))),
  };
}

/** Under the names of those that became one with another; a name that two had means neither. */
export function byFormerName<T extends Client>(r: Reader, clients: readonly T[]): Map<string, T> {
  const former = formerClients(r);
  const meant = (key: string) => new Set(former.filter((one) => nameKey(one.name) === key).map((one) => one.clientId));
  return new Map(
    former.flatMap((one) => {
      const key = nameKey(one.name);
      const client = meant(key).size === 1 ? clients.find(({ id }) => id === one.clientId) : undefined;
      return client === undefined ? [] : [[key, client] as const];
    }),
  );
}

function referenceEntries(client: Client): (readonly [string, Client])[] {
  return Object.entries(client.references).flatMap(([kind, references]) =>
    references.map((reference) => [`${kind} ${reference}`, client] as const),
  );
}

/** Columns of a file that may name a client; empty ones say nothing. */
export interface ClientCells {
  /** a name, an address, a VAT number or a code */
  client: string;
  address: string;
  vat: string;
  code: string;
}

/**
 * @throws RangeError when none is named, nobody is known so, several are, or the cells name different ones; with "did
 *   you mean" where a name is near
 */
export function clientInFile(register: Register, cells: ClientCells): Client {
  const named = (Object.entries(cells) as [keyof ClientCells, string][]).filter(([, text]) => text.trim() !== '');
  if (named.length === 0) throw new RangeError('names no client');
  const found = named.map(([column, text]) => ({ text, clients: candidates(register, column, text.trim()) }));
  const sure = found.filter(({ clients }) => clients.length === 1).map(({ clients }) => clients[0] as Client);
  const ids = new Set(sure.map((client) => client.id));
  if (ids.size > 1)
    throw new RangeError(`${named.map(([, text]) => `"${text.trim()}"`).join(' and ')} are different clients`);
  // a number or an address settles which of two of one name is meant, or who is called otherwise in the accounts
  const fits = found.every(({ clients }) => clients.length === 0 || clients.some(({ id }) => ids.has(id)));
  if (ids.size === 1 && fits) return sure[0] as Client;
  const several = found.find(({ clients }) => clients.length > 1);
  if (several !== undefined) throw new RangeError(ambiguous(several.text.trim(), several.clients));
  throw new RangeError(unknownClient(register, (found[0] as { text: string }).text.trim()));
}

/** Whom the cells name when nobody in the register is meant, nor may be: by a name of his own, with what stands beside it. */
export function strangerInFile(
  register: Register,
  cells: ClientCells,
): { name: string; address: string; vat: string } | undefined {
  const name = cells.client.trim();
  const named = (Object.entries(cells) as [keyof ClientCells, string][]).filter(([, text]) => text.trim() !== '');
  const isKnown = named.some(([column, text]) => candidates(register, column, text.trim()).length > 0);
  const names = register.clients.map((client) => client.name);
  if (!/\p{L}/u.test(name) || isKnown || isWritableAddress(name) || nearestNames(name, names) !== '') return undefined;
  const address = cells.address.trim().toLowerCase();
  const vat = referenceKey('vat', cells.vat);
  return { name, address: isWritableAddress(address) ? address : '', vat };
}

function candidates(register: Register, column: keyof ClientCells, text: string): readonly Client[] {
  switch (column) {
    case 'address':
      return byAddress(register, text);
    case 'vat':
      return byReference(register, 'vat', text);
    case 'code':
      return byReference(register, 'code', text);
    case 'client': {
      const names = register.byName.get(nameKey(text)) ?? [];
      if (names.length > 0) return names;
      const others = [
        ...byAddress(register, text),
        ...byReference(register, 'vat', text),
        ...byReference(register, 'code', text),
      ];
      return [...new Map(others.map((client) => [client.id, client])).values()];
    }
  }
}

function byAddress(register: Register, text: string): readonly Client[] {
  const address = text.toLowerCase();
  const found =
    register.byAddress.get(address) ?? (address.includes('@') ? register.byDomain.get(domainOf(address)) : undefined);
  return found === undefined ? [] : [found];
}

function byReference(register: Register, kind: 'vat' | 'code', text: string): readonly Client[] {
  const key = referenceKey(kind, text);
  const found = key === '' ? undefined : register.byReference.get(`${kind} ${key}`);
  return found === undefined ? [] : [found];
}

function ambiguous(text: string, clients: readonly Client[]): string {
  const list = clients.map((client) => client.addresses[0] ?? `client ${client.id}`).join(', ');
  return `"${text}" is the name of ${clients.length} clients (${list}); name the address, the VAT number or the code`;
}

function unknownClient(register: Register, text: string): string {
  const near = nearestNames(
    text,
    register.clients.map((client) => client.name),
  );
  const meant = near === '' ? '' : `; did you mean ${near}?`;
  return `there is no client "${text}"${meant} In a file a client is named by the whole name, an address, the VAT number or the code`;
}

/** What names the client in a file of ours: the name, or of two of one name what tells them apart. */
export function nameInFile(register: Register, client: Client): string {
  const { name, addresses, references } = client;
  if ((register.byName.get(nameKey(name)) ?? []).length < 2) return name;
  return addresses[0] ?? references.vat[0] ?? references.code[0] ?? name;
}
