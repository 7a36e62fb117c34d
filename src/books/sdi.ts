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

/** @throws Refusal 'notification' when it is one */
export function refuseNotification(root: XmlElement): void {
  const says = notices[root.name];
  if (says === undefined) return;
  const file = textAt(root, 'NomeFile') ?? 'The invoice';
  const rejected = root.name.endsWith('Scarto') || textAt(root, 'EsitoCommittente', 'Esito') === 'EC02';
  throw new Refusal('notification', `This is a notice of the exchange system: ${file} ${says}.`, {
    next: rejected ? 'The invoice counts as not issued: void it, mend it, send it again.' : 'Give the invoice itself.',
  });
}
