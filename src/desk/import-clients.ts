/**
 * A CSV file of clients -> the register, whole or not at all. Reads Paletti's own columns, and the contact and company
 * exports of HubSpot and Teamwork. Importing the same file again changes nothing.
 */
import { AppError } from '../errors.ts';
import { nearest } from '../rules/nearest.ts';
import type { Client } from '../rules/client.ts';
import { listClients, type NewClient, setWorkState } from '../store/clients.ts';
import type { Reader } from '../store/database.ts';
import {
  type ClientValues,
  clientColumns,
  isNotable,
  oneLine,
  readAddresses,
  readDomains,
  readZone,
} from './client-columns.ts';
import { fileChanges, fileColumns, type FileValues, fileValuesOf, putFileValues } from './client-file-columns.ts';
import { changeIn, refuseOwnAddresses, refuseSharedDomains, registerIn } from './clients.ts';
import { columnKey, type CsvFault, type CsvFile, type CsvRow, readCsv, refused, writeCsv } from './csv.ts';
import { act, type DeskParts } from './parts.ts';

/** One client of the file and what becomes of it. */
export interface ClientChange {
  line: number;
  name: string;
  what: 'add' | 'change' | 'unchanged';
  /** the members that change */
  changed: string[];
  values: RowValues;
  existing: FiledClient | null;
}

export interface ClientImport {
  /** whose column names they are */
  source: 'paletti' | 'crm';
  changes: ClientChange[];
  /** rows that name nobody one can write to */
  skipped: { line: number; reason: string }[];
  /** columns that were not used */
  ignored: string[];
}

export interface ClientFile {
  /** its name, for the faults */
  file: string;
  /** the owner's addresses */
  own: readonly string[];
}

type RowValues = ClientValues & FileValues & { name: string };
type FiledClient = Client & Required<FileValues>;

interface Row {
  line: number;
  values: RowValues;
}

/**
 * What the import would do.
 * @throws AppError 'bad-input' naming file, line, column and reason of every fault
 */
export function planClientImport(r: Reader, bytes: Uint8Array, source: ClientFile): ClientImport {
  const { file, own } = source;
  const csv = readCsv(bytes, file);
  const read = isOwn(csv.columns) ? readOwn(csv, file) : readCrm(csv, file);
  const register = registerOf(r);
  const faults = [
    ...sharedFaults(read.rows),
    ...ownFaults(read.rows, own),
    ...doubleFaults(read.rows),
    ...foreignFaults(register, read),
  ];
  if (faults.length > 0) throw refused(file, faults);
  const changes = read.rows.map((row) => changeOf(register, row, read.source));
  return { source: read.source, changes, skipped: read.skipped, ignored: read.ignored };
}

/** Does what {@link planClientImport} says, in one transaction. */
export function importClients(desk: DeskParts, bytes: Uint8Array, source: ClientFile): ClientImport {
  return act(desk, (w) => {
    const plan = planClientImport(w, bytes, source);
    for (const change of plan.changes) {
      const { workState, projects, marks, ...values } = change.values;
      if (change.what === 'unchanged') continue;
      const client =
        change.existing === null
          ? registerIn(w, values as NewClient, 'imported')
          : changeIn(w, change.existing, values, 'changed by an import').client;
      putFileValues(w, client.id, { projects, marks });
      if (workState !== undefined && workState !== client.workState) setWorkState(w, client.id, workState);
    }
    return plan;
  });
}

/** The whole register as CSV. */
export function exportClients(r: Reader): string {
  const rows = listClients(r).map((client) => {
    const file = fileValuesOf(r, client.id);
    return [...clientColumns.map((column) => column.write(client)), ...fileColumns.map((column) => column.write(file))];
  });
  return writeCsv([ownColumns.map((column) => column.name), ...rows]);
}

interface OwnColumn {
  name: string;
  read(cell: string, into: ClientValues & FileValues): void;
}

const ownColumns: readonly OwnColumn[] = [...clientColumns, ...fileColumns];

interface ReadRows {
  source: 'paletti' | 'crm';
  rows: Row[];
  skipped: { line: number; reason: string }[];
  ignored: string[];
}

/** A file is a CRM's when it has a CRM's name for a person, a company or a mail address, and none of ours for it. */
function isOwn(columns: readonly string[]): boolean {
  const keys = columns.map(columnKey);
  const { first, last, email, company } = crmNames;
  const theirs = new Set<string>([...first, ...last, ...email, ...company.filter((name) => name !== 'name')]);
  return keys.includes('addresses') || !keys.some((key) => theirs.has(key));
}

function readOwn(csv: CsvFile, file: string): ReadRows {
  const columns = csv.columns.map((name) => ownColumn(name));
  const names = ownColumns.map((column) => column.name);
  const unknown = csv.columns.filter((_, index) => columns[index] === undefined);
  const faults: CsvFault[] = unknown.map((name) => {
    const near = nearest(name, names);
    return {
      line: 1,
      column: name,
      reason: `is not a known column${near === undefined ? '' : `; did you mean "${near}"?`}`,
    };
  });
  if (!columns.some((column) => column?.name === 'name')) {
    faults.push({ line: 1, column: 'name', reason: 'the file has no such column' });
  }
  if (faults.length > 0) throw refused(file, faults);
  const rows = csv.rows.map((row) => readOwnRow(row, columns, faults));
  if (faults.length > 0) throw refused(file, faults);
  return { source: 'paletti', rows: rows as Row[], skipped: [], ignored: [] };
}

function ownColumn(name: string): OwnColumn | undefined {
  return ownColumns.find((column) => columnKey(column.name) === columnKey(name));
}

/** In the order of our own columns, whatever the order in the file: a rate needs its currency first. */
function readOwnRow(row: CsvRow, columns: readonly (OwnColumn | undefined)[], faults: CsvFault[]): Row {
  const values: ClientValues & FileValues = {};
  for (const column of ownColumns) {
    const index = columns.indexOf(column);
    if (index >= 0) tryCell(row, column.name, faults, () => column.read(row.cells[index] ?? '', values));
  }
  return { line: row.line, values: values as Row['values'] };
}

function tryCell(row: CsvRow, column: string, faults: CsvFault[], read: () => void): void {
  try {
    read();
  } catch (fault) {
    if (!(fault instanceof RangeError) && !(fault instanceof AppError)) throw fault;
    faults.push({ line: row.line, column, reason: fault.message });
  }
}

/** What the exports of HubSpot and Teamwork call things, as {@link columnKey} folds it. The earlier names go first. */
const crmNames = {
  company: [
    'companyname',
    'company',
    'associatedcompany',
    'primaryassociatedcompany',
    'associatedcompanyprimary',
    'organisation',
    'organization',
    'name',
  ],
  first: ['firstname'],
  last: ['lastname', 'surname'],
  email: [
    'email',
    'emailaddress',
    'workemail',
    'primaryemail',
    ...['email1', 'email2', 'email3'],
    ...['emailone', 'emailtwo', 'emailthree'],
    'additionalemailaddresses',
  ],
  domain: ['companydomainname', 'domains', 'domain'],
  zone: ['timezone'],
  language: ['preferredlanguage', 'language'],
  niche: ['industry'],
  notes: ['notes', 'details', 'description', 'aboutus'],
} as const;

function readCrm(csv: CsvFile, file: string): ReadRows {
  const keys = csv.columns.map(columnKey);
  const known = new Set<string>(Object.values(crmNames).flat());
  const has = (what: keyof typeof crmNames) => crmNames[what].some((name) => keys.includes(name));
  if (!has('email') && !has('domain')) {
    throw refused(file, [
      {
        line: 1,
        column: csv.columns[0] ?? '1',
        reason: 'no column holds mail addresses; name one "addresses" or "Email"',
      },
    ]);
  }
  const faults: CsvFault[] = [];
  const read = csv.rows.map((row) => readCrmRow(row, csv.columns, faults));
  if (faults.length > 0) throw refused(file, faults);
  return {
    source: 'crm',
    rows: merged(read.flatMap((entry) => ('values' in entry ? [entry] : []))),
    skipped: read.flatMap((entry) => ('reason' in entry ? [entry] : [])),
    ignored: csv.columns.filter((_, index) => !known.has(keys[index] as string)),
  };
}

function readCrmRow(
  row: CsvRow,
  columns: readonly string[],
  faults: CsvFault[],
): Row | { line: number; reason: string } {
  const cellsOf = (what: keyof typeof crmNames) =>
    crmNames[what].flatMap((name) => {
      const index = columns.findIndex((column) => columnKey(column) === name);
      const cell = index < 0 ? '' : (row.cells[index] ?? '').trim();
      return cell === '' ? [] : [{ cell, column: columns[index] as string }];
    });
  const text = (what: keyof typeof crmNames) => cellsOf(what)[0]?.cell ?? '';
  const person = `${text('first')} ${text('last')}`.trim();
  const company = text('company');
  const values: Row['values'] = { name: company || person, addresses: [], domains: [] };
  for (const { cell, column } of cellsOf('email')) {
    tryCell(row, column, faults, () => void values.addresses?.push(...readAddresses(cell.replaceAll(',', ';'))));
  }
  for (const { cell, column } of cellsOf('domain')) {
    tryCell(row, column, faults, () => void values.domains?.push(...readDomains(cell.replaceAll(',', ';'))));
  }
  tryCell(row, 'name', faults, () => void oneLine(values.name));
  if (values.name === '') values.name = values.addresses?.[0] ?? '';
  if (values.addresses?.length === 0 && values.domains?.length === 0)
    return { line: row.line, reason: 'has no mail address' };
  Object.assign(
    values,
    crmExtras({
      ...{ company, person, language: text('language'), zone: text('zone') },
      ...{ notes: text('notes'), niche: text('niche') },
    }),
  );
  return { line: row.line, values };
}

function crmExtras(text: {
  company: string;
  person: string;
  language: string;
  zone: string;
  notes: string;
  niche: string;
}): ClientValues {
  const extras: ClientValues = { kind: text.company === '' ? 'consumer' : 'business' };
  if (text.person !== '' && text.company !== '') extras.contactName = text.person;
  if (text.notes !== '') extras.notes = text.notes;
  if (text.niche !== '') extras.terms = { niche: text.niche.replace(/\s+/g, ' ').slice(0, 200) };
  if (/^it/i.test(text.language)) extras.language = 'it';
  if (/^en/i.test(text.language)) extras.language = 'en';
  const zone = zoneOf(text.zone);
  if (zone !== null) extras.timeZone = zone;
  return extras;
}

/** A CRM writes zones in its own way; what is no IANA name is left out, and the client has the owner's zone. */
function zoneOf(text: string): string | null {
  try {
    return /^[A-Za-z]+\/\w/.test(text) ? readZone(text) : null;
  } catch {
    return null;
  }
}

/** Several people of one company are one client with several addresses; the first names the contact. */
function merged(rows: readonly Row[]): Row[] {
  const byName = new Map<string, Row>();
  for (const row of rows) {
    const key = nameKey(row.values.name);
    const first = byName.get(key);
    if (first === undefined) {
      byName.set(key, row);
      continue;
    }
    first.values.addresses = union(first.values.addresses, row.values.addresses);
    first.values.domains = union(first.values.domains, row.values.domains).toSorted();
  }
  return [...byName.values()];
}

function union(one: readonly string[] = [], other: readonly string[] = []): string[] {
  return [...new Set([...one, ...other])];
}

function sharedFaults(rows: readonly Row[]): CsvFault[] {
  return refusedRows(rows, 'domains', ({ domains = [] }) => refuseSharedDomains(domains));
}

function ownFaults(rows: readonly Row[], own: readonly string[]): CsvFault[] {
  return refusedRows(rows, 'addresses', ({ addresses = [] }) => refuseOwnAddresses(addresses, own));
}

function refusedRows(rows: readonly Row[], column: string, refuse: (values: RowValues) => void): CsvFault[] {
  return rows.flatMap(({ line, values }) => {
    try {
      refuse(values);
      return [];
    } catch (fault) {
      return [{ line, column, reason: (fault as AppError).message }];
    }
  });
}

/** Two rows of the file that say the same name, address or domain. */
function doubleFaults(rows: readonly Row[]): CsvFault[] {
  const seen = new Map<string, number>();
  const faults: CsvFault[] = [];
  for (const { line, values } of rows) {
    for (const [column, item] of identities(values)) {
      const key = `${column} ${nameKey(item)}`;
      const before = seen.get(key);
      if (before === undefined) seen.set(key, line);
      else faults.push({ line, column, reason: `"${item}" is in line ${before} too` });
    }
  }
  return faults;
}

function identities({ name, addresses = [], domains = [] }: Row['values']): [string, string][] {
  return [
    ['name', name],
    ...addresses.map((item): [string, string] => ['addresses', item]),
    ...domains.map((item): [string, string] => ['domains', item]),
  ];
}

/** The clients that are there, by what they are known by. */
interface Register {
  byName: ReadonlyMap<string, FiledClient>;
  byAddress: ReadonlyMap<string, FiledClient>;
  byDomain: ReadonlyMap<string, FiledClient>;
}

function registerOf(r: Reader): Register {
  const clients = listClients(r).map((client) => ({ ...client, ...fileValuesOf(r, client.id) }));
  return {
    byName: new Map(clients.map((client) => [nameKey(client.name), client])),
    byAddress: new Map(clients.flatMap((client) => client.addresses.map((address) => [address, client] as const))),
    byDomain: new Map(clients.flatMap((client) => client.domains.map((domain) => [domain, client] as const))),
  };
}

/** As the register compares names: case, width and blanks make no difference. */
function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** An address or domain that belongs to another client of the register. */
function foreignFaults(register: Register, { rows, source }: ReadRows): CsvFault[] {
  return rows.flatMap(({ line, values }) => {
    const existing = existingFor(register, values, source);
    const foreign = (column: string, item: string, owner: Client | undefined) =>
      owner === undefined || owner.id === existing?.id
        ? []
        : [{ line, column, reason: `"${item}" belongs to ${owner.name}` }];
    return [
      ...(values.addresses ?? []).flatMap((item) => foreign('addresses', item, register.byAddress.get(item))),
      ...(values.domains ?? []).flatMap((item) => foreign('domains', item, register.byDomain.get(item))),
    ];
  });
}

/** The client of this name. A CRM may call him otherwise: then the one whose address it is. */
function existingFor(
  register: Register,
  values: Row['values'],
  source: ClientImport['source'],
): FiledClient | undefined {
  const byName = register.byName.get(nameKey(values.name));
  if (byName !== undefined || source === 'paletti') return byName;
  return values.addresses?.map((address) => register.byAddress.get(address)).find((client) => client !== undefined);
}

function changeOf(register: Register, row: Row, source: ClientImport['source']): ClientChange {
  const existing = existingFor(register, row.values, source);
  const { line } = row;
  if (existing === undefined)
    return { line, name: row.values.name, what: 'add', changed: [], values: row.values, existing: null };
  const values = source === 'paletti' ? { ...row.values, name: existing.name } : addedOnly(row.values, existing);
  const { projects, marks, ...plain } = values;
  const changed = [
    ...(Object.keys(plain) as (keyof ClientValues)[]).filter((key) => differs(existing, plain, key)),
    ...fileChanges(existing, { projects, marks }),
  ];
  const what = changed.length === 0 ? 'unchanged' : 'change';
  return {
    line,
    name: existing.name,
    what,
    changed,
    values,
    existing,
  };
}

/** From a CRM only addresses and domains are added to a client that is known: the rest is better kept here. */
function addedOnly(values: Row['values'], existing: Client): Row['values'] {
  return {
    name: existing.name,
    addresses: union(existing.addresses, values.addresses),
    domains: union(existing.domains, values.domains).toSorted(),
  };
}

function differs(existing: Client, values: ClientValues, key: keyof ClientValues): boolean {
  const wanted = { ...values };
  if (values.terms !== undefined) wanted.terms = { ...existing.terms, ...values.terms };
  if (values.references !== undefined) wanted.references = { ...existing.references, ...values.references };
  const before = { ...existing, contacts: existing.contacts.filter(isNotable) };
  return wanted[key] !== undefined && JSON.stringify(wanted[key]) !== JSON.stringify(before[key]);
}
