/** Italian: why a line of the bank is what it is, and what was recorded of invoices. */
import type { BankedReason } from '../../../rules/banked.ts';
import type { Sum } from '../../../rules/money.ts';
import type { SentencesOf } from '../../parts/reasons.ts';
import { evidenceWords } from '../evidence.ts';
import { ofDay, on, sum, withArticle, day } from '../grammar.ts';

function stays(open: Sum): string {
  return open.cents === 0 ? 'non resta nulla da incassare' : `restano da incassare ${sum(open)}`;
}

export const banked: SentencesOf<BankedReason> = {
  'money-out': () => 'soldi in uscita',
  'own-money-back': () => 'soldi tuoi tornati indietro',
  'own-account': () => 'da un altro tuo conto',
  'nobody-behind': () => 'non riguarda nessuna fattura e nessun cliente',
  'takes-back-unknown': () => 'storna un incasso che non è agli atti',
  'by-evidence': ({ evidence, currency, names }) =>
    evidence
      .map((one) =>
        evidenceWords(one, {
          sum: (cents) => sum({ cents, currency }),
          day: on,
          name: (id) => names[id] ?? `il cliente ${id}`,
        }),
      )
      .join('; '),
  'which-taken-back': () => 'non è certo quale incasso la banca ha stornato',
  'what-it-pays': () => 'non è certo che cosa paga',
  'line-asked': ({ because, place }, say) => `${say(because)} (${place})`,
  'question-gone': () => 'la domanda non c’è più',
  'question-of-others': () => 'ora la domanda riguarda altri',
  'seen-on-account': ({ because }, say) => `un incasso agli atti si vede sul conto: ${say(because)}`,
  'bank-took-back': (reason) =>
    `la banca l’ha stornato ${on(reason.day)}${reason.place === null ? '' : ` (${reason.place})`}`,
  'you-said-pays': ({ because }, say) => `l’hai detto tu${because === null ? '' : `: ${say(because)}`}`,
  'none-of-choices': () => 'nessuna delle scelte, come hai detto tu',
  'pays-no-invoice': () => 'non paga nessuna fattura, come hai detto tu',
  'you-undid-match': () => 'hai annullato l’attribuzione',
  'you-undid': () => 'annullato da te',
  'yours-to-say': () => 'annullato da te: che cosa paga lo dici tu',

  'money-received': (reason) => `${sum(reason.sum)} ricevuti ${on(reason.day)}; ${stays(reason.open)}`,
  'received-by-import': (reason) =>
    `${sum(reason.sum)} ricevuti ${on(reason.day)}${reason.takenBack ? ', e poi stornati' : ''}, da un’importazione`,
  'you-took-payment-back': (reason) => `${sum(reason.sum)} ${ofDay(reason.day)}: tolti da te`,
  'you-voided': () => 'annullata da te',
  'you-wrote-off': () => 'stralciata da te',
  'dispute-over': () => 'la contestazione è chiusa',
  'sum-disputed': (reason) => `il cliente contesta ${sum(reason.sum)}; per il resto si va avanti`,
  'promised-by': (reason) => `il cliente ha promesso di pagare entro ${withArticle('il', day(reason.day))}`,
  'other-day-promised': () => 'è stato promesso un altro giorno',
  'you-corrected': () => 'corretta da te',
  'corrected-by-import': () => 'corretta da un’importazione',
  'credit-note': (reason, say) =>
    `nota di credito di ${sum(reason.sum)}; ${stays(reason.open)}${reason.note === null ? '' : `: ${say(reason.note)}`}`,
  'credit-note-back': (reason) => `la nota di credito di ${sum(reason.sum)} ${ofDay(reason.day)} è stata tolta`,
  'payments-complete': () => 'dici che tutti gli incassi sono registrati',
  'changed-in-file': ({ details }, say) => `modificata da un’importazione: ${details.map(say).join('; ')}`,
  'read-from-file': ({ file, details }, say) =>
    `letta da ${file}${details.length === 0 ? '' : `: ${details.map(say).join('; ')}`}`,
  'rejected-by-exchange': ({ file }) => `il sistema di interscambio l’ha scartata (${file})`,
};
