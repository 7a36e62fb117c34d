/** Programs that no header gives away, by their words, in the languages of clients' servers; and people who write alike. */
import { describe, expect, it } from 'vitest';
import { isChallenge } from '../../src/rules/challenge.ts';
import { claimsPayment } from '../../src/rules/letter-reply.ts';
import type { ParsedMail } from '../../src/rules/message.ts';
import { triage } from '../../src/rules/triage.ts';
import { aMail, owner } from './a-mail.ts';

const verdict = (subject: string, text: string, lines: string[] = [], rest: Partial<ParsedMail> = {}) =>
  triage(aMail([`Subject: ${subject}`, ...lines], { text, newText: text, ...rest }), {
    role: 'inbox',
    flags: [],
    ownAddresses: [owner],
  });

const question = 'Buongiorno, quando possiamo vederci?';

describe('an answering machine', () => {
  it.each([
    'Vacation Re: Quote',
    'OOO Re: Quote',
    'On holiday RE: Quote',
    'Chiusura estiva R: Preventivo',
    'In trasferta Re: Preventivo',
    'Urlaub AW: Angebot',
    'Congés Re : Devis',
    'Frånvaroanmälan: Offert',
    'Ausência temporária: Orçamento',
    'Poissa toimistosta: Tarjous',
    'Assenza temporanea: Preventivo',
    "I'm on vacation",
  ])('is not answered: "%s"', (subject) => {
    expect(verdict(subject, '.').answerable).toBe(false);
  });

  it.each([
    'To jest automatyczna odpowiedź.',
    'Это автоматический ответ.',
    'Casella non presidiata.',
    'La casella di posta non è monitorata, scriva a info@firm.example.',
  ])('that says so itself is one: "%s"', (text) => {
    expect(verdict('Re: Preventivo', text)).toMatchObject({ kind: 'automatic', code: 'automatic-text' });
  });

  it.each([
    ['Mi arriva "questa è una risposta automatica" dal vostro indirizzo.', 'Preventivo'],
    ['Il sito scrive «questo è un messaggio automatico»: si può togliere?', 'Preventivo'],
    [question, 'Vacation house: sito'],
    [question, 'Ferie di agosto'],
    [question, 'Away days: agenda'],
    [question, 'Re: Vacation'],
  ])('is nobody who speaks of one: "%s" (%s)', (text, subject) => {
    expect(verdict(subject, text)).toMatchObject({ kind: 'human' });
  });
});

describe('a read receipt of which only the words are left', () => {
  const table = [
    ['Letto: Preventivo', 'Il messaggio\n\nOggetto: Preventivo\n\nè stato letto martedì 24 novembre 2026 10:10.'],
    ['Read: Quote', 'Your message\n\nSubject: Quote\n\nwas read on Tuesday, November 24, 2026.'],
    ['Gelesen: Angebot', 'Ihre Nachricht wurde am Dienstag gelesen.'],
    ['Lu : Devis', 'Votre message a été lu le mardi.'],
    ['Leído: Presupuesto', 'El mensaje fue leído el martes.'],
    ['Gelezen: Offerte', 'Uw bericht is op dinsdag gelezen.'],
    ['Non letto: Preventivo', 'Il messaggio è stato eliminato senza essere letto.'],
    ['Not read: Quote', 'Your message was deleted without being read.'],
    ['Return Receipt - Quote', 'Return Receipt: your document was received by Lucia'],
  ] as const;

  it.each(table)('%s', (subject, text) => {
    expect(verdict(subject, text)).toMatchObject({ kind: 'receipt', code: 'read-receipt' });
  });

  it.each([
    ['Letto: il preventivo', 'Il preventivo è stato letto dal capo: quando partiamo?'],
    ['Letto il preventivo', 'È stato letto, va bene così.'],
    ['Read: the brief', 'I have it here. Please begin on Monday.'],
    ['Re: Letto: Preventivo', 'È stato letto, va bene così.'],
  ])('is nobody’s own: %s', (subject, text) => {
    expect(verdict(subject, text)).toMatchObject({ kind: 'human' });
  });
});

describe('a report', () => {
  it.each([
    'Rapporto di mancato recapito',
    'Notifica sullo stato del recapito (errore)',
    'Niedostarczalne: Oferta',
    'Det går inte att leverera: Offert',
    '无法投递: 报价',
  ])('of a mail server is a bounce: "%s"', (subject) => {
    expect(verdict(subject, '.', ['From: postmaster@firm.example'])).toMatchObject({ kind: 'bounce' });
  });

  it.each(['DMARC Aggregate Report for studio.example', '[Preview] DMARC Failure Report for studio.example'])(
    'about DMARC is a program’s: "%s"',
    (subject) => {
      expect(verdict(subject, '.')).toMatchObject({ kind: 'automatic' });
    },
  );

  it.each([
    'DMARC: mi aiuta?',
    'DMARC report for our domain, can you help?',
    'Re: DMARC Aggregate Report for x.example',
  ])('is no question about one: "%s"', (subject) => {
    expect(verdict(subject, question)).toMatchObject({ kind: 'human', answerable: true });
  });

  it('by a filter named after its maker is spam', () => {
    for (const line of ['X-Spampanel-Class: spam', 'X-SpamExperts-Class: spam'])
      expect(verdict('Preventivo', question, [line])).toMatchObject({ kind: 'spam' });
    expect(verdict('Preventivo', question, ['X-Spampanel-Class: unsure'])).toMatchObject({ kind: 'human' });
  });

  it('wanted at a numbered address of a program is no person’s', () => {
    expect(verdict('Preventivo', question, ['Return-Path: <returns-1234@firm.example>']).answerable).toBe(false);
    expect(verdict('Preventivo', question, ['Return-Path: <luca.returns@firm.example>']).answerable).toBe(true);
  });
});

describe('a challenge', () => {
  const robot = 'Auto-Submitted: auto-replied';
  it.each([
    ['I am protecting myself from receiving junk mail. Just this once, click the link below.', [robot]],
    ['To protect my inbox from spam, please add yourself to my approved senders list.', ['Precedence: bulk']],
    ['Si aggiunga alla mia lista dei mittenti: clicchi qui.', [robot]],
  ])('under the subject of the letter: "%s"', (text, lines) => {
    expect(isChallenge(aMail(['Subject: Re: Promemoria', ...lines], { newText: text }))).toBe(true);
    // the same words of a person are a person's
    expect(isChallenge(aMail(['Subject: Re: Promemoria'], { newText: text }))).toBe(false);
  });
});

describe('a claim of payment in the subject', () => {
  const inSubject = (subject: string) => claimsPayment({ subject, newText: 'Vedi allegato.' });

  it.each([
    'Fattura 14 pagata',
    'Bonifico effettuato',
    'Pagato',
    'Invoice 14 has been paid',
    '[EXT] Fattura 14 saldata',
  ])('counts where it is the writer’s own: "%s"', (subject) => expect(inSubject(subject)).toBe(true));

  it.each([
    'Re: Fattura 14 pagata',
    'R: Bonifico effettuato',
    '[Ticket 12] RE: Fattura 14 pagata',
    'I: Pagato',
    'Fattura 14 non pagata',
    'Fattura pagata?',
    'Fattura 14',
  ])('does not where it was there before, or says no: "%s"', (subject) => expect(inSubject(subject)).toBe(false));
});
