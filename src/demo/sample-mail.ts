/**
 * The mail of the demonstration, as a timetable: who writes to whom, on which day of the story, at what time. Data
 * only. Answers to letters that Paletti writes during the story are in sample-acts.ts: nobody knows their time yet.
 */
import type { ClientKey } from './sample-studio.ts';

/** Somebody who is not in the register. */
export interface Stranger {
  name: string;
  address: string;
}

export interface SampleMail {
  /** left part of its Message-ID; unique */
  key: string;
  /** who wrote it to the owner, or to whom she wrote */
  from?: ClientKey | Stranger;
  to?: ClientKey | Stranger;
  /** left out: that of the mail answered */
  subject?: string;
  text: string;
  /** key of an earlier mail */
  answers?: string;
  /** of robots; one line each */
  headers?: Record<string, string>;
  /** an invitation to a meeting (RFC 5546) instead of plain text */
  invitation?: boolean;
}

export interface TimedMail extends SampleMail {
  /** of the story; negative: it was there before Paletti came */
  day: number;
  /** on the wall clock of the owner */
  time: string;
}

const newsletter = {
  from: { name: 'Font & Margini', address: 'lettera@fontemargini.example' },
  headers: {
    'List-Id': 'Font e Margini <lettera.fontemargini.example>',
    'List-Unsubscribe': '<https://fontemargini.example/addio>',
    Precedence: 'bulk',
  },
};

const shop = {
  from: { name: 'Carta & Colori', address: 'noreply@cartaecolori.example' },
  headers: { 'Auto-Submitted': 'auto-generated' },
};

const rossella: Stranger = { name: 'Rossella Vinci', address: 'rossella.vinci@posta.example' };
const james: Stranger = { name: 'James Okafor', address: 'james@okaforphotos.example' };

/** What the mailbox held when Paletti was started for the first time. */
const before: readonly TimedMail[] = [
  {
    day: -20,
    time: '10:12',
    from: 'bianchi',
    key: 'listino',
    subject: 'Listino autunno',
    text: 'Gentile Anna,\n\nLe allego il listino: può metterlo in pagina entro fine mese?\n\nCordiali saluti,\nElena Bianchi',
  },
  {
    day: -20,
    time: '15:40',
    to: 'bianchi',
    answers: 'listino',
    key: 'listino-re',
    text: 'Gentile Dott.ssa Bianchi,\n\nricevuto, lo trova in bozza per venerdì.\n\nCordiali saluti,\nAnna Rossi',
  },
  {
    day: -12,
    time: '22:05',
    from: 'moretti',
    key: 'modifiche-1',
    subject: 'Modifiche urgenti',
    text: 'Servono altre modifiche alla home per domattina.\n\nMoretti',
  },
  {
    day: -9,
    time: '07:30',
    ...newsletter,
    key: 'lettera-11',
    subject: 'Lettera 11: i margini contano',
    text: 'Questa settimana: perché il bianco non è vuoto.',
  },
  {
    day: -6,
    time: '11:20',
    from: 'priya',
    key: 'photos',
    subject: 'Photos for the wedding site',
    text: 'Hi Anna,\n\nhere are the first forty photos. Which ten would you take?\n\nPriya',
  },
  {
    day: -5,
    time: '09:45',
    to: 'priya',
    answers: 'photos',
    key: 'photos-re',
    text: 'Hi Priya,\n\nI marked my ten. Lovely light in the garden ones.\n\nAnna',
  },
  {
    day: -3,
    time: '16:02',
    from: 'harbour',
    key: 'catalogue',
    subject: 'Autumn catalogue',
    text: 'Dear Ms Rossi,\n\nthe list of titles is final now.\n\nKind regards,\nMargaret Hale',
  },
  {
    day: -2,
    time: '23:40',
    from: 'ferrari',
    key: 'festa',
    subject: 'Idea per la festa',
    text: 'Anna, mi è venuta un’idea per la locandina, domani ti spiego!\n\nLuca',
  },
];

const firstWeek: readonly TimedMail[] = [
  {
    day: 0,
    time: '10:05',
    from: 'bianchi',
    key: 'contatti',
    subject: 'Testi per la pagina Contatti',
    text: 'Gentile Anna,\n\nquali testi Le servono ancora per la pagina Contatti?\n\nCordiali saluti,\nElena Bianchi',
  },
  {
    day: 0,
    time: '10:22',
    to: 'bianchi',
    answers: 'contatti',
    key: 'contatti-re',
    text: 'Gentile Dott.ssa Bianchi,\n\nsolo gli orari e l’indirizzo nuovo.\n\nCordiali saluti,\nAnna Rossi\n\nInviato dal telefono',
  },
  {
    day: 0,
    time: '21:37',
    from: 'ferrari',
    key: 'veloce',
    subject: 'Una cosa veloce!!',
    text: 'Ciao Anna, una cosa veloce: riesci a cambiare la data sulla locandina stasera?\n\nLuca',
  },
  {
    day: 1,
    time: '11:15',
    to: 'ferrari',
    answers: 'veloce',
    key: 'veloce-re',
    text: 'Ciao Luca,\n\nfatto: la nuova data è sulla locandina.\n\nAnna',
  },
  {
    day: 1,
    time: '14:20',
    from: 'priya',
    key: 'colours',
    subject: 'Colours for the RSVP page',
    text: 'Hi Anna,\n\ncould the RSVP page be in the sage green of the invitations?\n\nPriya',
  },
  {
    day: 1,
    time: '16:00',
    ...newsletter,
    key: 'lettera-12',
    subject: 'Lettera 12: griglie per chi ha fretta',
    text: 'Questa settimana: dodici colonne, tre idee.',
  },
  {
    day: 2,
    time: '10:30',
    to: 'priya',
    answers: 'colours',
    key: 'colours-re',
    text: 'Hi Priya,\n\nsage green it is. Have a look at the preview.\n\nAnna',
  },
  {
    day: 2,
    time: '11:30',
    from: 'harbour',
    key: 'corrections',
    subject: 'Catalogue: two corrections',
    text: 'Dear Ms Rossi,\n\non page 14 the price should read 18.50, and the author on page 22 is Ware, not Wear.\n\nKind regards,\nMargaret Hale',
  },
  {
    day: 2,
    time: '23:12',
    from: 'ferrari',
    answers: 'veloce-re',
    key: 'veloce-2',
    text: 'Grande! E il logo dello sponsor un po’ più grande?\n\nLuca',
  },
  {
    day: 3,
    time: '09:20',
    to: 'ferrari',
    answers: 'veloce-2',
    key: 'veloce-2-re',
    text: 'Fatto anche il logo. A presto,\nAnna',
  },
  {
    day: 3,
    time: '15:10',
    to: 'harbour',
    answers: 'corrections',
    key: 'corrections-re',
    text: 'Dear Ms Hale,\n\nboth corrected; the new proof is attached.\n\nKind regards,\nAnna Rossi',
  },
  {
    day: 3,
    time: '17:10',
    from: rossella,
    key: 'preventivo',
    subject: 'Preventivo per un sito',
    text: 'Buonasera, ho un laboratorio di ceramica e vorrei un sito semplice. Quanto costa?\n\nRossella Vinci',
  },
  {
    day: 4,
    time: '09:35',
    to: rossella,
    answers: 'preventivo',
    key: 'preventivo-re',
    text: 'Buongiorno Rossella,\n\nvolentieri: Le propongo una telefonata martedì alle 10.\n\nCordiali saluti,\nAnna Rossi',
  },
  {
    day: 4,
    time: '17:50',
    from: 'priya',
    key: 'guests',
    subject: 'Guest list upload',
    text: 'Hi Anna,\n\nthe guest list will not upload, it says the file is too big. Any idea?\n\nPriya',
  },
  {
    day: 5,
    time: '22:14',
    from: 'moretti',
    key: 'urgente',
    subject: 'URGENTE: modifiche alla home',
    text: 'La home va rifatta con le foto nuove, mi serve per lunedì.\n\nMoretti',
  },
  {
    day: 6,
    time: '10:30',
    from: 'bianchi',
    key: 'foto',
    subject: 'Foto della nuova sede',
    text: 'Gentile Anna,\n\nho caricato le foto della nuova sede nella cartella comune.\n\nCordiali saluti,\nElena Bianchi',
  },
  {
    day: 6,
    time: '18:40',
    to: 'bianchi',
    answers: 'foto',
    key: 'foto-re',
    text: 'Viste, grazie: sono perfette.\n\nAnna Rossi\n\nInviato dal telefono',
  },
];

const secondWeek: readonly TimedMail[] = [
  {
    day: 7,
    time: '11:00',
    to: 'priya',
    answers: 'guests',
    key: 'guests-re',
    text: 'Hi Priya,\n\nsolved: the limit was mine. Please try again.\n\nAnna',
  },
  {
    day: 7,
    time: '15:30',
    from: 'conti',
    key: 'bozza',
    subject: 'Bozza del volantino',
    text: 'Ciao Anna,\n\nla bozza mi piace! Possiamo provare con la foto in verticale?\n\nGreta',
  },
  {
    day: 8,
    time: '10:10',
    to: 'conti',
    answers: 'bozza',
    key: 'bozza-re',
    text: 'Ciao Greta,\n\necco la versione in verticale.\n\nAnna',
  },
  {
    day: 8,
    time: '13:20',
    from: 'bianchi',
    key: 'catalogo',
    subject: 'Ordine delle pagine',
    text: 'Gentile Anna,\n\npossiamo mettere i divani prima dei tavoli?\n\nCordiali saluti,\nElena Bianchi',
  },
  {
    day: 8,
    time: '20:55',
    from: 'ferrari',
    key: 'logo',
    subject: 'Idea per il logo',
    text: 'Ciao! E se il logo fosse una lanterna? Pensaci con calma.\n\nLuca',
  },
  {
    day: 9,
    time: '09:30',
    to: 'bianchi',
    answers: 'catalogo',
    key: 'catalogo-re',
    text: 'Gentile Dott.ssa Bianchi,\n\ncerto: divani, tavoli, lampade.\n\nCordiali saluti,\nAnna Rossi',
  },
  {
    day: 9,
    time: '17:20',
    to: 'ferrari',
    answers: 'logo',
    key: 'logo-re',
    text: 'La lanterna mi piace. Ti mando tre schizzi venerdì.\n\nAnna',
  },
  {
    day: 10,
    time: '12:10',
    from: 'harbour',
    key: 'review',
    subject: 'Invitation: catalogue review',
    text: 'Catalogue review, next week',
    invitation: true,
  },
  {
    day: 11,
    time: '11:00',
    to: 'moretti',
    answers: 'urgente',
    key: 'urgente-re',
    text: 'Gentile Geom. Moretti,\n\nmi scuso per il ritardo: la home con le foto nuove è pronta per la Sua visione.\n\nCordiali saluti,\nAnna Rossi',
  },
  {
    day: 12,
    time: '08:40',
    from: 'priya',
    key: 'music',
    subject: 'Music?',
    text: 'Hi Anna,\n\ncan guests pick a song on the site? Just an idea.\n\nPriya',
  },
  {
    day: 13,
    time: '15:00',
    ...newsletter,
    key: 'lettera-13',
    subject: 'Lettera 13: il grigio giusto',
    text: 'Questa settimana: cinquanta grigi, uno buono.',
  },
];

const thirdWeek: readonly TimedMail[] = [
  {
    day: 14,
    time: '12:10',
    to: 'priya',
    answers: 'music',
    key: 'music-re',
    text: 'Hi Priya,\n\nnice idea, and a small one. It is in.\n\nAnna',
  },
  {
    day: 15,
    time: '22:48',
    from: 'ferrari',
    key: 'ora',
    subject: 'Scusa l’ora',
    text: 'Lo so che è tardi! Il cliente vuole la locandina anche in A5, fattibile?\n\nLuca',
  },
  {
    day: 16,
    time: '10:20',
    from: 'bianchi',
    key: 'approvata',
    subject: 'Bozza approvata',
    text: 'Gentile Anna,\n\nla bozza va bene così, può andare in stampa.\n\nCordiali saluti,\nElena Bianchi',
  },
  {
    day: 17,
    time: '09:50',
    to: 'ferrari',
    answers: 'ora',
    key: 'ora-re',
    text: 'In A5 si può: te la mando oggi.\n\nAnna',
  },
  {
    day: 17,
    time: '12:20',
    to: 'bianchi',
    answers: 'approvata',
    key: 'approvata-re',
    text: 'Gentile Dott.ssa Bianchi,\n\nottimo, il file è in tipografia.\n\nCordiali saluti,\nAnna Rossi',
  },
];

const fourthWeek: readonly TimedMail[] = [
  {
    day: 21,
    time: '11:40',
    from: 'ferrari',
    key: 'venerdi',
    subject: 'Fattura 34',
    text: 'Ciao Anna,\n\nla fattura 34 scade oggi ma l’incasso mi arriva giovedì: te la saldo venerdì, va bene?\n\nLuca',
  },
  {
    day: 21,
    time: '15:00',
    to: 'ferrari',
    answers: 'venerdi',
    key: 'venerdi-re',
    text: 'Ciao Luca,\n\nvenerdì va bene, grazie di avermelo detto prima.\n\nAnna',
  },
  {
    day: 22,
    time: '14:10',
    from: james,
    key: 'james',
    subject: 'Working together?',
    text: 'Hello Anna,\n\nI photograph shops and showrooms. Would a portfolio help you?\n\nJames Okafor',
  },
  {
    day: 22,
    time: '16:45',
    ...shop,
    key: 'ordine',
    subject: 'Il tuo ordine è partito',
    text: 'Il tuo ordine di carta è partito. Non rispondere a questo messaggio.',
  },
  {
    day: 24,
    time: '10:10',
    from: 'conti',
    key: 'terza-bozza',
    subject: 'Fattura 35',
    text: 'Ciao Anna,\n\nin fattura vedo 150 euro per la terza bozza, ma non era compresa nell’accordo. Il resto è giusto.\n\nGreta',
  },
  {
    day: 24,
    time: '16:00',
    to: 'conti',
    answers: 'terza-bozza',
    key: 'terza-bozza-re',
    text: 'Ciao Greta,\n\nguardo l’accordo e ti dico. Intanto il resto rimane com’è.\n\nAnna',
  },
  {
    day: 26,
    time: '11:05',
    from: 'harbour',
    key: 'winter',
    subject: 'Winter catalogue',
    text: 'Dear Ms Rossi,\n\nwe should like the winter catalogue as well. When could you begin?\n\nKind regards,\nMargaret Hale',
  },
  {
    day: 27,
    time: '21:30',
    from: 'ferrari',
    key: 'sito',
    subject: 'E se facessimo un sito?',
    text: 'Ciao Anna, sto pensando a un sito. Ne parliamo?\n\nLuca',
  },
];

const lastWeeks: readonly TimedMail[] = [
  {
    day: 28,
    time: '09:45',
    to: 'ferrari',
    answers: 'sito',
    key: 'sito-re',
    text: 'Volentieri: giovedì alle 15, al telefono?\n\nAnna',
  },
  {
    day: 28,
    time: '11:10',
    to: 'harbour',
    answers: 'winter',
    key: 'winter-re',
    text: 'Dear Ms Hale,\n\nwith pleasure; I could begin in two weeks.\n\nKind regards,\nAnna Rossi',
  },
  {
    day: 29,
    time: '18:40',
    from: 'bianchi',
    key: 'stampa',
    subject: 'Prova di stampa',
    text: 'Gentile Anna,\n\nla prova di stampa è arrivata: il rosso è un po’ scuro.\n\nCordiali saluti,\nElena Bianchi',
  },
  {
    day: 30,
    time: '10:50',
    to: 'bianchi',
    answers: 'stampa',
    key: 'stampa-re',
    text: 'Gentile Dott.ssa Bianchi,\n\nlo correggo e La avviso.\n\nCordiali saluti,\nAnna Rossi',
  },
  {
    day: 32,
    time: '12:20',
    from: 'priya',
    key: 'thanks',
    subject: 'Thank-you cards',
    text: 'Hi Anna,\n\ncould you do the thank-you cards too?\n\nPriya',
  },
  {
    day: 32,
    time: '12:45',
    to: 'priya',
    answers: 'thanks',
    key: 'thanks-re',
    text: 'Hi Priya,\n\nof course. Sketches on Tuesday.\n\nAnna',
  },
  {
    day: 33,
    time: '08:00',
    ...newsletter,
    key: 'lettera-14',
    subject: 'Lettera 14: la riga in più',
    text: 'Questa settimana: togliere, togliere, togliere.',
  },
  {
    day: 34,
    time: '09:10',
    from: 'moretti',
    key: 'allora',
    subject: 'Allora?',
    text: 'A che punto siamo con la home?\n\nMoretti',
  },
  {
    day: 35,
    time: '11:30',
    to: 'moretti',
    answers: 'allora',
    key: 'allora-re',
    text: 'Gentile Geom. Moretti,\n\nla home è ferma, come Le ho scritto: riprendo appena le fatture sono saldate.\n\nCordiali saluti,\nAnna Rossi',
  },
  {
    day: 37,
    time: '21:05',
    from: 'ferrari',
    key: 'nome',
    subject: 'Nome del sito',
    text: 'Ho tre nomi, quale prendiamo? Lanterna, Festalenta, Brindisi.\n\nLuca',
  },
  {
    day: 38,
    time: '10:15',
    to: 'ferrari',
    answers: 'nome',
    key: 'nome-re',
    text: 'Festalenta, senza dubbio.\n\nAnna',
  },
  {
    day: 40,
    time: '16:20',
    from: 'priya',
    key: 'last-photos',
    subject: 'The last photos',
    text: 'Hi Anna,\n\nthe last photos are up. Thank you for everything!\n\nPriya',
  },
  {
    day: 42,
    time: '10:40',
    to: 'priya',
    answers: 'last-photos',
    key: 'last-photos-re',
    text: 'Hi Priya,\n\nthey are beautiful. All the best to you both.\n\nAnna',
  },
  {
    day: 42,
    time: '11:30',
    from: 'bianchi',
    key: 'preventivo-bianchi',
    subject: 'Preventivo per l’anno nuovo',
    text: 'Gentile Anna,\n\nci farebbe un preventivo per il catalogo dell’anno nuovo?\n\nCordiali saluti,\nElena Bianchi',
  },
  {
    day: 43,
    time: '10:15',
    from: 'conti',
    key: 'mostra',
    subject: 'La mostra',
    text: 'Ciao Anna,\n\nla mostra si sposta di una settimana: cambiamo il volantino?\n\nGreta',
  },
  {
    day: 44,
    time: '17:45',
    from: 'ferrari',
    key: 'festalenta',
    subject: 'Festalenta si parte!',
    text: 'Ciao Anna, il dominio è preso. Quando cominciamo?\n\nLuca',
  },
];

export const timetable: readonly TimedMail[] = [
  ...before,
  ...firstWeek,
  ...secondWeek,
  ...thirdWeek,
  ...fourthWeek,
  ...lastWeeks,
];
