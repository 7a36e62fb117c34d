/** Italian: why a mail of the owner's own waits, stays, or how its sending ended. */
import type { OwnMailReason } from '../../../rules/own-mail.ts';
import type { SentencesOf } from '../../parts/reasons.ts';

export const ownMail: SentencesOf<OwnMailReason> = {
  'own-mail-waits': () => 'aspetta l’orario di contatto',
  'own-mail-to-nobody': () => 'non ha ancora un destinatario',
  'own-mail-without-subject': () => 'non ha ancora un oggetto',
  'own-mail-not-yours': ({ from }) =>
    from === '' ? 'non indica un mittente' : `il mittente è ${from}, che non è un tuo indirizzo`,
  'own-mail-bad-address': ({ address }) => `${address} non è un indirizzo a cui si possa scrivere`,
  'own-mail-too-large': ({ megabytes }) => `supera i ${megabytes} MB`,
  'own-mail-unreadable': ({ fault }, say) => `non si riesce a leggere: ${say(fault)}`,
  'own-mail-never-open': () => 'l’orario che aspetta non si apre mai',
  'own-mail-stands-in-sent': () =>
    'nella posta inviata c’è già un messaggio con il suo Message-ID; non parte una seconda volta',
  'own-mail-unsure': () => 'forse è arrivato: la connessione è caduta durante la consegna e nessuno può saperlo',
  'own-mail-refused': ({ fault }, say) => `il server non lo ha accettato: ${say(fault)}`,
  'own-mail-partly': ({ addresses }) => `è partito, ma il server non lo ha accettato per ${addresses.join(', ')}`,
  'own-mail-put-back': () => 'lo hai tolto dalla cartella',
  'own-mail-first': ({ subject }) => `prima parte il tuo messaggio «${subject}»`,
};
