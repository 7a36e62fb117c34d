/**
 * The shape of config.json: one zod schema, from which the types, the faults and config.schema.json come.
 * Only the shape; what needs more than one value or another module is checked in ../config.ts.
 */
import { oneLinePattern } from '../rules/unsafe-characters.ts';
import { z } from 'zod';
import { providerNames } from '../auth/providers.ts';
import { isWritableAddress, ladderNames } from '../rules/client.ts';
import { defaultLadder } from '../rules/dunning.ts';
import { isBic, isIban } from '../rules/iban.ts';
import { checkJobTime, defaultJobTimes } from '../rules/job-times.ts';
import { ladderLetterKinds, type OccasionKind, occasionKinds } from '../rules/letter.ts';
import { rateSeries } from '../rules/reference-rates.ts';
import { defaultNudgeDays } from '../rules/requests.ts';
import { defaultWeights, type Sign, signs } from '../rules/red-flags.ts';
import { isLocalDay } from '../rules/time.ts';

const line = (max = 200) =>
  z.string().min(1).max(max).regex(oneLinePattern, 'must be one line without control characters');

const day = z.string().refine(isLocalDay, 'must be a day of the calendar, written YYYY-MM-DD');

const address = z
  .string()
  .refine(isWritableAddress, 'must be one plain mail address, as in studio@example.com')
  .describe('One mail address');

const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'must be a time zone of the IANA list, as in Europe/Rome', params: { timeZone: true } })
  .describe('IANA name of a time zone, for example Europe/Rome');

const blocks = z.array(line(11)).max(24).describe('Blocks "HH:MM-HH:MM"; one may run past midnight');
const week = {
  mon: blocks.default([]),
  tue: blocks.default([]),
  wed: blocks.default([]),
  thu: blocks.default([]),
  fri: blocks.default([]),
  sat: blocks.default([]),
  sun: blocks.default([]),
};

const holidays = z
  .strictObject({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a country of two capital letters, as in IT')
      .nullable()
      .default(null)
      .describe('ISO 3166 country whose public holidays are closed days'),
    region: line(20).nullable().default(null).describe('State or region, as date-holidays names it'),
    extra: z
      .array(
        z.strictObject({
          date: z
            .string()
            .refine(isDayOrYearly, 'must be MM-DD (every year) or YYYY-MM-DD')
            .describe('MM-DD for every year, or YYYY-MM-DD for one'),
          name: line(80),
        }),
      )
      .max(200)
      .default([])
      .describe('Further closed days, for example a patron saint'),
  })
  .describe('Public holidays, on which the studio is closed');

const closure = z.strictObject({
  from: day,
  to: day.describe('The last closed day'),
  note: line(200).default('closed'),
});

const secretPlace = z.strictObject({
  env: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
    .optional()
    .describe('Name of an environment variable that holds it'),
  command: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('A program and its arguments, as a list; no shell; what it prints is the password'),
  file: z.string().min(1).optional().describe('A file readable by you alone (mode 0600)'),
  keyring: line().optional().describe('Account name in the system keyring, service "paletti"'),
});

const password = secretPlace.meta({
  minProperties: 1,
  maxProperties: 1,
  description: 'Where the password is kept. Never the password itself.',
});

const oauth = z
  .strictObject({
    provider: z.enum(providerNames).optional().describe('Who the mailbox is with'),
    issuer: z
      .string()
      .max(500)
      .regex(
        /^(?:https:\/\/[^\s/@?#]+|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?)(?:\/[^\s?#]*)?$/,
        'must be an address that begins with https://, as in https://login.example.com',
      )
      .optional()
      .describe('An issuer of your own, in place of "provider"; what it offers is asked of it at the sign-in'),
    clientId: line(300).describe('The id of the client that you registered with the provider'),
    clientSecret: secretPlace
      .meta({
        minProperties: 1,
        maxProperties: 1,
        description:
          'Where the secret of that client is kept, if it was given one. Google gives one to desktop apps, too.',
      })
      .optional(),
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9.-]{1,100}$/, 'must be the id or the domain of a directory')
      .default('common')
      .describe('Of Microsoft alone: the directory of a client that serves one alone'),
    scopes: z
      .array(line(300).regex(/^\S+$/, 'must be one scope without blanks'))
      .max(30)
      .default([])
      .describe('What is asked for; of the known providers it is known'),
  })
  .describe('Signing in in place of a password: paletti auth login');

const secure = z
  .union([z.boolean(), z.literal('starttls')])
  .default(true)
  .describe('true: TLS from the first byte; "starttls": upgraded at once; false: clear text, on loopback only');

const host = line(253).regex(
  /^(?:[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:.]+\]?)$/,
  'must be a host name alone, without scheme or port',
);
const port = z.int().min(1).max(65535);

const imap = z.strictObject({
  host,
  port: port.optional().describe('993, or 143 with "starttls"'),
  secure,
  user: line(),
  password: password.optional().describe('Where the password is kept. Never the password itself. Not beside "oauth"'),
  ca: z.string().min(1).nullable().default(null).describe('PEM file of a private certificate authority'),
});

const smtp = z.strictObject({
  host,
  port: port.optional().describe('465, or 587 with "starttls"'),
  secure,
  user: line().optional().describe('The user of imap when left out'),
  password: password.optional(),
  ca: z.string().min(1).nullable().default(null).describe('PEM file of a private certificate authority'),
});

const mailbox = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a short name of small letters, digits and hyphens')
    .describe('A short name; it stands in the database, so do not change it later'),
  imap,
  smtp,
  oauth: oauth.optional(),
  tokenCommand: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('In place of a password or "oauth": a program and its arguments; what it prints is an access token'),
  sent: z
    .union([line(), z.array(line()).min(1).max(20)])
    .default('auto')
    .describe('"auto", or the path of the folder where sent mail is filed; of several the others are only read'),
  also: z
    .array(line())
    .max(100)
    .default([])
    .describe('Further folders that mail of clients is filed in, read like INBOX: paths, or patterns like "Clienti/*"'),
  passwordUntil: day
    .nullable()
    .default(null)
    .describe('The last day of a password that ends, as app passwords of some providers do: you hear of it before'),
  sendInHours: line()
    .optional()
    .describe('A folder, like "Paletti/In hours": mails of your own that you put there leave in contact hours'),
  from: address.nullable().default(null).describe('Sender of letters; the first of owner.addresses when left out'),
});

const approval = z.enum(['auto', 'ask']);

const step = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a short name of small letters, digits and hyphens')
    .optional()
    .describe('The name of the letter when left out; it must differ from step to step'),
  letter: z.enum(ladderLetterKinds).describe('Which letter the step sends'),
  afterDays: z.int().min(-60).max(730).describe('Days after the due date; negative: before it'),
  afterPreviousDays: z.int().min(0).max(365).default(0).describe('At least so many days after the step before'),
  approval: approval.optional().describe('When left out: "auto" for a reminder, "ask" for a step with an effect'),
  effect: z.enum(['none', 'pause', 'terminate']).optional().describe('What the step does besides the letter'),
});

const cron = z.string().superRefine((text, context) => {
  try {
    checkJobTime(text);
  } catch (fault) {
    const why = (fault as Error).message.replace(/^CronPattern: /, '');
    const message = `must be a cron expression "minute hour day month weekday", as in "0 9 * * *" (${why})`;
    context.addIssue({ code: 'custom', message, input: text });
  }
});

const signWeights = Object.fromEntries(
  signs.map((sign) => [sign, z.number().min(0).max(10).default(defaultWeights[sign])]),
) as Record<Sign, z.ZodDefault<z.ZodNumber>>;

const occasions = Object.fromEntries(
  occasionKinds.map((kind) => [kind, z.enum(['off', 'ask']).default('off')]),
) as Record<OccasionKind, z.ZodDefault<z.ZodEnum<{ off: 'off'; ask: 'ask' }>>>;

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    owner: z
      .strictObject({
        name: line(),
        business: line().nullable().default(null),
        addresses: z.array(address).min(1).max(100).describe('All your own addresses; the first one is the main one'),
        colleagues: z
          .array(address)
          .max(100)
          .default([])
          .describe('Addresses of people who answer clients for you: what they write to a client is your answer'),
        language: z.enum(['it', 'en']).default('en').describe('Your language, and that of new clients'),
        timeZone,
        signature: z.string().max(2000).optional().describe('Closes each letter; your name when left out'),
        iban: z
          .string()
          .refine(isIban, 'must be an IBAN; its length or its check digits do not fit')
          .nullable()
          .default(null)
          .describe('Account for payments, named in reminders'),
        accountHolder: line(140)
          .nullable()
          .default(null)
          .describe('In whose name the account is, as the bank has it; your name when left out. Banks compare the two'),
        bic: z
          .string()
          .refine(isBic, 'must be a BIC of eight or eleven letters and digits, as in BCITITMM')
          .nullable()
          .default(null)
          .describe('BIC of the account, named where a transfer needs it: outside SEPA'),
        accounts: z
          .array(line(60))
          .max(20)
          .default([])
          .describe('Your other accounts that clients pay to: IBANs, or names for those without one, as in "paypal"'),
        vat: line(20).nullable().default(null).describe('Your VAT number, as in IT01234567890: tells your invoices'),
        taxCode: line(20).nullable().default(null).describe('Your tax code (codice fiscale)'),
      })
      .describe('You'),
    contactHours: z
      .strictObject({ ...week, holidays: holidays.prefault({}), closures: z.array(closure).max(500).default([]) })
      .describe('When clients may expect to reach you. Letters leave in these hours only'),
    phoneHours: z.strictObject(week).optional().describe('Hours for calls; the contact hours when left out'),
    channels: z.array(line(60)).min(1).max(20).default(['email']).describe('The traceable channels you accept'),
    responseWindow: z
      .strictObject({
        hours: z.int().min(1).max(720).default(72),
        count: z.enum(['elapsed', 'working-days']).default('elapsed'),
      })
      .prefault({})
      .describe('How soon a client is answered'),
    acknowledgement: z
      .strictObject({
        enabled: z.boolean().default(true),
        holdMinutes: z.int().min(0).max(43200).default(30),
        to: z.enum(['clients', 'everyone']).default('clients'),
        duringClosures: z
          .boolean()
          .default(false)
          .describe(
            'While the studio is closed, tell each client who writes, once, at what would be the next opening; else nothing leaves until it opens again',
          ),
        answerPostmaster: z
          .boolean()
          .default(false)
          .describe('Also mail from postmaster@, who may be a person or a program'),
        answerNoticeSenders: z
          .boolean()
          .default(false)
          .describe('Also mail from notifications@, newsletter@, updates@ and the like'),
        answerWhenOnlyInCc: z.boolean().default(false).describe('Also mail of which you only got a copy (Cc)'),
        maxRecipients: z
          .int()
          .min(1)
          .max(1000)
          .default(8)
          .describe('A message to more people than this is taken for a circular, and not answered'),
        authServers: z
          .array(host)
          .max(20)
          .default([])
          .describe(
            'Names by which your mail server signs Authentication-Results, as in mx.google.com; when none is named, the topmost is believed',
          ),
      })
      .prefault({})
      .describe('The letter that says: received, answered by then'),
    dunning: z
      .strictObject({
        steps: z
          .array(step)
          .max(20)
          .default(() => defaultLadder.map((entry) => ({ ...entry }))),
        ladder: z
          .enum(ladderNames)
          .nullable()
          .default(null)
          .describe(
            'A ladder that comes with Paletti, instead of "steps": three (reminder, pause, end), announced (a notice before the pause, a formal demand before the end), gentle (reminders only)',
          ),
        paymentsCheckedWithinHours: z
          .int()
          .min(1)
          .max(2160)
          .nullable()
          .default(null)
          .describe('Send no reminder unless payments were checked within so many hours (paletti invoices checked)'),
        resumeWithinDays: z
          .int()
          .min(0)
          .max(60)
          .default(2)
          .describe('Work resumes within so many working days of payment'),
        thankForPayment: z.boolean().default(false),
        finalDemand: z
          .enum(['messa-in-mora', 'diffida'])
          .default('messa-in-mora')
          .describe(
            'What the formal demand is under Italian law: it puts the debtor in default (art. 1219 c.c.), or sets the term after which the contract ends (diffida ad adempiere, art. 1454 c.c.)',
          ),
        occasions: z
          .strictObject(occasions)
          .prefault({})
          .describe(
            'Letters about what a client did or said of money; "ask": written when it happens, and waits for your approval; "off": only when you ask for it (paletti letter)',
          ),
        leastAmount: z
          .union([
            z.number().min(0).max(10_000),
            z.record(z.string().regex(/^[A-Z]{3}$/), z.number().min(0).max(10_000_000)),
          ])
          .default(1)
          .describe(
            'Smallest sum worth a letter: 1.00, or by currency, as in { "EUR": 1, "JPY": 100 }; below it you are asked whether to write it off',
          ),
      })
      .prefault({})
      .describe('The ladder of letters about overdue invoices'),
    requests: z
      .strictObject({
        keyword: z
          .string()
          .max(40)
          .default('[?]')
          .describe('In the subject of your mail it makes a request of it; "" switches this off'),
        dueDays: z.int().min(1).max(60).default(3).describe('Days that such a request gives for the answer'),
        proposeAfterDays: z
          .int()
          .min(1)
          .max(60)
          .nullable()
          .default(5)
          .describe('A question without an answer for so many days is proposed as a request; null: never'),
        nudges: z
          .enum(['off', 'ask', 'on'])
          .default('off')
          .describe('"off": none; "ask": each waits for your approval; "on": they go by themselves'),
        steps: z
          .array(z.int().min(1).max(120))
          .min(1)
          .max(10)
          .default(() => [...defaultNudgeDays])
          .describe('Days after the due day for the first nudge, after the nudge before for the others'),
      })
      .prefault({})
      .describe('What you ask clients for, and the letters when they do not answer'),
    referrals: z
      .array(
        z.strictObject({
          name: line(80).describe('As you call them: paletti letter ADDRESS decline --referral NAME'),
          does: line(120).optional().describe('What they do, as in "siti in WordPress"'),
          contact: line(120).optional().describe('How they are reached'),
        }),
      )
      .max(50)
      .default([])
      .describe('Colleagues whom you recommend when you decline or end work'),
    welcome: z
      .strictObject({
        does: z.array(line()).max(20).default([]).describe('What you do, one line each'),
        doesNot: z.array(line()).max(20).default([]).describe('What you do not do'),
      })
      .prefault({})
      .describe('What the welcome letter says of your work (paletti letter CLIENT welcome)'),
    exit: z
      .strictObject({
        coolingDays: z.int().min(0).max(90).default(3),
        noticeDays: z.int().min(0).max(365).default(30),
        approval: approval.default('ask'),
      })
      .prefault({})
      .describe('The way a collaboration is ended'),
    sending: z
      .strictObject({
        mode: z.enum(['review', 'live']).default('review').describe('"review": every letter waits for your approval'),
        perClientPerDay: z.int().min(1).max(10).default(1),
        perDay: z.int().min(1).max(1000).default(20),
        perHour: z.int().min(1).max(1000).default(20),
      })
      .prefault({})
      .describe('How letters leave'),
    signs: z
      .strictObject({
        weights: z.strictObject(signWeights).prefault({}).describe('What a warning sign counts for; 0: nothing'),
      })
      .prefault({})
      .describe('How the warning signs of a client are weighed'),
    firstStartDays: z.int().min(0).max(3650).default(90).describe('How far back the first start reads a mailbox'),
    mailboxes: z.array(mailbox).min(1).max(50),
    jobs: z
      .strictObject({
        receive: cron
          .default(defaultJobTimes.receive)
          .describe('Reading the mailboxes; new mail is noticed at once besides'),
        judge: cron.default(defaultJobTimes.judge),
        dun: cron.default(defaultJobTimes.dun).describe('Looking at overdue invoices'),
        deliver: cron.default(defaultJobTimes.deliver),
        file: cron.default(defaultJobTimes.file),
      })
      .prefault({})
      .describe('When each job is meant to run, as cron expressions in your time zone'),
    interest: z
      .strictObject({
        rates: z
          .array(
            z.strictObject({
              series: z.enum(rateSeries).describe('Whose rate: "ecb" for Italy and the euro, but Germany'),
              from: day.refine((text) => /-0[17]-01$/.test(text), 'must be 1 January or 1 July'),
              percent: z.number().min(-5).max(50),
              source: line(200).describe('Where the figure is from, as in "MEF, G.U. 15/2026"; it stands in the sheet'),
            }),
          )
          .max(200)
          .default([])
          .describe('Reference rates of half-years that the program does not know yet'),
      })
      .prefault({})
      .describe('Interest on late payment: a sheet beside invoices, asked for by no letter'),
    watch: z
      .strictObject({
        folders: z
          .array(
            z.union([
              z.string().min(1),
              z.strictObject({
                path: z.string().min(1),
                account: line(60)
                  .nullable()
                  .default(null)
                  .describe('Whose account the bank files in it are about, where they do not say so'),
              }),
            ]),
          )
          .max(20)
          .default([])
          .describe(
            'Folders where your programs and your bank put files of invoices and payments: new ones are read as they come, and stay where they are',
          ),
        mail: z
          .boolean()
          .default(true)
          .describe(
            'Attachments that look like invoices or bank files are proposed; none is fetched before you say so',
          ),
      })
      .prefault({})
      .describe('Where invoices and payments come from by themselves'),
    page: z
      .strictObject({
        port: z.int().min(0).max(65_535).default(0).describe('Its port on this machine; 0: any that is free'),
      })
      .prefault({})
      .describe('The page in the browser'),
    notifications: z
      .strictObject({
        desktop: z.boolean().default(true).describe('What asks something of you, gathered, in your contact hours'),
      })
      .prefault({})
      .describe('What you are told of while Paletti runs'),
    dataDir: z.string().min(1).default('data').describe('Folder of the database, relative to this file'),
    templatesDir: z.string().min(1).nullable().default(null).describe('Folder of your own templates'),
  })
  .describe('Configuration of Paletti');

export type ConfigInput = z.output<typeof configSchema>;

/** 29 February is a day of some years, so the yearly form is tried on a leap year. */
function isDayOrYearly(text: string): boolean {
  return isLocalDay(/^\d{2}-\d{2}$/.test(text) ? `2028-${text}` : text);
}

/** A name of the IANA list; an offset such as +02:00 is none, as it knows no summer time. */
function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

/** The JSON Schema (draft 2020-12) that editors use to complete and check config.json. */
export function jsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, {
    io: 'input',
    override: ({ jsonSchema: part }) => {
      if (part.maximum === Number.MAX_SAFE_INTEGER) delete part.maximum;
      if (part.minimum === Number.MIN_SAFE_INTEGER) delete part.minimum;
    },
  });
  return { title: 'Paletti config.json', ...schema };
}
