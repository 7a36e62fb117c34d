/**
 * A word on the desktop, by the program that the system has for it: argv and environment alone, so that nothing of a text is an
 * option or a script. Never waits for the person and never throws.
 */
import { spawn } from 'node:child_process';
import { withoutUnsafe } from '../rules/unsafe-characters.ts';

export interface Notified {
  ok: boolean;
  /** '' when it was handed over */
  why: string;
}

interface Line {
  program: string;
  args: string[];
  env: Record<string, string>;
}

const deadlineMs = 10_000;
const longestTitle = 80;
const longestBody = 200;

export function notify(
  { title, body }: { title: string; body: string },
  { platform, env }: { platform: NodeJS.Platform; env: NodeJS.ProcessEnv },
): Promise<Notified> {
  const line = lineFor(platform, oneLine(title, longestTitle), oneLine(body, longestBody));
  if (line === null) return Promise.resolve({ ok: false, why: platform });
  return new Promise((done) => {
    const child = spawn(line.program, line.args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...env, ...line.env },
      timeout: deadlineMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
    });
    let said = '';
    child.stderr.on('data', (piece: Buffer) => void (said = `${said}${piece.toString()}`.slice(0, 300)));
    child.once('error', (fault) => done({ ok: false, why: `${line.program}: ${fault.message}` }));
    child.once('close', (code, signal) => {
      const why = said.trim().split('\n')[0] || `${line.program}: ${signal ?? code}`;
      done(code === 0 ? { ok: true, why: '' } : { ok: false, why });
    });
  });
}

/** @returns null on a system without one that is known */
export function lineFor(platform: NodeJS.Platform, title: string, body: string): Line | null {
  if (platform === 'linux') {
    // the body is read as markup; without `--` a text that begins with a hyphen would be an option
    const args = ['--app-name=Paletti', '--urgency=normal', '--', title, withoutMarkup(body)];
    return { program: 'notify-send', args, env: {} };
  }
  if (platform === 'darwin') {
    const script = ['on run argv', 'display notification (item 2 of argv) with title (item 1 of argv)', 'end run'];
    return { program: 'osascript', args: [...script.flatMap((one) => ['-e', one]), title, body], env: {} };
  }
  if (platform !== 'win32') return null;
  const encoded = Buffer.from(toast, 'utf16le').toString('base64');
  const args = ['-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-EncodedCommand', encoded];
  return { program: 'powershell.exe', args, env: { PALETTI_TITLE: title, PALETTI_BODY: body } };
}

/** The texts come by the environment and are set through the document: neither is part of the script or of the XML. */
const toast = `[Windows.UI.Notifications.ToastNotificationManager, Windows.UI.Notifications, ContentType=WindowsRuntime] > $null
$x = [Windows.UI.Notifications.ToastNotificationManager]::GetTemplateContent([Windows.UI.Notifications.ToastTemplateType]::ToastText02)
$t = $x.GetElementsByTagName('text'); $t.Item(0).AppendChild($x.CreateTextNode($env:PALETTI_TITLE)) > $null; $t.Item(1).AppendChild($x.CreateTextNode($env:PALETTI_BODY)) > $null
[Windows.UI.Notifications.ToastNotificationManager]::CreateToastNotifier('{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}\\WindowsPowerShell\\v1.0\\powershell.exe').Show([Windows.UI.Notifications.ToastNotification]::new($x))`;

function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Without what turns the direction of a line, or ends it. */
function oneLine(text: string, longest: number): string {
  const line = withoutUnsafe(text, () => ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('')}…`;
}
