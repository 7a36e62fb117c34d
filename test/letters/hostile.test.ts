/** Whatever stands in the register or in a message: it stays inside its line of the letter, as text. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { htmlOf } from '../../src/letters/html.ts';
import { loadLetters } from '../../src/letters/library.ts';
import {
  type AcknowledgementFacts,
  writeAcknowledgement,
  writeBoundary,
  writeDunning,
  writeNudge,
} from '../../src/letters/write.ts';
import { instant, localDay } from '../../src/rules/time.ts';
import { clientFor, debt, owner, readers, templatesDir } from './samples.ts';

const letters = loadLetters({ templatesDir });
const reader = readers[0] as (typeof readers)[0];
const client = clientFor(reader);

const hostile: [string, string][] = [
  ['a template', '{{signature}} {{> it/payment}} {{{x}}} \\{{y}}'],
  ['CR LF and a header', 'ciao\r\nBcc: evil@evil.example'],
  ['a bare CR', 'ciao\rBcc: evil@evil.example'],
  ['other line ends', 'ciao\u2028uno\u2029due\u0085tre\u000Bquattro\u000Ccinque'],
  ['a folded header', 'ciao\r\n\tX-Evil: 1'],
  ['a second body', 'ciao\n\n--boundary\nContent-Type: text/html\n\n<b>x</b>'],
  ['a script', '<script>alert(1)</script><img src=x onerror="alert(1)">'],
  ['an entity', '&lt;b&gt; &amp; &#x3c;script&#x3e;'],
  ['bidi marks', 'fattura \u202Egnp.exe\u202C \u2066x\u2069 \u200Fy'],
  ['control characters', 'a\u0000b\u0007c\u001B[31md\u007Fe\u009Bf'],
  ['zero-width marks', 'a\u200Bb\uFEFFc\u2060d'],
  ['half a pair', 'a\uD83Db'],
  ['very much', 'lungo '.repeat(20_000)],
];

const marks = /(?!\n)\p{Cc}|[\u061C\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u206F\uFEFF]|\p{Cs}/u;

function acknowledge(patch: Partial<AcknowledgementFacts>) {
  return writeAcknowledgement(letters, {
    reader,
    recipientName: 'Maria Rossi',
    owner,
    originalSubject: 'Preventivo',
    receivedAt: instant('2026-11-20T10:12:00+01:00'),
    promisedAt: instant('2026-11-23T10:12:00+01:00'),
    hours: 'lun-ven 9:00-13:00',
    channels: ['email'],
    outside: null,
    timeZone: 'Europe/Rome',
    ...patch,
  });
}

/** The lines of the letter as they are with harmless values, which a hostile value may change but not add to. */
function linesOf(text: string): number {
  return text.split('\n').length;
}

function tagsOf(html: string): string[] {
  return (html.match(/<\/?[a-z!][^>]*>/gi) ?? []).filter(
    (tag) =>
      !/^<(\/?(html|head|body|p|ul|li|div)|div style="[^"&<>]*"|br|html lang="it"|!DOCTYPE html|meta charset="utf-8")>$/.test(
        tag,
      ),
  );
}

function harmless(subject: string, text: string): void {
  expect(subject).not.toMatch(marks);
  expect(subject).not.toContain('\n');
  expect(Array.from(subject).length).toBeLessThanOrEqual(256);
  expect(text).not.toMatch(marks);
  expect(text.endsWith('\n')).toBe(true);
  expect(tagsOf(htmlOf(text, 'it'))).toEqual([]);
}

describe.each(hostile)('%s', (_what, value) => {
  test('in the subject of a message stays on the one line of our subject', () => {
    const { subject, text } = acknowledge({ originalSubject: value });
    harmless(subject, text);
    expect(subject.startsWith('Risposta automatica: ')).toBe(true);
    expect(text).toBe(acknowledge({}).text);
  });

  test('in the name of a writer is left out unless it is a name', () => {
    const { subject, text } = acknowledge({ recipientName: value });
    harmless(subject, text);
    expect(text.split('\n')[0]).toMatch(/^(Buongiorno|Gentile [a-d]+),$/);
  });

  test("in a client's names and an invoice's number stays on its line", () => {
    const facts = {
      kind: 'payment-reminder',
      client,
      owner,
      debts: [debt()],
      currency: 'EUR',
      today: localDay('2026-06-08'),
      earlier: [],
      resumeWithinDays: 3,
      payBy: localDay('2026-06-15'),
    } as const;
    const plain = writeDunning(letters, facts);
    for (const contactName of [value, null]) {
      const { subject, text } = writeDunning(letters, {
        ...facts,
        client: { ...client, contactName, name: value },
        debts: [debt({ number: value })],
        owner: { ...owner, business: value, accountHolder: value },
        clause: value,
      });
      harmless(subject, text);
      expect(linesOf(text)).toBe(linesOf(plain.text));
    }
  });

  test('in a request, a quotation, a reason, a list stays on its line', () => {
    const nudge = {
      kind: 'nudge-firm',
      client,
      owner,
      project: 'sito',
      request: 'Quali testi?',
      askedOn: localDay('2026-11-11'),
      daysLost: 5,
      newDeliveryOn: null,
      replyBy: localDay('2026-11-20'),
    } as const;
    const hit = writeNudge(letters, { ...nudge, request: value, project: value });
    harmless(hit.subject, hit.text);
    expect(linesOf(hit.text)).toBe(linesOf(writeNudge(letters, nudge).text));

    const scope = {
      kind: 'boundary-scope',
      client,
      owner,
      quote: 'Anche il negozio?',
      quotedOn: localDay('2026-11-18'),
      scope: ['sito'],
      quotationOn: localDay('2026-11-27'),
      paused: false,
    } as const;
    const quoted = writeBoundary(letters, { ...scope, quote: value, scope: [value] });
    harmless(quoted.subject, quoted.text);
    expect(linesOf(quoted.text)).toBe(linesOf(writeBoundary(letters, scope).text));

    const end = {
      kind: 'termination',
      client,
      owner,
      debts: [],
      currency: 'EUR',
      today: localDay('2026-06-08'),
      earlier: [],
      resumeWithinDays: 3,
      noticeOn: localDay('2026-07-15'),
      reason: 'chiudo',
      referral: 'Marco',
      handover: ['file'],
      onPayment: ['file'],
      clause: 'l’art. 9',
    } as const;
    const ended = writeDunning(letters, {
      ...end,
      reason: value,
      referral: value,
      handover: [value],
      onPayment: [value],
      clause: value,
    });
    harmless(ended.subject, ended.text);
    expect(linesOf(ended.text)).toBe(linesOf(writeDunning(letters, end).text));
  });
});

describe('a template in a value', () => {
  test('is printed as it stands', () => {
    const { subject } = acknowledge({ originalSubject: '{{signature}}' });
    expect(subject).toBe('Risposta automatica: {{signature}}');
  });
});

describe('the library by itself', () => {
  const values = {
    greeting: 'Gentile Maria',
    signature: 'Anna',
    several: false,
    invoices: null,
    invoiceCount: null,
    firstNumber: null,
    total: null,
    voided: null,
    disputed: null,
    oneSum: true,
    surplus: null,
    nothingRemains: false,
    credited: null,
  };

  test.each(['a\nb', 'a\r\nb', 'a\rb', 'a\u2028b', 'a\u0085b'])(
    'refuses a line break in %j, a value of one line',
    (greeting) => {
      const render = () => letters.render('payment-received', reader, { ...values, greeting });
      expect(render).toThrow(AppError);
      expect(render).toThrow('the value "greeting" has a line break');
    },
  );

  test('lets a value of several lines have them, cleaned', () => {
    const { text } = letters.render('payment-received', reader, {
      ...values,
      signature: 'Anna\r\nStudio \u202EFerri\u0000\t1',
    });
    expect(text.endsWith('\nAnna\nStudio Ferri 1\n')).toBe(true);
  });

  test('refuses values without end', () => {
    expect(() => letters.render('payment-received', reader, { ...values, greeting: 'x'.repeat(1_001) })).toThrow(
      'is longer than',
    );
    expect(() => letters.render('payment-received', reader, { ...values, signature: 'x'.repeat(10_001) })).toThrow(
      'is longer than',
    );
  });
});

describe('HTML', () => {
  test('says what the text says, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        const html = htmlOf(`Ciao,\n\n${noise}\n`, 'it');
        expect(tagsOf(html)).toEqual([]);
        expect(html).not.toMatch(marks);
        const body = html.slice(html.indexOf('<body>'));
        const shown = body.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|#39);/g, 'x');
        expect(shown).not.toMatch(/[<>&"']/);
      }),
    );
  });

  test('loads nothing from anywhere', () => {
    const { text } = acknowledge({ originalSubject: 'x' });
    expect(htmlOf(text, 'en')).not.toMatch(/href|src|url\(|@import|http|color|class/i);
    expect(htmlOf(text, 'en')).toContain('<html lang="en">');
  });

  test('keeps dates, sums, numbers and the IBAN whole, and the text as it is', () => {
    const text =
      'Fattura n. 2026/014 del 1º maggio 2026: 1.220,00 EUR, CHF 1,220.00, alle 9:00, at 9:00 on 15 May 2026\nIBAN: IT60 X054 2811 1010 0000 0123 456\n';
    const html = htmlOf(text, 'it');
    for (const part of [
      'n. 2026/014',
      '1º maggio 2026',
      '1.220,00 EUR',
      'CHF 1,220.00',
      'alle 9:00',
      'at 9:00',
      '15 May 2026',
    ])
      expect(html).toContain(part.replaceAll(' ', '\u00a0'));
    expect(html).toContain('IT60 X054 2811 1010 0000 0123 456'.replaceAll(' ', '\u00a0'));
    expect(html.replaceAll('\u00a0', ' ')).toContain('Fattura n. 2026/014 del 1º maggio 2026');
    expect(html).toMatch(/max-width: \d+em; font-family: /);
  });

  test('makes paragraphs, line breaks and lists', () => {
    const html = htmlOf('Ciao,\n\nprima:\n- uno & due\n- tre\npoi\n\n\nfine\n', 'it');
    expect(html.slice(html.indexOf('<p>'))).toBe(
      '<p>Ciao,</p>\n<p>prima:</p>\n<ul>\n<li>uno &amp; due</li>\n<li>tre</li>\n</ul>\n<p>poi</p>\n<p>fine</p>\n</div>\n</body>\n</html>\n',
    );
  });
});
