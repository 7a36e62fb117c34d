/**
 * Paletti in a folder of its own, as in program.mjs, but its commands are performed in this process, by the modules that
 * are handed in: the same code behind the same words, without a start for each. For the tests, and for a quick look.
 */
import { rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** @param modules the program's own: { perform, HandClock, readConfig, checkConfig, readSecret, openApp, openDesk, openWritingDesk, planFor, decideMessage, openMailboxes, openCouriers, checkServers, silentLog } */
export function inProcess(modules) {
  return (config) => new InProcess(modules, config);
}

class InProcess {
  #modules;
  #config;
  #said = { out: '', err: '' };

  constructor(modules, config) {
    this.#modules = modules;
    this.folder = mkdtempSync(join(tmpdir(), 'paletti-case-'));
    this.clock = new modules.HandClock(0);
    this.file('password', 'demo\n', 0o600);
    this.#config = config;
    this.#write();
  }

  configure(change) {
    this.#config = change(structuredClone(this.#config));
    this.#write();
  }

  file(name, text, mode = 0o644) {
    writeFileSync(join(this.folder, name), text, { mode });
    return join(this.folder, name);
  }

  async type(at, ...words) {
    this.#said = { out: '', err: '' };
    // A millisecond between commands, as there would be: moments tell which came first.
    this.clock.set(Math.max(at, this.clock.now() < at + 1_000 ? this.clock.now() + 1 : at));
    try {
      const code = await this.#modules.perform(['--no-input', ...words], this.#ways());
      return { code, ...this.#said };
    } catch (error) {
      return { code: -1, ...this.#said, err: `${this.#said.err}${error.stack}` };
    }
  }

  async json(at, ...words) {
    const { code, out, err } = await this.type(at, ...words, '--json');
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${err.trim()}`);
    return JSON.parse(out);
  }

  end() {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write() {
    this.file('config.json', JSON.stringify(this.#config, null, 1));
  }

  #ways() {
    const { clock, folder } = this;
    const m = this.#modules;
    const env = { HOME: folder, NO_COLOR: '1', PATH: process.env.PATH };
    const sink = (name) => ({ write: (text) => (this.#said[name] += text), columns: 160 });
    const readConfig = async (path) => m.readConfig(path, env, folder);
    const secret = (source) => m.readSecret(source, env);
    const network = { clock, log: m.silentLog, readSecret: secret };
    return {
      stdout: sink('out'), stderr: sink('err'), stdin: Readable.from([]), env, cwd: folder, clock,
      version: '0.0.0', program: join(folder, 'main.js'), signal: new AbortController().signal,
      readConfig, readKnownConfig: readConfig, readConfigApart: readConfig,
      checkConfig: async (text, path) => m.checkConfig(text, path),
      configSchema: async () => ({}),
      makeLog: async () => m.silentLog,
      openDesk: async (config) => m.openDesk({ config, clock }),
      openWritingDesk: async (config) => m.openWritingDesk({ config, clock }),
      openApp: (config) => m.openApp({ config, ...network }),
      openMailboxes: (config) => m.openMailboxes({ config, ...network }),
      plan: async (desk, days) => m.planFor(desk, m.silentLog, days),
      decide: async (config, bytes, options) => ({ ...(await m.decideMessage({ config, clock, log: m.silentLog }, bytes, options)) }),
      checkServers: (config) => servers(m, config, network),
      demo: async () => {},
    };
  }
}

async function* servers(modules, config, network) {
  yield* modules.checkServers(config, {
    open: () => modules.openApp({ config, ...network }),
    courier: await modules.openCouriers(network.readSecret),
    secret: (server) => network.readSecret(server.password),
  });
}
