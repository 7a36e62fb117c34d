import { createRequire } from 'node:module'; import { readFileSync } from 'node:fs';
const gc = globalThis.gc; const rss=()=>Number(/RssAnon:\s+(\d+)/.exec(readFileSync('/proc/self/status','utf8'))[1])/1024;
gc(); const h0=process.memoryUsage().heapUsed, r0=rss();
for (const m of process.argv.slice(2)) { if (m.startsWith('cjs:')) createRequire(import.meta.url)(m.slice(4)); else await import(m); }
gc();gc(); console.log(process.argv.slice(2).join(' ').padEnd(40), 'heap', ((process.memoryUsage().heapUsed-h0)/1e6).toFixed(1), 'anon', (rss()-r0).toFixed(1));
