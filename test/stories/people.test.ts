import { describe, expect, it } from 'vitest';
import { listMessages } from '../../src/store/messages.ts';
import { openWindows } from '../../src/store/windows.ts';
import { type ClientMail, openStudio } from '../support/studio.ts';
import { said } from '../support/in-words.ts';

const client = 'luca@firm.example';
const everyone = { to: 'everyone' };

/** One mail of somebody in the register, on a Monday at ten; what left by noon, and what was written down. */
async function answerTo(mail: Partial<ClientMail>, acknowledgement: Record<string, unknown> = {}) {
  const studio = await openStudio({ now: '2026-11-23T10:00:00+01:00', config: { acknowledgement } });
  const from = mail.from ?? client;
  const address = /<([^>]*)>/.exec(from)?.[1] ?? from;
  if (acknowledgement['to'] === undefined) studio.client('Firm', { addresses: [address.toLowerCase()] });
  studio.clientWrites({ ...mail, from });
  await studio.until('2026-11-23T11:00:00+01:00', 60);
  const [message] = studio.app.store.read((r) => listMessages(r, { role: 'inbox' }));
  const windows = studio.app.store.read((r) => openWindows(r, {})).length;
  const { taken } = studio.courier;
  const to = taken.map(({ envelope }) => envelope.to);
  return { to, raw: taken[0]?.raw, judged: message?.judged, windows };
}

describe('people are answered', () => {
  const people: [string, Partial<ClientMail>][] = [
    ['rfp-requests@', { from: 'rfp-requests@firm.example' }],
    ['info@', { from: 'Firm Srl <info@firm.example>' }],
    ['amministrazione@', { from: 'amministrazione@firm.example' }],
    ['a name like a robot’s', { from: 'noreplymann@firm.example' }],
    ['Auto-Submitted: no (comment)', { headers: ['Auto-Submitted: no (comment)'] }],
    ['Auto-Submitted: No;', { headers: ['AUTO-SUBMITTED:   No ; x=y'] }],
    ['X-Auto-Response-Suppress: None', { headers: ['X-Auto-Response-Suppress: None'] }],
    ['X-Auto-Response-Suppress: DR, RN, NRN', { headers: ['X-Auto-Response-Suppress: DR, RN, NRN'] }],
    [
      'a person on Exchange',
      {
        headers: [
          'X-MS-Has-Attach:',
          'X-MS-TNEF-Correlator:',
          'X-MS-Exchange-Organization-AuthAs: Internal',
          'X-MS-Exchange-CrossTenant-FromEntityHeader: Hosted',
          'X-Originating-IP: [192.0.2.1]',
          'Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=firm.example; dkim=pass; dmarc=pass action=none;compauth=pass reason=100',
          'X-Forefront-Antispam-Report: CIP:192.0.2.1;SFV:NSPM;SCL:1',
          'Thread-Index: AdHb9Q==',
        ],
      },
    ],
    ['a person on Gmail', { headers: ['X-Gm-Message-State: AOJu0Y', 'MIME-Version: 1.0', 'X-Received: by 2002:a05'] }],
    ['a person who asks for a receipt', { headers: [`Disposition-Notification-To: ${client}`] }],
    ['a person whose mail was forwarded', { headers: ['Return-Path: <SRS0=a1=b2=firm.example=luca@forward.example>'] }],
    ['a person who marks it urgent', { headers: ['X-Priority: 1', 'Importance: high', 'Precedence: urgent'] }],
    ['a person who is away only in her words', { subject: 'Sarò fuori ufficio venerdì', text: 'Ci sentiamo lunedì?' }],
    ['a person who answers a bounce', { subject: 'Re: Undelivered Mail Returned to Sender' }],
    ['a person with an address of another case', { from: 'Luca <LUCA@Firm.Example>' }],
    ['no subject', { subject: '' }],
    ['a mail to the other address of the owner', { to: 'INFO@studio.example' }],
  ];

  it.each(people)('clients: %s', async (_, mail) => {
    const { to, judged, windows } = await answerTo(mail);
    expect(judged).toMatchObject({ kind: 'human', reason: 'acknowledge' });
    expect(to).toHaveLength(1);
    expect(windows).toBe(1);
  });

  it('in the name of the address that was written to', async () => {
    expect((await answerTo({ to: 'INFO@studio.example' })).raw).toMatch(/^From: .*<info@studio\.example>\r$/m);
    expect((await answerTo({})).raw).toMatch(/^From: .*<anna@studio\.example>\r$/m);
  });

  it('strangers too, where everyone is answered', async () => {
    const headers = ['Authentication-Results: mx.studio.example; dmarc=pass header.from=other.example'];
    for (const from of ['rfp-requests@other.example', 'info@other.example']) {
      expect((await answerTo({ from, headers }, everyone)).to).toEqual([from]);
      expect((await answerTo({ from }, everyone)).to).toEqual([]);
    }
  });
});

describe('what is not answered unless the owner wishes it', () => {
  const eleven = Array.from({ length: 11 }, (_, index) => `c${index}@firm.example`).join(', ');
  it.each([
    ['postmaster', { from: 'postmaster@firm.example' }, { answerPostmaster: true }],
    ['notice-sender', { from: 'notifications@firm.example' }, { answerNoticeSenders: true }],
    ['only-in-cc', { to: 'carla@firm.example', headers: ['Cc: anna@studio.example'] }, { answerWhenOnlyInCc: true }],
    ['many-recipients', { headers: [`Cc: ${eleven}`] }, { maxRecipients: 12 }],
  ])('%s', async (code, mail, wish) => {
    const { to, judged } = await answerTo(mail);
    expect(to).toEqual([]);
    expect(judged?.reason).toBe(code);
    expect((await answerTo(mail, wish)).to).toHaveLength(1);
  });

  it('a person among them still has a deadline, and the reason is shown', async () => {
    const { judged, windows } = await answerTo({ headers: [`Cc: ${eleven}`] });
    expect(windows).toBe(1);
    expect(said(judged?.why)).toContain('12 recipients');
  });
});
