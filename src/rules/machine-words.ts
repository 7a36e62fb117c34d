/**
 * Subjects and sentences by which mail of programs gives itself away where no header says so: delivery reports,
 * answering machines, confirmations, challenges, reports of mail servers, in the languages that the owner meets and
 * those that her clients' servers speak. Lists only; what follows from a hit is decided in triage.
 */
import { matching, plainSpelling, type Words } from './spelling.ts';
import { replyMarks } from './subject.ts';

/** Phrases without any syntax of patterns, as people write them. */
const spelledPlainly = (...phrases: string[]) => phrases.map(plainSpelling);

/** Behind a phrase that says it all: nothing, a sign of punctuation, or the original subject after one. */
const ending = '(?=\\s*$|\\s*[:;,.!|(\\[–—-])';
const either = (phrases: readonly string[]) => `(?:${phrases.join('|')})`;
/** Only at the beginning: a person's reply to such a mail has "Re:" in front. */
const begins = (phrases: readonly string[], behind: string): Words =>
  matching(`^\\s*${either(phrases)}${behind}`, phrases);

// Delivery reports

const failures = spelledPlainly(
  ...[
    'undelivered mail returned',
    'delivery status notification',
    'delivery notification',
    'non-delivery notification',
  ],
  ...[
    'non-delivery report',
    'non-delivery receipt',
    'nondeliverable mail',
    'non-deliverable mail',
    'delivery reports about your',
  ],
  ...[
    'mail system error',
    'mail could not be delivered',
    'message could not be delivered',
    'your message could not be delivered',
  ],
  ...[
    'your mail could not be delivered',
    'your email could not be delivered',
    'email could not be delivered',
    'message undeliverable',
  ],
  ...[
    'message status - undeliverable',
    'unable to deliver',
    'could not deliver',
    'cannot deliver',
    'email not deliverable',
    'failed mail',
  ],
  ...[
    'mail delivery failed',
    'mail delivery failure',
    'mail delivery error',
    'mail delivery problem',
    'mail delivery system',
  ],
  ...[
    'message delivery failure',
    'message delivery failed',
    'message delivery error',
    'automatically rejected mail',
    'address not found',
  ],
  ...[
    'warning: could not send message',
    'messaggio non recapitabile',
    'messaggio non recapitato',
    'messaggio non consegnato',
  ],
  ...[
    'messaggio non inviato',
    'mail non recapitata',
    'mail non recapitabile',
    'posta non recapitata',
    'posta non recapitabile',
  ],
  ...[
    'mancato recapito',
    'mancata consegna',
    'avviso di mancata consegna',
    'avviso di mancato recapito',
    'notifica di mancata consegna',
    'rapporto di mancato recapito',
    'rapporto di mancata consegna',
    'notifica sullo stato del recapito',
    'notifica sullo stato della consegna',
  ],
  ...[
    'notifica di mancato recapito',
    'errore di consegna',
    'consegna non riuscita',
    'recapito non riuscito',
    'impossibile recapitare',
  ],
  ...[
    'impossibile consegnare il messaggio',
    'unzustellbare nachricht',
    'unzustellbare mail',
    'nachricht nicht zugestellt',
  ],
  ...[
    'nachricht konnte nicht zugestellt werden',
    'zustellung fehlgeschlagen',
    'zustellfehler',
    'benachrichtigung über zustellungsfehler',
  ],
  ...[
    'zurückgesandte mail',
    'message non remis',
    'message non délivré',
    'message non distribué',
    'courrier non remis',
    'courrier non délivré',
  ],
  ...[
    'échec de la remise',
    'échec de remise',
    'échec de distribution',
    "retour à l'expéditeur",
    'notification de non remise',
  ],
  ...[
    'correo no entregado',
    'mensaje no entregado',
    'error de entrega',
    'fallo en la entrega',
    'no se pudo entregar',
    'no se ha podido entregar',
  ],
  ...[
    'correo devuelto',
    'mensaje devuelto',
    'notificación de estado de entrega',
    'falha na entrega',
    'mensagem não entregue',
  ],
  ...[
    'não foi possível entregar',
    'notificação de status de entrega',
    'bericht niet bezorgd',
    'bezorging mislukt',
    'aflevering mislukt',
  ],
  ...[
    'niet afgeleverde',
    'olevererbart',
    'meddelandet kunde inte levereras',
    'kunne ikke leveres',
    'kan ikke leveres',
    'toimitus epäonnistui',
  ],
  ...[
    'viestiä ei voitu toimittaa',
    'nie można dostarczyć',
    'niedostarczona wiadomość',
    'zwrot wiadomości',
    'nedoručitelná zpráva',
    'nedoručiteľné',
  ],
  ...[
    'nedoručeno',
    'kézbesíthetetlen',
    'kézbesítési hiba',
    'mesaj nelivrat',
    'nelivrabil',
    'nedostavljivo',
    'teslim edilemedi',
  ],
  ...[
    'teslim edilemeyen',
    'iletilemedi',
    'недоставленное сообщение',
    'сообщение не доставлено',
    'не удалось доставить',
    'недоставлено',
  ],
  ...['не вдалося доставити', 'недоставено', 'αδυναμία παράδοσης', 'δεν παραδόθηκε', 'לא ניתן למסירה', 'تعذر التسليم'],
  ...[
    '系统退信',
    '退信',
    '投递失败',
    '未送达',
    '無法傳遞',
    '无法投递',
    '無法投遞',
    '无法送达',
    '配信不能',
    '送信エラー',
    'メールを配信できません',
    '配信できませんでした',
    '반송된 메일',
    '전송 실패',
    '배달되지 않음',
  ],
);
const failureWithColon = spelledPlainly(
  ...[
    'undeliverable',
    'undelivered',
    'undeliverable mail',
    'message not delivered',
    'not delivered',
    'non recapitabile',
    'non recapitato',
  ],
  ...[
    'non consegnato',
    'unzustellbar',
    'nicht zustellbar',
    'nicht zugestellt',
    'non remis',
    'non distribuable',
    'non délivré',
  ],
  ...[
    'no se puede entregar',
    'no entregado',
    'não é possível entregar',
    'nao possivel entregar',
    'não entregue',
    'onbestelbaar',
    'niet bezorgd',
  ],
  ...[
    'går inte att leverera',
    'det går inte att leverera',
    'kan ikke leveres',
    'ikke leveret',
    'ei voi toimittaa',
    'niedostarczone',
    'niedostarczalne',
    'nedoručitelné',
    'недоставимо',
  ],
  ...['μη παραδοτέο', '配信不能', '未传递', '배달되지 않음', 'ndn', 'ndr'],
);
/** "Delivery failure: …", "Returned mail - …": English words that people write too, with what only programs put behind. */
const failureForms = [
  'undeliverable (?:mail|message|e-?mail)\\s*$',
  '(?:e-?mail |message |mail )?delivery (?:failure|failed|failing|delayed|error|problem|report|status)(?:\\s*$|\\s*[:(–—-]|\\s+(?:notification|notice|report|message|warning|for|to|status|\\(failure\\)))',
  'delayed (?:mail|delivery|message)(?:\\s*$|\\s*[:(–—-]| notification)',
  'returned (?:e-?mail|mail|message|to sender)(?:\\s*$|\\s*[:(–—-])',
  'mail (?:returned|failure|error|bounced?)(?:\\s*$|\\s*[:(–—-]| notification| to sender)',
  'failure notice\\s*$',
  'failure (?:delivery|delivering)\\b',
  'warning: message .{1,40} delayed',
  'warning: \\S{1,200}@\\S{1,200} - user unknown',
  'message (?:delayed|not delivered|rejected)(?:\\s*$|\\s*[:(–—-])',
  '(?:rejected|refused) (?:mail|message|e-?mail)(?:\\s*$|\\s*[:(–—-])',
];

/** Subjects of delivery reports: at the beginning only, so that a person's reply to one stays a person's. */
export const bounceSubject: Words = matching(
  `^\\s*(?:${either(failures)}|${either(failureWithColon)}(?:\\s*[:：]|\\s*$)|${either(failureForms)})`,
  [...failures, ...failureWithColon, ...failureForms],
);

/** What the text of a report says, where only its sender (postmaster) speaks for one. */
const refusals = [
  '[45]\\d\\d[ -]#?[45]\\.\\d{1,3}\\.\\d{1,3}',
  '[45]\\d\\d (?:user|mailbox|recipient|address|unknown|no such|unrouteable|permanent|requested|service|relay)\\p{L}*',
  '(?:user|recipient|mailbox|address|host) (?:is )?(?:unknown|not found|unavailable|full|rejected|disabled|does not exist)',
  '(?:could|can) ?not be delivered',
  '(?:was|is|were) not delivered',
  'undeliver(?:able|ed)',
  'unable to deliver',
  "(?:not|n't) (?:be )?able to deliver",
  'delivery (?:has )?failed',
  'non (?:e stato |e stata |puo essere |ha potuto essere )(?:consegnat|recapitat)[oa]',
  'casella (?:\\p{L}+ )?piena',
  '(?:konnte|kann) nicht zugestellt werden',
  "n'a pas pu etre (?:remis|delivre|distribue)e?",
  '(?:no se pudo|no ha podido ser) entrega\\p{L}*',
  'niet (?:worden )?bezorgd',
];
export const bounceText: Words = matching(either(refusals), refusals);

// Answering machines

/** Nobody but a program calls its own mail so. */
const answering = spelledPlainly(
  ...[
    'automatic reply',
    'automatic response',
    'automatic answer',
    'automated reply',
    'automated response',
    'automated answer',
    'auto reply',
  ],
  ...[
    'auto-reply',
    'autoreply',
    'auto response',
    'auto-response',
    'autoresponse',
    'auto responder',
    'auto-responder',
    'autoresponder',
  ],
  ...[
    'automatic email reply',
    'automatic e-mail reply',
    'automatic mail reply',
    'automatic email response',
    'autoanswer',
    'auto-answer',
  ],
  ...[
    'vacation reply',
    'vacation response',
    'vacation autoreply',
    'vacation responder',
    'vacation message',
    'vacation notice',
    'away message',
  ],
  ...[
    'risposta automatica',
    'messaggio automatico',
    'autorisponditore',
    'risponditore automatico',
    'notifica automatica',
    'messaggio di assenza',
  ],
  ...[
    'automatische antwort',
    'automatische antwortmail',
    'automatische rückantwort',
    'automatische rückmeldung',
    'automatische nachricht',
  ],
  ...[
    'automatische eingangsbestätigung',
    'automatische abwesenheitsnotiz',
    'automatisch generierte antwort',
    'automatische reactie',
  ],
  ...[
    'automatische beantwoording',
    'automatisch antwoord',
    'automatisch bericht',
    'automatische e-mail',
    'automatische mail',
    'réponse automatique',
  ],
  ...[
    'message automatique',
    'répondeur automatique',
    "message d'absence",
    "réponse d'absence",
    "notification d'absence",
    "avis d'absence",
  ],
  ...[
    'respuesta automática',
    'mensaje automático',
    'contestación automática',
    'autorrespuesta',
    'autorespuesta',
    'contestador automático',
  ],
  ...[
    'resposta automática',
    'mensagem automática',
    'resposta automàtica',
    'autosvar',
    'automatisk svar',
    'automatiskt svar',
    'automatiskt meddelande',
  ],
  ...[
    'fraværsmelding',
    'fraværsbesked',
    'automaattinen vastaus',
    'automaattivastaus',
    'poissaoloviesti',
    'poissaoloilmoitus',
    'sjálfvirkt svar',
  ],
  ...[
    'odpowiedź automatyczna',
    'automatyczna odpowiedź',
    'autoodpowiedź',
    'automatická odpověď',
    'automatická odpoveď',
    'samodejni odgovor',
  ],
  ...[
    'avtomatski odgovor',
    'automatski odgovor',
    'automatikus válasz',
    'răspuns automat',
    'automātiska atbilde',
    'automātiskā atbilde',
  ],
  ...[
    'automatinis atsakymas',
    'automaatvastus',
    'automaatne vastus',
    'përgjigje automatike',
    'otomatik yanıt',
    'otomatik cevap',
    'erantzun automatikoa',
  ],
  ...[
    'автоматичен отговор',
    'автоответ',
    'автоматический ответ',
    'автоматическое сообщение',
    'автоматична відповідь',
    'автовідповідь',
  ],
  ...[
    'аутоматски одговор',
    'автоматски одговор',
    'αυτόματη απάντηση',
    'αυτόματο μήνυμα',
    'תשובה אוטומטית',
    'מענה אוטומטי',
    'رد تلقائي',
    'الرد التلقائي',
  ],
  ...[
    'پاسخ خودکار',
    '自動応答',
    '自動返信',
    '自動返答',
    '不在通知',
    '自动回复',
    '自动答复',
    '自動回覆',
    '自動回復',
    '자동 회신',
    '자동회신',
    '자동 응답',
    '자동응답',
  ],
  ...['ตอบกลับอัตโนมัติ', 'trả lời tự động', 'tự động trả lời', 'balasan otomatis', 'balasan automatik', 'स्वचालित उत्तर'],
);
const awayMessages = spelledPlainly(
  ...[
    'out of office',
    'out of the office',
    'fuori ufficio',
    "fuori dall'ufficio",
    'fuori sede',
    "assente dall'ufficio",
    "assenza dall'ufficio",
  ],
  ...[
    'avviso di assenza',
    'notifica di assenza',
    'abwesenheitsnotiz',
    'abwesenheitsmeldung',
    'abwesenheitsnachricht',
    'abwesenheitsassistent',
  ],
  ...[
    'absence du bureau',
    'absent du bureau',
    'fuera de la oficina',
    'fuera de oficina',
    'ausente de la oficina',
    'fora do escritório',
  ],
  ...[
    'afwezig',
    'afwezigheidsbericht',
    'afwezigheidsmelding',
    'frånvaromeddelande',
    'frånvaroanmälan',
    'ausência temporária',
    'ausencia temporal',
    'absence temporaire',
    'assenza temporanea',
    'poissa toimistosta',
    'poza biurem',
    'mimo kancelář',
    'házon kívül',
    'вне офиса',
  ],
  ...['εκτός γραφείου', 'ofis dışında', 'מחוץ למשרד', 'خارج المكتب', '不在办公室', '부재중 알림'],
);
const programsOwn = [...awayMessages, ...answering];

/** An answering machine's subject: the phrase first, and then nothing, a sign of punctuation or the word "reply". */
export const autoReplySubject: Words = matching(
  `^\\s*(?:(?:oof|ooo)\\s*:|${either(programsOwn)}(?:${ending}|\\s+(?:auto[ -]?reply|reply|message|notification|notice|re:|fino|dal|sino|until|till|from|this week|bis|vom|du|jusqu'|hasta|tot|t/m))` +
    // Lotus Notes puts the name in front
    '|(?:auto: )?(?:[^:]{1,120} )?(?:is|will be) (?:currently )?out of (?:the )?office[.!]?(?:\\s*\\(?(?:returning|until|till|from)[^)]{0,60}\\)?[.!]?)?\\s*$)',
  programsOwn,
);

/** The phrase first, but other words after it ("Out of office chairs"): too little to call it a machine. */
export const maybeAutoReplySubject: Words = begins(programsOwn, '(?!\\p{L})');

/** In a reply, or in brackets behind the original subject. */
export const answeringInside: Words = matching(
  `^\\s*(?:(?:re|r|rif|aw|antw|rv|sv|vs|odp|ynt|回复|答复)(?:\\[\\d+\\])?\\s*:\\s*){1,5}${either(answering)}${ending}|[([]\\s*${either(answering)}\\s*[)\\]]\\s*$`,
  [],
);

/** Absence in words that people write too. */
const away = spelledPlainly(
  ...[
    'assente',
    'assenti',
    'assenza',
    'assente per ferie',
    'in ferie',
    'sono in ferie',
    'siamo in ferie',
    'ferie',
    'periodo di ferie',
  ],
  ...[
    'chiusura estiva',
    'chiusura natalizia',
    'chiusura per ferie',
    'chiusura invernale',
    'chiusura uffici',
    'chiuso per ferie',
    'chiusi per ferie',
  ],
  ...[
    'studio chiuso',
    'ufficio chiuso',
    'uffici chiusi',
    'in maternità',
    'congedo',
    'in malattia',
    'in trasferta',
    'annual leave',
    'on annual leave',
  ],
  ...[
    'on leave',
    'parental leave',
    'maternity leave',
    'paternity leave',
    'sick leave',
    'on vacation',
    'vacation',
    'on holiday',
    'on holidays',
  ],
  ...[
    'holiday',
    'away',
    'away from office',
    'away from the office',
    'away from my desk',
    'away from my email',
    'i am away',
    "i'm away",
    'i am on vacation',
    "i'm on vacation",
    'i am on holiday',
    "i'm on holiday",
    'not in the office',
  ],
  ...[
    'office closed',
    'offices closed',
    'abwesenheit',
    'abwesend',
    'im urlaub',
    'ich bin im urlaub',
    'urlaub',
    'betriebsurlaub',
    'betriebsferien',
  ],
  ...[
    'nicht im büro',
    'nicht im haus',
    'krankheit',
    'elternzeit',
    'absence',
    'absent',
    'absente',
    'en congé',
    'en congés',
    'congés',
    'en vacances',
  ],
  ...[
    'fermeture annuelle',
    'fermeture estivale',
    'ausente',
    'ausencia',
    'de vacaciones',
    'vacaciones',
    'cerrado por vacaciones',
    'ausência',
  ],
  ...[
    'férias',
    'de férias',
    'afwezigheid',
    'op vakantie',
    'met vakantie',
    'vakantie',
    'met verlof',
    'frånvarande',
    'frånvaro',
    'semester',
  ],
  ...[
    'fraværende',
    'fravær',
    'på ferie',
    'poissa',
    'lomalla',
    'nieobecność',
    'nieobecny',
    'nieobecna',
    'urlop',
    'nepřítomnost',
    'dovolená',
  ],
  ...[
    'neprítomnosť',
    'szabadság',
    'szabadságon',
    'concediu',
    'odsoten',
    'odsotnost',
    'odsutan',
    'na odmoru',
    'izinde',
    'tatilde',
    'в отпуске',
    'отпуск',
  ],
  ...[
    'отсутствую',
    'отсъствам',
    'у відпустці',
    'σε άδεια',
    'απουσία',
    'בחופשה',
    'في إجازة',
    '不在',
    '休暇',
    '夏季休業',
    '外出',
    '休假',
    '부재중',
    '휴가',
  ],
);
/** What a program says that has taken a message in. */
const confirming = spelledPlainly(
  ...[
    'we have received your',
    "we've received your",
    'we received your',
    'your message has been received',
    'your email has been received',
  ],
  ...[
    'your request has been received',
    'your enquiry has been received',
    'your inquiry has been received',
    'request received',
    'message received',
  ],
  ...[
    'thank you for contacting',
    'thanks for contacting',
    'thank you for your message',
    'thank you for your email',
    'thank you for your e-mail',
  ],
  ...[
    'thank you for your inquiry',
    'thank you for your enquiry',
    'thank you for your request',
    'thank you for getting in touch',
    'acknowledgement of receipt',
  ],
  ...[
    'acknowledgment of receipt',
    'confirmation of receipt',
    'receipt confirmation',
    'conferma ricezione',
    'conferma di ricezione',
    'conferma di lettura',
  ],
  ...[
    'abbiamo ricevuto la',
    'abbiamo ricevuto il',
    'richiesta ricevuta',
    'messaggio ricevuto',
    'email ricevuta',
    'la sua richiesta è stata',
    'presa in carico',
  ],
  ...[
    'la tua richiesta è stata',
    'grazie per averci contattato',
    'grazie per averci scritto',
    'grazie per il tuo messaggio',
    'grazie per il suo messaggio',
  ],
  ...[
    'eingangsbestätigung',
    'empfangsbestätigung',
    'wir haben ihre',
    'ihre anfrage',
    'vielen dank für ihre anfrage',
    'vielen dank für ihre nachricht',
  ],
  ...[
    'danke für ihre nachricht',
    'danke für ihre anfrage',
    'accusé de réception',
    'nous avons bien reçu',
    'nous avons reçu votre',
    'merci pour votre message',
  ],
  ...[
    'merci de nous avoir contacté',
    'votre demande a',
    'acuse de recibo',
    'hemos recibido su',
    'hemos recibido tu',
    'gracias por contactar',
  ],
  ...[
    'gracias por su mensaje',
    'confirmación de recepción',
    'recebemos a sua',
    'recebemos o seu',
    'obrigado pelo seu contato',
    'ontvangstbevestiging',
  ],
  ...[
    'wij hebben uw',
    'we hebben uw',
    'bedankt voor uw',
    'tack för ditt meddelande',
    'tak for din henvendelse',
    'potwierdzenie otrzymania',
    'potvrzení přijetí',
  ],
);
const tickets =
  '\\[?(?:ticket|case|request|richiesta|anfrage|demande|solicitud|segnalazione|incident|vorgang)[ -]?(?:id|nr\\.?|n\\.?|no\\.?|number|numero)?[ :]*#?[ ]?[\\w-]{1,30}\\]?[ :-]{1,3}(?:has been |e stat[ao] |wurde |is |was |a ete |ha sido )?(?:received|created|opened|registered|logged|ricevut[ao]|apert[ao]|creat[ao]|registrat[ao]|eroffnet|erstellt|angelegt|cree|ouvert|recibid[ao]|cread[ao]|abiert[ao])';

/** Words that an answering machine puts first, and a person perhaps. */
export const awaySubject: Words = begins(
  away,
  `(?:${ending}|\\s+(?:fino|dal|dall|sino|until|till|from|bis|vom|du|jusqu|hasta|tot|t/m|per ferie)(?!\\p{L}))`,
);
/** The phrase, and behind it the subject that it answers: "Vacation Re: Quote". Nobody but a program writes so. */
export const awayBeforeReply: Words = matching(
  `^\\s*${either([...away, 'ooo', 'oof'])}\\s+(?:${replyMarks.join('|')})\\s{0,3}[:：]`,
  [],
);
export const confirmingSubject: Words = matching(
  `^\\s*(?:${either(confirming)}(?!\\p{L})|${tickets}(?!\\p{L}))`,
  confirming,
);

/** The first sentence, when a program says that it wrote this. */
const automatic = [
  '(?:this is|the following is) an? (?:auto(?:mat(?:ed|ic)|-?generated|matically generated|mated system)?|computer[- ]generated|system[- ]generated)',
  'this (?:e-?mail|message|reply|response|notification) (?:is|was|has been) (?:an )?(?:auto(?:mated|matic|matically)|sent automatically|generated)',
  '(?:please )?do not (?:reply|respond) to this',
  "(?:questa|questo|la presente|il presente) (?:e|e-?mail|mail|messaggio)?\\s?(?:e )?(?:un[a']? ?)?(?:risposta|messaggio|mail|e-?mail|notifica) (?:generat[oa] |inviat[oa] )?automatic",
  '(?:messaggio|risposta|e-?mail|mail|notifica) (?:generat[oa]|inviat[oa]|creat[oa]) (?:automaticamente|in automatico|da un sistema)',
  '(?:si prega di |vi preghiamo di |la preghiamo di |per favore )?non rispondere a quest',
  '(?:dies|das) ist eine (?:automatisch|automatisierte)',
  'diese (?:e-?mail|nachricht|mail|antwort) (?:wurde|wird|ist) automatisch',
  'bitte (?:antworten sie )?nicht auf diese',
  'bitte antworten sie nicht',
  'ceci est (?:une? )?(?:reponse|message|e-?mail|courriel|mail)[^.]{0,20} (?:automatique|genere)',
  '(?:ce message|cet e-?mail|ce courriel) (?:a ete|est) (?:envoye |genere )?automatique',
  'merci de ne pas (?:y )?repondre',
  'est[ea] (?:es (?:un |una )?)?(?:mensaje|correo|respuesta|e-?mail)[^.]{0,20} automatic',
  '(?:por favor,? )?no responda a este',
  'dit is een (?:automatisch|geautomatiseerd)',
  'dit bericht (?:is|wordt|werd) automatisch',
  'est[ea] e uma (?:mensagem|resposta) automatica',
  'detta ar ett automat',
  'dette er en automat',
  '(?:to jest|to) (?:wiadomosc |odpowiedz |mail )?automatyczn',
  'toto je automatick',
  'это автоматическ',
  'bu (?:bir )?otomatik',
  "(?:casella|questo indirizzo|quest'indirizzo) (?:di posta |e-?mail )?(?:non (?:e )?(?:presidiat|monitorat|controllat|letta)|di solo invio)",
];
/** One of them is in each; to look for them first takes a tenth of the time. */
const automaticHints =
  /auto|авто|otomat|gener|reply|respond|rispond|antwort|repondre|sistema|nicht auf|casella|indirizzo/;
/** Whether it is worth looking closer for a program's words. @param plain in plain spelling */
export function mayBeAutomatic(plain: string): boolean {
  return automaticHints.test(plain);
}
const saysAutomatic = matching(either(automatic), automatic);
export const automaticText: Words = {
  ...saysAutomatic,
  isIn: (text) => {
    const plain = plainSpelling(text);
    return mayBeAutomatic(plain) && saysAutomatic.isIn(plain);
  },
};

/** One of them is in nearly every sentence that says somebody is away; to look for them first costs little. */
const absenceHints =
  /ferie|assen|chius|vacan|office|away|leave|holiday|urlaub|abwesen|buro|conge|absen|bureau|vacac|ausen|oficina|vakantie|afwezig|kantoor|maternit/;
/** Whether it is worth looking closer for an absence. @param plain in plain spelling */
export function mayBeAway(plain: string): boolean {
  return absenceHints.test(plain);
}

// Programs that ask back

export const challengeHeaders = [
  'x-bluebottle-request',
  'x-spamarrest-noauth',
  'x-boxtrapper-queue',
  'x-cr-puzzleid',
  'x-cr-hashedpuzzle-challenge',
];
const asksToConfirm = spelledPlainly(
  ...[
    'please confirm your message',
    'please confirm your email',
    'please confirm your e-mail',
    'please confirm your mail',
    'confirm your message',
  ],
  ...[
    'confirm your email',
    'your message is awaiting',
    'your email is awaiting',
    'your email requires verification',
    'your message requires verification',
  ],
  ...[
    'your mail requires verification',
    'verification required',
    'message verification',
    'sender verification',
    'email verification required',
  ],
  ...[
    'challenge:',
    'please verify your email',
    'please authenticate',
    'authorization required',
    'request to deliver',
    'your email to',
    'your message to',
  ],
  ...[
    'conferma il tuo messaggio',
    'confermi il suo messaggio',
    'conferma la tua email',
    'bitte bestätigen sie ihre',
    'veuillez confirmer votre',
  ],
  ...['verifica del mittente', 'verifica mittente', 'richiesta di verifica', 'sender authentication'],
  ...['confirme su mensaje', 'confirma tu mensaje', 'bevestig uw bericht'],
);
export const challengeSubject: Words = begins(asksToConfirm, '');
const challenges = [
  "(?:verify|confirm|prove|show) (?:that )?you(?:'re| are) (?:a |an )?(?:human|real|person|legitimate|not a (?:robot|machine|spammer))",
  '(?:unknown|new|first-time|unrecogni[sz]ed) senders? (?:to )?(?:confirm|verify|be (?:confirmed|verified))',
  '(?:reply to this|click (?:on )?(?:the|this) link|follow (?:the|this) link)[^.]{0,120}(?:deliver|release|accept)(?:ed|y)?',
  '(?:message|mail|e-?mail)[^.]{0,60}(?:is |being |been )?(?:held|quarantined|withheld|on hold)[^.]{0,80}(?:confirm|verif|reply|click|authenticat)',
  'challenge[ /-]response',
  '(?:protect|shield)\\p{L}{0,6} (?:myself|my (?:mailbox|inbox|e-?mail|address)|ourselves)[^.]{0,60}(?:junk|spam|unsolicited|unwanted)',
  '(?:add|put|place)\\p{L}{0,6} (?:yourself|you|your (?:e-?mail )?(?:address)?) ?(?:on|to) (?:my|our|the) (?:approved|allowed?|white|safe|guest)[ -]?(?:senders? )?(?:list)?',
  '(?:aggiung|inserir)\\p{L}{0,6} (?:il (?:tuo|suo) (?:indirizzo|nome) )?(?:alla|nella) (?:mia |nostra )?lista (?:dei mittenti|bianca|degli autorizzati)',
  'to (?:complete|finish) (?:this|the) (?:verification|confirmation)',
  'spam (?:filter|protection|blocker|arrest)[^.]{0,100}(?:confirm|verif|authenticat)',
  '(?:conferm|verific)\\p{L}{0,10} (?:di essere|che sei|che e) (?:una persona|un essere umano|umano)',
  'messaggio (?:e )?(?:trattenuto|in attesa)[^.]{0,80}conferm',
  'bestatigen sie[^.]{0,80}(?:mensch|zugestellt|zustell)',
  'confirm(?:er|ez)[^.]{0,80}(?:humain|remis|distribu)',
];
export const challengeText: Words = matching(either(challenges), challenges);

// Receipts and reports of mail servers

const readMarks = spelledPlainly(
  ...[
    'read',
    'not read',
    'read receipt',
    'letto',
    'non letto',
    'ricevuta di lettura',
    'conferma di lettura',
    'gelesen',
    'ungelesen',
    'nicht gelesen',
  ],
  ...[
    'lesebestätigung',
    'lu',
    'non lu',
    'accusé de lecture',
    'leído',
    'no leído',
    'confirmación de lectura',
    'lida',
    'não lida',
    'gelezen',
    'niet gelezen',
  ],
  ...[
    'leesbevestiging',
    'läst',
    'oläst',
    'læst',
    'lest',
    'luettu',
    'przeczytano',
    'přečteno',
    'prečítané',
    'elolvasva',
    'citit',
    'прочитано',
    'okundu',
  ],
  ...[
    'διαβάστηκε',
    'נקרא',
    '已读',
    '開封済み',
    '읽음',
    'return receipt',
    'return receipt (displayed)',
    'deleted',
    'eliminato',
  ],
);
/** Read receipts in a form of their own, which carries no part that says so (Outlook). */
export const receiptSubject: Words = begins(
  readMarks.map((mark) => mark.replace(/[()]/g, '\\$&')),
  '\\s*(?::|-|–)',
);

const readWords = [
  '(?:was|were|has been) (?:read|opened|displayed|deleted without being read|deleted unread|received by)',
  '(?:e stat[oa]|risulta) (?:lett[oa]|apert[oa]|visualizzat[oa]|eliminat[oa] senza (?:essere )?(?:stat[oa] )?(?:lett[oa]|apert[oa]))',
  '(?:wurde|worden)[^.]{0,40}(?:gelesen|geoffnet|angezeigt|geloscht)',
  'a ete (?:lue?|ouvert|affiche|supprimee? sans (?:etre|avoir ete) lue?)',
  '(?:fue|ha sido|se ha|se) (?:leido|abierto|mostrado|eliminado sin (?:ser|haber sido) leido)',
  'foi (?:lida?|aberta?|exibida?|excluida? sem)',
  '(?:is|werd) [^.]{0,40}(?:gelezen|geopend|weergegeven|verwijderd)',
  'return receipt',
];
/** What the words of such a receipt say, where it has some. */
export const receiptText: Words = matching(either(readWords), readWords);

/** Aggregate reports (RFC 7489, section 7.2.1.1; RFC 8460, section 5.3). */
export const reportSubject: Words = matching(
  '^\\s*(?:\\[[^\\]]{0,60}\\] ?)?(?:(?:\\w{1,20} )?report[ -]domain ?:.{1,300}?submitter ?:|(?:smtp )?(?:dmarc|tls) (?:aggregate|failure|forensic|ruf|rua) report (?:for|domain|from) \\S)',
  [],
);
/** `receiver!domain!begin!end.xml.gz`, and the same of TLS reports. */
export const reportFile =
  /^[^!\s]{1,255}![^!\s]{1,255}!\d{9,11}!\d{9,11}(?:![^!\s]{1,100})?\.(?:xml|json|zip|gz)(?:\.(?:gz|zip))?$/i;

/** Complaints of large providers that come without the part that RFC 5965 asks for. */
export const complaintSubject: Words = matching(
  '^\\s*(?:fw: ?|fwd: ?)?(?:complaint about message from|e-?mail feedback report for ip|\\w{0,20} ?abuse (?:report|complaint)|spam complaint|\\[?spam report|feedback loop|fbl report)',
  [],
);
export const complaintSender =
  /^(?:staff|fbl|feedbackloop|feedback-loop|abuse|complaints?|scomp|fblrelay|arf|postmaster|abuse-?report|report-?spam)$/;

/** Delivery reports that say: not yet, it is still tried. */
const delays = [
  ...[
    'delay(?:ed)?',
    '^\\s*warning: could not send',
    'ritardo nella consegna',
    'consegna ritardata',
    'verzoger\\p{L}*',
    'verzogert',
  ],
  ...[
    'retard(?:e|ee)? (?:de|dans|a) (?:la )?(?:remise|livraison)',
    'remise retardee',
    'retras(?:o|ado|ada)',
    'vertraagd',
    'vertraging',
    'atras(?:o|ada)',
  ],
];
export const delaySubject: Words = matching(`(?<!\\p{L})${either(delays)}(?!\\p{L})`, delays);
