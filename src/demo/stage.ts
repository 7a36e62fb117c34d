/**
 * Carries out what the sample data says, at the moment the turned clock shows: mail is put on the server, the owner's
 * acts go through the desk, as hers would. Decides nothing and passes nothing: the daemon's own code does that.
 */
import { changeClient, logWithClient, registerClient, releaseClient } from '../desk/clients.ts';
import { dispute, markPaid, notePromise, recordInvoice, voidByHand } from '../desk/invoices.ts';
import { approveLetter } from '../desk/outbox.ts';
import type { DeskParts } from '../desk/parts.ts';
import { noticesSeen } from '../desk/sending.ts';
import { noTerms } from '../rules/client.ts';
import type { Letter } from '../rules/letter.ts';
import type { FolderRole } from '../rules/message.ts';
import type { Settings } from '../rules/settings.ts';
import { inDays } from '../rules/payment-terms.ts';
import { addDays, dayOf, type Instant } from '../rules/time.ts';
import { deliveryReport, invitation, type Party, personalMail, type RawMail } from './raw-mail.ts';
import type { Happening } from './sample-acts.ts';
import type { SampleMail } from './sample-mail.ts';
import {
  type ClientKey,
  openingInvoices,
  ownerAddress,
  ownerName,
  sampleClients,
  type SampleInvoice,
} from './sample-studio.ts';
import { atTime, type StoryDays } from './story-days.ts';

/** The server's side: a message arrives in a folder. */
export type Append = (role: FolderRole, source: Uint8Array, receivedAt: Instant) => void;

export interface StageParts extends DeskParts {
  settings: Settings;
  days: StoryDays;
  append: Append;
}

const owner: Party = { name: ownerName, address: ownerAddress };

export class Stage {
  readonly #parts: StageParts;
  /** by key: what an answer refers to */
  readonly #written = new Map<string, { messageId: string; subject: string }>();
  readonly #addresses = new Map<ClientKey, string>();

  constructor(parts: StageParts) {
    this.#parts = parts;
  }

  /** The register and the books as they are when Paletti is started for the first time. */
  openBooks(): void {
    for (const client of Object.values(sampleClients)) {
      const { person: _person, address, ...values } = client;
      registerClient(this.#parts, {
        ...values,
        addresses: [address],
        paymentTerms: inDays(30),
        notes: '',
        terms: noTerms,
        hours: null,
        timeZone: null,
      });
    }
    for (const invoice of openingInvoices) this.#invoice(invoice);
  }

  /** @param letter the one that brought it about */
  async carryOut(happens: Happening, letter: Letter | null): Promise<void> {
    if (happens.what === 'mail') return this.#mail(happens, letter);
    if (happens.what === 'bounce') return this.#bounce(letter);
    this.#act(happens, letter);
  }

  async #mail(happens: Happening & { what: 'mail' }, letter: Letter | null): Promise<void> {
    const mail = typeof happens.mail === 'function' ? happens.mail(this.#today()) : happens.mail;
    const answered = happens.answersLetter === true ? letter : undefined;
    await this.put(mail, this.#parts.clock.now(), answered ?? undefined);
  }

  /** @param receivedAt by the server's clock */
  async put(mail: SampleMail, receivedAt: Instant, answered?: Pick<Letter, 'messageId' | 'subject'>): Promise<void> {
    const raw = this.#rawOf(mail, receivedAt, answered);
    this.#written.set(mail.key, raw);
    const bytes = mail.invitation === true ? invitation(raw) : await personalMail(raw);
    this.#parts.append(mail.from === undefined ? 'sent' : 'inbox', bytes, receivedAt);
  }

  #rawOf(mail: SampleMail, at: Instant, letter: Pick<Letter, 'messageId' | 'subject'> | undefined): RawMail {
    const peer = this.#peer(mail);
    const [from, to] = mail.from === undefined ? [owner, peer] : [peer, owner];
    const answered = letter ?? (mail.answers === undefined ? undefined : this.#written.get(mail.answers));
    return {
      from,
      to,
      at,
      text: `${mail.text}\n`,
      headers: mail.headers ?? {},
      subject: mail.subject ?? `Re: ${(answered?.subject ?? '').replace(/^Re: /, '')}`,
      messageId: `<${mail.key}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
      answers: answered?.messageId ?? null,
    };
  }

  #peer(mail: SampleMail): Party {
    const peer = mail.from ?? mail.to;
    if (peer === undefined) return owner;
    if (typeof peer !== 'string') return peer;
    const { person, address } = sampleClients[peer];
    return { name: person, address: this.#addresses.get(peer) ?? address };
  }

  #bounce(letter: Letter | null): void {
    if (letter === null || letter.messageId === null) return;
    const at = this.#parts.clock.now();
    const { messageId: letterId, recipient } = letter;
    this.#parts.append('inbox', deliveryReport({ letterId, recipient, owner, at }), at);
  }

  #act(happens: Exclude<Happening, { what: 'mail' | 'bounce' }>, letter: Letter | null): void {
    const desk = this.#parts;
    const named = (number: string) => ({ number, client: null });
    switch (happens.what) {
      case 'approve':
        if (letter !== null) approveLetter(desk, letter.id);
        break;
      case 'invoice':
        this.#invoice(happens.invoice);
        break;
      case 'payment': {
        const { cents = null, reference, again = false } = happens;
        const values = { amountCents: cents, receivedOn: this.#today(), reference, again };
        markPaid(desk, named(happens.invoice), values);
        break;
      }
      case 'void':
        voidByHand(desk, named(happens.invoice), happens.why);
        break;
      case 'dispute':
        dispute(desk, named(happens.invoice), happens.cents);
        break;
      case 'promise': {
        const day = addDays(this.#today(), happens.inDays);
        notePromise(desk, named(happens.invoice), { day, zone: desk.days.zone, note: happens.note });
        break;
      }
      case 'release':
        releaseClient(desk, sampleClients[happens.client].name);
        break;
      case 'address':
        this.#addresses.set(happens.client, happens.address);
        changeClient(desk, sampleClients[happens.client].name, {
          addresses: [happens.address, sampleClients[happens.client].address],
        });
        break;
      case 'read':
        noticesSeen(desk, 'all');
        break;
      case 'call':
        this.#call(happens);
    }
  }

  #invoice(invoice: SampleInvoice): void {
    const { days } = this.#parts;
    const { number, cents, project, parts, paidOn } = invoice;
    const instalments = parts?.map((part) => ({ dueOn: days.day(part.due), amountCents: part.cents })) ?? null;
    recordInvoice(this.#parts, {
      client: sampleClients[invoice.client].name,
      number,
      project,
      currency: 'EUR',
      totalCents: cents,
      instalments,
      issuedOn: days.day(invoice.issued),
      dueOn: days.day(invoice.due),
    });
    if (paidOn === undefined) return;
    const values = { amountCents: null, receivedOn: days.day(paidOn), reference: 'bonifico', again: false };
    markPaid(this.#parts, { number, client: null }, values);
  }

  #call(happens: Happening & { what: 'call' }): void {
    const { settings, days } = this.#parts;
    const at = atTime(addDays(this.#today(), -1), happens.dayBeforeAt, days.zone);
    const { minutes, text } = happens;
    logWithClient(
      this.#parts,
      sampleClients[happens.client].name,
      { kind: 'call', at, minutes, direction: 'in', text, project: null },
      { contact: settings.hours, phone: settings.phoneHours },
    );
  }

  #today() {
    return dayOf(this.#parts.clock.now(), this.#parts.days.zone);
  }
}
