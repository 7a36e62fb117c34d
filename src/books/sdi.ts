/** Notices of the Italian exchange system (SdI): they are no invoices. One that says "rejected" makes its invoice void. */
import { Refusal } from './refusal.ts';
import { textAt, type XmlElement } from './xml.ts';

const notices: Record<string, string> = {
  RicevutaConsegna: 'was delivered',
  NotificaMancataConsegna: 'could not be delivered',
  RicevutaImpossibilitaRecapito: 'could not be delivered',
  NotificaScarto: 'was rejected by the exchange system',
  RicevutaScarto: 'was rejected by the exchange system',
  NotificaEsito: 'was answered by the client',
  NotificaEsitoCommittente: 'was answered by the client',
  NotificaDecorrenzaTermini: 'was not answered in time',
  AttestazioneTrasmissioneFattura: 'was sent, without a delivery',
  MetadatiInvioFile: 'is described by this file',
};

/** A notice is no invoice; one that says "rejected" names the file that counts as not issued. */
export class Notification extends Refusal {
  readonly about: string | null;
  readonly rejected: boolean;

  constructor(message: string, next: string, { about, rejected }: { about: string | null; rejected: boolean }) {
    super('notification', message, { next });
    this.about = about;
    this.rejected = rejected;
  }
}

/** @throws Notification when it is one */
export function refuseNotification(root: XmlElement): void {
  const says = notices[root.name];
  if (says === undefined) return;
  const file = textAt(root, 'NomeFile') ?? 'The invoice';
  const rejected = root.name.endsWith('Scarto') || textAt(root, 'EsitoCommittente', 'Esito') === 'EC02';
  throw new Notification(
    `This is a notice of the exchange system: ${file} ${says}.`,
    rejected ? 'The invoice counts as not issued: void it, mend it, send it again.' : 'Give the invoice itself.',
    { about: textAt(root, 'NomeFile'), rejected },
  );
}
