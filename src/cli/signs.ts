/** The signs of one client as the terminal shows them: weight, words, numbers, where to look, one step to consider. */
import type { ClientSummary, WeighedSign } from '../desk/report.ts';
import { evidenceName, moneyList, percent, sampleWords } from '../desk/report-words.ts';
import { signTitle } from '../rules/red-flags.ts';
import { keptShare } from '../rules/report.ts';
import type { Output } from './output.ts';
import { wordsOf } from '../words/voice.ts';

const mostQuotes = 2;

/** Everything but the name. */
export function sayClientSigns(out: Output, client: ClientSummary): void {
  const share = keptShare(client.promises);
  const facts = [
    sampleWords(client),
    moneyList(client.revenue) === '' ? 'no payment' : `${moneyList(client.revenue)} received`,
    share === null ? '' : `${percent(share)} of your answers in time`,
  ].filter((fact) => fact !== '');
  out.data(`  ${facts.join('; ')}`);
  for (const sign of client.signs) saySign(out, sign);
  const total = client.signs.length === 0 ? 'No sign is to be seen' : `The signs weigh ${client.weight.toFixed(2)}`;
  out.data(`  ${total}. One step to consider: ${wordsOf('en').terminal.steps[client.suggestion.step]}`);
  out.data(`  (${client.suggestion.why})`);
  if (client.together !== null) out.data(`  ${client.together}`);
  const { command } = client.suggestion;
  if (command !== null) out.data(`  ${command}`);
}

function saySign(out: Output, sign: WeighedSign): void {
  const weight = sign.tooFew ? '   –' : sign.weight.toFixed(2);
  out.data(`  ${weight}  ${signTitle(sign.sign)}: ${sign.words}`);
  const quoted = sign.evidence.filter((evidence) => evidence.quote !== undefined).slice(-mostQuotes);
  for (const evidence of quoted) out.data(`        "${evidence.quote}" (${evidenceName(evidence)})`);
  const look = lookUp(sign);
  if (look !== null) out.data(`        ${look}`);
}

/** The command that shows the newest of it. */
function lookUp({ evidence }: WeighedSign): string | null {
  const messages = evidence.flatMap((one) => one.messageId ?? []);
  const last = messages.at(-1);
  if (last !== undefined) {
    const others = messages.slice(0, -1).toReversed();
    return `paletti inbox show ${last}${others.length === 0 ? '' : ` (and ${others.join(', ')})`}`;
  }
  const names = evidence.map(evidenceName).filter((name) => name !== '');
  return names.length === 0 ? null : names.join(', ');
}
