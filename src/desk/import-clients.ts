/**
 * A CSV file of clients -> the register, whole or not at all. Reads Paletti's own columns, and the contact and company
 * exports of HubSpot and Teamwork, with Italian headings too. Importing the same file again changes nothing; what the owner
 * set or took away by hand stays; who may be somebody else is asked about, and the row that asks is left as it is.
 */
import { AppError } from '../errors.ts';
import { nearest } from '../rules/nearest.ts';
import { type Client, domainOf, referenceKey } from '../rules/client.ts';
import { grouped } from '../rules/grouped.ts';
import { isOwnAddress } from '../rules/triage.ts';
import { clientById, listClients, nameKey, type NewClient, removedAddresses, setWorkState } from '../store/clients.ts';
import type { Reader, Writer } from '../store/database.ts';
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
import { byFormerName } from './client-in-file.ts';
import { changeIn, isSharedDomain, refuseOwnAddresses, registerIn } from './clients.ts';
import { columnKey, type CsvFault, type CsvFile, type CsvRow, readCsv, refused, writeCsv } from './csv.ts';
import { type Answers, Inquiry, type Question, question } from './import-questions.ts';
import { act, type DeskParts } from './parts.ts';

/** One client of the file and what becomes of it. */
export interface ClientChange {
  line: number;
  name: string;
  /** `asked`: the row leaves a question open, and nothing of it was taken */
  what: 'add' | 'change' | 'unchanged' | 'asked';
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
  /** what was left out of a row that was taken, or kept as the owner set it */
  notes: { line: number; reason: string }[];
  questions: Question[];
  /** columns that were not used */
  ignored: string[];
}

export interface ClientFile {
  /** its name, for the faults */
  file: string;
  /** the owner's addresses */
  own: readonly string[];
  answers?: Answers;
}

type RowValues = ClientValues & FileValues & { name: string; sameName?: true };
type FiledClient = Client & Required<FileValues>;

interface Row {
  line: number;
  values: RowValues;
  /** the domain that tells its client from others of the same name, by the owner's word */
  apart?: string;
}

interface Plan {
  told: ClientImport;
  inquiry: Inquiry;
  /** addresses that go from one client to another by the owner's word */
  moves: { address: string; from: FiledClient }[];
}

/**
 * What the import would do.
 * @throws AppError 'bad-input' naming file, line, column and reason of every fault; 'usage' for an answer to nothing
 */
export function planClientImport(r: Reader, bytes: Uint8Array, source: ClientFile): ClientImport {
  return planned(r, bytes, source).told;
}

function planned(r: Reader, bytes: Uint8Array, source: ClientFile): Plan {
  const { file, own } = source;
  const csv = readCsv(bytes, file);
  const read = isOwn(csv.columns) ? readOwn(csv, file) : readCrm(csv, file);
  const notes: ClientImport['notes'] = [];
  const inquiry = new Inquiry(r, source.answers ?? new Map());
  const register = registerOf(r);
  if (read.source === 'crm') dropOwn(read, own, notes);
  dropShared(read.rows, notes);
  const asked = new Set(read.source === 'crm' ? oneNameRows(register, read, inquiry) : []);
  const rows = read.source === 'crm' ? merged(read.rows.filter((row) => !asked.has(row))) : read.rows;
  const plan = { read: { ...read, rows }, register, inquiry, notes, moves: [] as Plan['moves'] };
  const moved = read.source === 'crm' ? new Set(rows.filter((row) => isElsewhere(row, plan))) : new Set<Row>();
  const kept = rows.filter((row) => !moved.has(row));
  const faults = [
    ...ownFaults(kept, own),
    ...doubleFaults(register, kept, read.source),
    ...foreignFaults(register, { ...read, rows: kept }, plan.moves),
    ...namelessFaults(register, { ...read, rows: kept }),
  ];
  if (faults.length > 0) throw refused(file, faults);
  inquiry.refuseUnused();
  const changes = [
    ...kept.map((row) => changeOf(r, register, row, { source: read.source, notes })),
    ...[...asked, ...moved].map(({ line, values }) => ({
      line,
      name: values.name,
      what: 'asked' as const,
      changed: [],
      values,
      existing: null,
    })),
  ].toSorted((a, b) => a.line - b.line);
  const { skipped, ignored } = read;
  const told = { source: read.source, changes, skipped, notes, questions: inquiry.open, ignored };
  return { told, inquiry, moves: plan.moves };
}

/** Does what {@link planClientImport} says, in one transaction. */
export function importClients(desk: DeskParts, bytes: Uint8Array, source: ClientFile): ClientImport {
  return act(desk, (w) => {
    const { told, inquiry, moves } = planned(w, bytes, source);
    for (const { address, from } of moves) {
      const client = clientById(w, from.id) as Client;
      const addresses = client.addresses.filter((one) => one !== address);
      changeIn(w, client, { addresses }, { code: 'address-to-other' });
    }
    for (const change of told.changes) {
      if (change.what === 'unchanged' || change.what === 'asked') continue;
      const { workState, projects, marks, ...values } = change.values;
      const client =
        change.existing === null
          ? registerIn(w, values as NewClient, { code: 'imported' })
          : changeIn(w, ...asOfNow(w, change.existing, values), { code: 'changed-by-import' }).client;
      putFileValues(w, client.id, { projects, marks });
      if (change.existing === null && workState !== undefined) setWorkState(w, client.id, workState);
    }
    inquiry.remember(w);
    return told;
  });
}

/** Another row of the file may have added to the same client: one that has become one with another. */
function asOfNow(w: Writer, { id }: FiledClient, values: ClientValues): [Client, ClientValues] {
  const client = clientById(w, id) as Client;
  const { addresses, domains } = values;
  return [
    client,
    {
      ...values,
      ...(addresses === undefined ? {} : { addresses: union(client.addresses, addresses) }),
      ...(domains === undefined ? {} : { domains: union(client.domains, domains).toSorted() }),
    },
  ];
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

/** What the exports of HubSpot and Teamwork, and Italian tables, call things, as {@link columnKey} folds it. The earlier names go first. */
const crmNames = {
  company: [
    'companyname',
    'company',
    'associatedcompany',
    'primaryassociatedcompany',
    'associatedcompanyprimary',
    'organisation',
    'organization',
    'ragionesociale',
    'azienda',
    'societa',
    'società',
    'name',
  ],
  first: ['firstname', 'nome'],
  last: ['lastname', 'surname', 'cognome'],
  contact: ['contactname', 'contact', 'referente', 'contatto'],
  phone: ['phonenumber', 'phone', 'telefono', 'mobilephonenumber', 'cellulare', 'tel'],
  vat: ['vatnumber', 'partitaiva', 'piva'],
  companyIds: ['associatedcompanyids', 'associatedcompanyid', 'primaryassociatedcompanyid', 'companyid'],
  recordId: ['recordid'],
  email: [
    'email',
    'emailaddress',
    'workemail',
    'mail',
    'indirizzoemail',
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
    rows: read.flatMap((entry) => ('values' in entry ? [entry] : [])),
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
  const contact = text('contact');
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
      company,
      person: person || contact,
      language: text('language'),
      zone: text('zone'),
      phone: text('phone'),
      vat: text('vat'),
      notes: text('notes'),
      niche: text('niche'),
    }),
  );
  const crmId = text('companyIds').split(';')[0]?.trim() ?? '';
  if (crmId !== '') values.references = { ...values.references, crm: [crmId] };
  else if (company !== '' && person === '' && text('recordId') !== '')
    values.references = { ...values.references, crm: [text('recordId')] };
  return { line: row.line, values };
}

function crmExtras(text: {
  company: string;
  person: string;
  language: string;
  zone: string;
  notes: string;
  niche: string;
  phone: string;
  vat: string;
}): ClientValues {
  const isCompany = text.company !== '' || text.vat !== '' || hasLegalForm(text.person);
  const extras: ClientValues = { kind: isCompany ? 'business' : 'consumer' };
  if (/^\+?[\d\s()./-]{4,30}$/.test(text.phone)) extras.phone = text.phone;
  if (text.vat !== '') extras.references = { vat: [referenceKey('vat', text.vat)] };
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

/** Whether a name is surely a company's. */
function hasLegalForm(name: string): boolean {
  return legalForm.test(name.replaceAll('.', ''));
}

const legalForm =
  /(?:^|\s)(?:srl|srls|spa|snc|sas|ss|scarl|coop|ltd|llc|inc|gmbh|ag|bv|sarl|sa|plc|studio|associazione)(?:\s|$)/i;

/** A company as people write it: 'Bianchi S.r.l.' and 'Bianchi' are one. */
function companyKey(name: string): string {
  return nameKey(name.replaceAll('.', '')).replace(new RegExp(legalForm, 'gi'), ' ').replace(/\s+/g, ' ').trim();
}

/** What a row of a CRM is of: the company by its id there, else by its name. */
function groupOf({ values, apart }: Row): string {
  const id = values.references?.crm?.[0];
  return id === undefined ? `name ${nameKey(values.name)} ${apart ?? ''}` : `crm ${id}`;
}

/** Several people of one company are one client with several addresses, whatever the order of the file. */
function merged(rows: readonly Row[]): Row[] {
  const groups = [...grouped(rows.toSorted(byAddress), groupOf).values()];
  return groups.map(([first, ...others]) => {
    const row = {
      line: Math.min(...[first, ...others].map((one) => (one as Row).line)),
      values: { ...(first as Row).values },
    };
    for (const { values } of others) {
      row.values.addresses = union(row.values.addresses, values.addresses);
      row.values.domains = union(row.values.domains, values.domains).toSorted();
    }
    return row;
  });
}

function byAddress(one: Row, other: Row): number {
  const key = ({ values }: Row) => values.addresses?.[0] ?? values.domains?.[0] ?? '';
  return key(one) < key(other) ? -1 : 1;
}

/** @returns rows of one name that may be several companies, while the owner has not said: no id tells, and their domains differ */
function oneNameRows(register: Register, { rows }: ReadRows, inquiry: Inquiry): Row[] {
  const unnamed = rows.filter((row) => row.values.references?.crm === undefined);
  return [...grouped(unnamed, groupOf).values()].flatMap((group) => {
    const { name } = (group[0] as Row).values;
    const known = register.byName.get(nameKey(name)) ?? [];
    const domains = [...new Set(group.flatMap(({ values }) => ownDomains(values)))].toSorted();
    const isOne =
      group.length < 2 ||
      domains.length < 2 ||
      (known.length === 1 &&
        group.every(({ values }) => values.addresses?.every((one) => known[0]?.addresses.includes(one))));
    if (isOne) return [];
    const lines = group.map((row) => row.line).toSorted((a, b) => a - b);
    const text = `lines ${lines.join(' and ')} have one company name, "${name}", and different domains (${domains.join(', ')}). One client?`;
    const answers = { one: 'one client with these addresses', two: 'a client for each domain' };
    const answer = inquiry.ask(question(lines[0] as number, text, answers, ['one', nameKey(name), domains]));
    return answer === 'one' ? [] : answer === 'two' ? keptApart(group) : group;
  });
}

/** @returns those of no domain of their own: nobody has said whose they are */
function keptApart(group: readonly Row[]): Row[] {
  for (const row of group) {
    const reached = connected(group, ownDomains(row.values));
    if (reached.length === 0) continue;
    row.apart = reached[0] as string;
    row.values.sameName = true;
  }
  return group.filter((row) => row.apart === undefined);
}

/** All domains that rows of the group have together with these, in order. */
function connected(group: readonly Row[], domains: readonly string[]): string[] {
  const met = group.map(({ values }) => ownDomains(values)).filter((own) => own.some((one) => domains.includes(one)));
  const all = union(domains, met.flat()).toSorted();
  return all.length === domains.length ? all : connected(group, all);
}

function ownDomains({ addresses = [], domains = [] }: RowValues): string[] {
  const named = domains.filter((domain) => !isSharedDomain(domain));
  return named.length > 0 ? named : addresses.map(domainOf).filter((domain) => !isSharedDomain(domain));
}

interface Judging {
  register: Register;
  inquiry: Inquiry;
  moves: Plan['moves'];
}

/** Whether the row asks: its address is another client's, whom the file calls by another company. */
function isElsewhere(row: Row, { register, inquiry, moves }: Judging): boolean {
  const { values, line } = row;
  const target = existingFor(register, values, 'crm');
  const elsewhere = (values.addresses ?? []).flatMap((address) => {
    const owner = register.byAddress.get(address);
    return owner === undefined || owner.id === target?.id || isCalled(owner, values) ? [] : [{ address, from: owner }];
  });
  const [first] = elsewhere;
  if (first === undefined) return false;
  const text = `${first.address} is an address of ${first.from.name}, and the file has it at ${values.name}. Did the person move?`;
  const answers = { move: `the address goes to ${values.name}`, stay: `it stays with ${first.from.name}` };
  const answer = inquiry.ask(
    question(line, text, answers, [
      'moved',
      first.from.id,
      elsewhere.map(({ address }) => address),
      nameKey(values.name),
    ]),
  );
  if (answer === 'move') moves.push(...elsewhere);
  else if (answer === 'stay')
    values.addresses = values.addresses?.filter((one) => !elsewhere.some(({ address }) => address === one));
  return answer === undefined;
}

/** A person without a company is of the client whose address it is; a company's legal form makes no difference. */
function isCalled(owner: Client, values: RowValues): boolean {
  return values.kind === 'consumer' || companyKey(owner.name) === companyKey(values.name);
}

/** The owner herself stands in every CRM. */
function dropOwn(read: ReadRows, own: readonly string[], notes: ClientImport['notes']): void {
  for (const row of [...read.rows]) {
    const mine = row.values.addresses?.filter((address) => isOwnAddress(address, own)) ?? [];
    if (mine.length === 0) continue;
    notes.push({ line: row.line, reason: `${mine.join(', ')} is your own address, and was left out` });
    row.values.addresses = row.values.addresses?.filter((address) => !mine.includes(address)) ?? [];
    if (row.values.addresses.length === 0 && row.values.domains?.length === 0)
      read.rows.splice(read.rows.indexOf(row), 1);
  }
}

/** A provider's domain belongs to millions; the address itself is the client's all the same. */
function dropShared(rows: readonly Row[], notes: ClientImport['notes']): void {
  for (const { line, values } of rows) {
    const shared = values.domains?.filter(isSharedDomain) ?? [];
    if (shared.length === 0) continue;
    notes.push({ line, reason: `the domain ${shared.join(', ')} belongs to a mail provider, and was left out` });
    values.domains = values.domains?.filter((domain) => !shared.includes(domain)) ?? [];
  }
}

function union(one: readonly string[] = [], other: readonly string[] = []): string[] {
  return [...new Set([...one, ...other])];
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
function doubleFaults(register: Register, rows: readonly Row[], source: ClientImport['source']): CsvFault[] {
  const seen = new Map<string, number>();
  const faults: CsvFault[] = [];
  for (const { line, values } of rows) {
    for (const [column, item] of identities(values)) {
      // two of one name are told apart by their ids, or by what else is on record of them
      const isTold = source === 'crm' || (register.byName.get(nameKey(item)) ?? []).length > 1;
      if (column === 'name' && isTold) continue;
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
  byName: ReadonlyMap<string, readonly FiledClient[]>;
  byAddress: ReadonlyMap<string, FiledClient>;
  byDomain: ReadonlyMap<string, FiledClient>;
  byCrmId: ReadonlyMap<string, FiledClient>;
}

function registerOf(r: Reader): Register {
  const clients = listClients(r).map((client) => ({ ...client, ...fileValuesOf(r, client.id) }));
  return {
    byName: new Map<string, readonly FiledClient[]>([
      ...[...byFormerName(r, clients)].map(([key, client]) => [key, [client]] as const),
      ...grouped(clients, (client) => nameKey(client.name)),
    ]),
    byAddress: new Map(clients.flatMap((client) => client.addresses.map((address) => [address, client] as const))),
    byDomain: new Map(clients.flatMap((client) => client.domains.map((domain) => [domain, client] as const))),
    byCrmId: new Map(clients.flatMap((client) => client.references.crm.map((id) => [id, client] as const))),
  };
}

/** A name that several clients have, or one of whom nothing else is known: which of them is meant is not guessed. */
function namelessFaults(register: Register, { rows, source }: ReadRows): CsvFault[] {
  return rows.flatMap(({ line, values }) => {
    const named = register.byName.get(nameKey(values.name)) ?? [];
    if (values.references?.crm !== undefined || existingFor(register, values, source) !== undefined) return [];
    const bare = named.find((client) => client.addresses.length + client.domains.length === 0);
    if (values.sameName === true && bare !== undefined)
      return [
        {
          line,
          column: 'name',
          reason: `"${values.name}" is on record without an address; give it its own first: paletti clients edit ${bare.id} --address ADDRESS`,
        },
      ];
    if (values.sameName === true || named.length < 2) return [];
    const list = named.map((client) => client.addresses[0] ?? `client ${client.id}`).join(', ');
    return [
      {
        line,
        column: 'name',
        reason: `"${values.name}" is the name of ${named.length} clients (${list}), and nothing else in the row is one's`,
      },
    ];
  });
}

/** An address or domain that belongs to another client of the register. */
function foreignFaults(register: Register, { rows, source }: ReadRows, moves: Plan['moves']): CsvFault[] {
  return rows.flatMap(({ line, values }) => {
    const existing = existingFor(register, values, source);
    const foreign = (column: string, item: string, owner: Client | undefined) =>
      owner === undefined || owner.id === existing?.id || moves.some(({ address }) => address === item)
        ? []
        : [{ line, column, reason: `"${item}" belongs to ${owner.name}` }];
    return [
      ...(values.addresses ?? []).flatMap((item) => foreign('addresses', item, register.byAddress.get(item))),
      ...(values.domains ?? []).flatMap((item) => foreign('domains', item, register.byDomain.get(item))),
    ];
  });
}

/** The client of this name. A CRM knows him by its own id first; it may call him otherwise: then the one whose address it is. */
function existingFor(
  register: Register,
  values: Row['values'],
  source: ClientImport['source'],
): FiledClient | undefined {
  const id = values.references?.crm?.[0];
  const byId = id === undefined ? undefined : register.byCrmId.get(referenceKey('crm', id));
  if (byId !== undefined) return byId;
  const named = register.byName.get(nameKey(values.name)) ?? [];
  if (values.sameName === true || named.length > 1)
    return named.find(
      (client) => (id === undefined || client.references.crm.length === 0) && isMarkedBy(client, values),
    );
  const [byName] = named;
  // another company of the CRM has that name
  const isAnother = id !== undefined && byName !== undefined && byName.references.crm.length > 0;
  if ((byName !== undefined && !isAnother) || source === 'paletti') return byName;
  return values.addresses
    ?.map((address) => register.byAddress.get(address))
    .find((client) => client !== undefined && isCalled(client, values) && !isAnother);
}

/** Of several of one name the one that has an address of the row, one at its domain, or a reference. */
function isMarkedBy({ addresses, domains, references }: Client, values: RowValues): boolean {
  const theirs = new Set([...domains, ...addresses.map(domainOf).filter((domain) => !isSharedDomain(domain))]);
  const isReferred = Object.entries(values.references ?? {}).some(([kind, list]) =>
    list.some((one) => references[kind as 'vat'].includes(referenceKey(kind as 'vat', one))),
  );
  return (
    isReferred ||
    (values.addresses ?? []).some((one) => addresses.includes(one)) ||
    ownDomains(values).some((domain) => theirs.has(domain))
  );
}

function changeOf(
  r: Reader,
  register: Register,
  row: Row,
  { source, notes }: { source: ClientImport['source']; notes: ClientImport['notes'] },
): ClientChange {
  const existing = existingFor(register, row.values, source);
  const { line } = row;
  if (existing === undefined)
    return {
      line,
      name: row.values.name,
      what: 'add',
      changed: [],
      values: withTwin(row.values),
      existing: null,
    };
  const removed = removedAddresses(r, existing.id);
  // what the card of the client says that it has become is not undone by what it said before
  const isMerged = source === 'paletti' && nameKey(row.values.name) !== nameKey(existing.name);
  if (isMerged) notes.push({ line, reason: `${row.values.name} is ${existing.name} since you made them one` });
  const { values, kept } = standing(
    existing,
    source === 'paletti' && !isMerged ? ownValues(row.values, existing) : addedOnly(row.values, existing),
    removed,
  );
  for (const what of kept) notes.push({ line, reason: `${what} stays as you set it by hand` });
  const { projects, marks, workState: _workState, ...plain } = values;
  const changed = [
    ...(Object.keys(plain) as (keyof ClientValues)[]).filter((key) => differs(existing, plain, key)),
    ...fileChanges(existing, { projects, marks }),
  ];
  const what = changed.length === 0 ? 'unchanged' : 'change';
  return { line, name: existing.name, what, changed, values, existing };
}

/** A company that the CRM tells from others by its id may have the name of another. */
function withTwin(values: RowValues): RowValues {
  return values.references?.crm === undefined ? values : { ...values, sameName: true };
}

function ownValues(values: RowValues, existing: FiledClient): RowValues {
  return {
    ...values,
    name: existing.name,
    ...(values.addresses === undefined ? {} : { addresses: union(existing.addresses, values.addresses) }),
    ...(values.domains === undefined ? {} : { domains: union(existing.domains, values.domains).toSorted() }),
  };
}

/** Without what the owner set or took away by hand. */
function standing(
  existing: FiledClient,
  values: RowValues,
  removed: ReadonlySet<string>,
): { values: RowValues; kept: string[] } {
  const isHand = (key: string) => existing.byHand.includes(key);
  const kept: string[] = [];
  const keep = (key: keyof ClientValues & keyof Client) => {
    if (isHand(key) && differs(existing, values, key)) kept.push(key);
    if (isHand(key)) delete values[key];
  };
  for (const key of Object.keys(values) as (keyof ClientValues & keyof Client)[]) if (key !== 'name') keep(key);
  for (const key of Object.keys(values.terms ?? {}) as (keyof Client['terms'])[]) {
    if (!isHand(`terms.${key}`)) continue;
    if (JSON.stringify(values.terms?.[key]) !== JSON.stringify(existing.terms[key])) kept.push(key);
    delete values.terms?.[key];
  }
  const gone = [
    ...(values.addresses ?? []).filter((one) => removed.has(one)),
    ...(values.domains ?? []).map((one) => `@${one}`).filter((one) => removed.has(one)),
  ];
  if (values.addresses !== undefined) values.addresses = values.addresses.filter((one) => !removed.has(one));
  if (values.domains !== undefined) values.domains = values.domains.filter((one) => !removed.has(`@${one}`));
  return { values, kept: [...kept, ...gone.map((one) => `the absence of ${one}`)] };
}

/** From a CRM only addresses, domains and its own id are added to a client that is known: the rest is better kept here. */
function addedOnly(values: Row['values'], existing: Client): Row['values'] {
  const crm = values.references?.crm ?? [];
  return {
    name: existing.name,
    addresses: union(existing.addresses, values.addresses),
    domains: union(existing.domains, values.domains).toSorted(),
    ...(crm.length === 0
      ? {}
      : {
          references: {
            crm: union(
              existing.references.crm,
              crm.map((id) => referenceKey('crm', id)),
            ).toSorted(),
          },
        }),
  };
}

function differs(existing: Client, values: ClientValues, key: keyof ClientValues): boolean {
  const wanted = { ...values };
  if (values.terms !== undefined) wanted.terms = { ...existing.terms, ...values.terms };
  if (values.references !== undefined) wanted.references = { ...existing.references, ...values.references };
  const before = { ...existing, contacts: existing.contacts.filter(isNotable) };
  return wanted[key] !== undefined && JSON.stringify(wanted[key]) !== JSON.stringify(before[key]);
}
