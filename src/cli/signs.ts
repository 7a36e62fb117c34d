/** The signs of one client as the terminal shows them: weight, words, numbers, where to look, one step to consider. */
import type { ClientSummary, WeighedSign } from '../desk/report.ts';
import { evidenceName, moneyList, percent, sampleWords } from '../desk/report-words.ts';
import { keptShare } from '../rules/report.ts';
import type { Told } from './import-questions.ts';
import type { Voice } from './voice.ts';

const mostQuotes = 2;

/** Everything but the name. */
export function sayClientSigns({ out, voice }: Told, client: ClientSummary): void {
  const { words, t } = voice;
  const { signs: said, weight } = t.report;
  const share = keptShare(client.promises);
  const revenue = moneyList(client.revenue, words);
  const facts = [
    sampleWords(client, words),
    revenue === '' ? said.noPayment : said.received(revenue),
    share === null ? '' : said.inTime(percent(share)),
  ].filter((fact) => fact !== '');
  out.data(`  ${facts.join('; ')}`);
  for (const sign of client.signs) saySign({ out, voice }, sign);
  const total = client.signs.length === 0 ? said.none : said.weigh(weight(client.weight));
  out.data(`  ${total}. ${said.step(t.steps[client.suggestion.step])}`);
  out.data(`  (${voice.why(client.suggestion.why)})`);
  if (client.together !== null) out.data(`  ${voice.sentence(client.together)}`);
  const { command } = client.suggestion;
  if (command !== null) out.data(`  ${command}`);
}

function saySign({ out, voice }: Told, sign: WeighedSign): void {
  const { words, t } = voice;
  const weight = sign.tooFew ? '   –' : t.report.weight(sign.weight);
  out.data(`  ${weight}  ${t.codes.sign(sign.sign)}: ${voice.why(sign.words)}`);
  const quoted = sign.evidence.filter((evidence) => evidence.quote !== undefined).slice(-mostQuotes);
  for (const evidence of quoted) out.data(`        "${evidence.quote}" (${evidenceName(evidence, words)})`);
  const look = lookUp(sign, voice);
  if (look !== null) out.data(`        ${look}`);
}

/** The command that shows the newest of it. */
function lookUp({ evidence }: WeighedSign, { words, t }: Voice): string | null {
  const messages = evidence.flatMap((one) => one.messageId ?? []);
  const last = messages.at(-1);
  if (last !== undefined) return t.report.signs.look(last, messages.slice(0, -1).toReversed());
  const names = evidence.map((one) => evidenceName(one, words)).filter((name) => name !== '');
  return names.length === 0 ? null : names.join(', ');
}
