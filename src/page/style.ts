/** The style sheet of all pages, as text: there is no build step for the browser. */
export const style = `/* Type, space and colour as tokens; one sheet for all pages, light, dark and print. */
:root {
  color-scheme: light dark;
  --ink: #1f2a2e; --soft: #526168; --faint: #63727a;
  --paper: #fbfaf7; --card: #ffffff; --line: #dfdcd2; --wash: #f1efe9;
  --go: #1c6a58; --go-wash: #e2f1ec; --wait: #7c5000; --wait-wash: #fbf0d9; --stop: #9c3126; --stop-wash: #fae6e2;
  --radius: 10px; --gap: 1rem;
  --ui: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif;
  --serif: 1.02rem/1.6 Charter, "Iowan Old Style", Georgia, serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e8ebe9; --soft: #b1bcbb; --faint: #9ba8a7;
    --paper: #161b1d; --card: #1e2527; --line: #353f42; --wash: #242c2f;
    --go: #7fd0b6; --go-wash: #1d352f; --wait: #eac27a; --wait-wash: #3a3020; --stop: #f0a396; --stop-wash: #402622;
  }
}
* { box-sizing: border-box; }
body { margin: 0; font: var(--ui); color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
a { color: var(--go); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; display: inline-block; padding: .5rem 1rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.bar { display: flex; gap: .4rem 1.2rem; align-items: center; flex-wrap: wrap; padding: .7rem clamp(1rem, 4vw, 2.5rem); border-bottom: 1px solid var(--line); }
.bar b { display: inline-flex; gap: .5rem; align-items: center; }
.bar nav { display: flex; gap: .2rem; flex-wrap: wrap; }
.bar nav a { padding: .3rem .7rem; border-radius: 99px; text-decoration: none; color: var(--soft); }
.bar nav a[aria-current] { background: var(--wash); color: var(--ink); font-weight: 600; }
.bar .now { margin-inline-start: auto; color: var(--soft); font-size: .92rem; }
main { max-width: 76rem; margin: 0 auto; padding: clamp(1rem, 3vw, 2rem) clamp(1rem, 4vw, 2.5rem) 4rem; }
h1 { font-size: clamp(1.5rem, 3.4vw, 2.1rem); line-height: 1.2; margin: .3rem 0 .2rem; }
h1 + p { color: var(--soft); margin: 0 0 1.6rem; }
h2 { font-size: 1.02rem; margin: 0; } h3 { font-size: 1rem; margin: 0; }
.three { display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); align-items: start; }
.quiet { margin-top: 2rem; display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); align-items: start; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); margin: 0; }
.card > h2 { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; padding: .85rem 1rem; border-bottom: 1px solid var(--line); }
.card > h2 span { color: var(--faint); font-weight: 400; font-size: .9rem; }
.row { padding: .85rem 1rem; border-bottom: 1px solid var(--line); } .row:last-child { border-bottom: 0; }
.row p { margin: .1rem 0; } .why { color: var(--soft); font-size: .92rem; }
.time { display: grid; grid-template-columns: 1fr auto; gap: .6rem; align-items: center; margin-top: .45rem; font-size: .88rem; color: var(--soft); }
.time svg { width: 100%; height: 8px; display: block; border-radius: 99px; background: var(--wash); }
.time .go { fill: var(--go); } .time .wait { fill: var(--wait); }
.tag { font-size: .82rem; padding: .08rem .5rem; border-radius: 99px; background: var(--wash); color: var(--soft); font-weight: 400; }
.tag.late { background: var(--stop-wash); color: var(--stop); } .tag.soon { background: var(--wait-wash); color: var(--wait); } .tag.ok { background: var(--go-wash); color: var(--go); }
.letter { margin: .7rem 0; padding: 1rem 1.1rem; background: var(--wash); border-radius: 8px; font: var(--serif); max-width: 40rem; }
.letter p { margin: 0 0 .7em; } .letter p:last-child { margin: 0; }
.letter .head { font: var(--ui); font-size: .9rem; color: var(--soft); border-bottom: 1px solid var(--line); padding-bottom: .5rem; margin-bottom: .7rem; }
.do { display: flex; gap: .5rem; flex-wrap: wrap; margin-top: .6rem; align-items: center; } form { margin: 0; }
button, .button, input, select, textarea { font: inherit; color: var(--ink); }
button, .button { display: inline-block; padding: .45rem .95rem; border-radius: 8px; border: 1px solid var(--line); background: var(--card); cursor: pointer; min-height: 2.6rem; text-decoration: none; }
button.main { background: var(--go); border-color: var(--go); color: var(--paper); font-weight: 600; } button.stop { color: var(--stop); } .big { font-size: 1.1rem; padding: .7rem 1.6rem; }
kbd { font: .75rem/1 ui-monospace, monospace; margin-inline-start: .35rem; }
input, select, textarea { background: var(--card); border: 1px solid var(--faint); border-radius: 8px; padding: .45rem .7rem; max-width: 100%; }
textarea { width: 100%; min-height: 22rem; font: var(--serif); } label { display: block; margin: .8rem 0 .25rem; font-weight: 600; } input.wide { width: 100%; }
.filters { display: flex; gap: .5rem 1rem; flex-wrap: wrap; align-items: end; margin: 0 0 1rem; }
.filters label { margin: 0; font-weight: 400; color: var(--soft); font-size: .92rem; }
.table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: var(--radius); }
.table th, .table td { text-align: start; padding: .55rem .8rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; min-width: 5.5rem; }
.table time, .sum { white-space: nowrap; }
.table th { color: var(--soft); font-weight: 600; font-size: .9rem; }
.sum { font-variant-numeric: tabular-nums; font-weight: 650; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; margin: 0 0 1rem; } dt { color: var(--soft); } dd { margin: 0; }
.outcome { display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; padding: .7rem 1rem; border-radius: 8px; margin: 0 0 1rem; background: var(--go-wash); color: var(--go); }
.outcome p { margin: 0; } .outcome.fault { background: var(--stop-wash); color: var(--stop); }
ins { color: var(--go); text-decoration: none; } del { color: var(--soft); } code { overflow-wrap: anywhere; }
.parts { display: grid; gap: var(--gap); grid-template-columns: repeat(auto-fit, minmax(min(32rem, 100%), 1fr)); align-items: start; margin-bottom: 1rem; }
.check { font-weight: 400; } .check input { min-height: 0; }
.cells { display: flex; flex-wrap: wrap; gap: 0 1rem; border-bottom: 1px solid var(--line); padding-bottom: .6rem; } .cells > div { min-width: 0; }
.day { display: grid; grid-template-columns: 6rem minmax(0, 1fr) minmax(0, 1.4fr); gap: .3rem .8rem; align-items: center; margin: .35rem 0; } .day label { margin: 0; font-weight: 400; }
.strip { width: 100%; height: 1.9rem; background: var(--wash); border-radius: 6px; touch-action: none; } .strip rect { fill: var(--go); opacity: .75; } .paints { cursor: crosshair; }
textarea.short { min-height: 4.5rem; font: var(--ui); } summary { cursor: pointer; padding: .85rem 1rem; } .row summary, td summary { padding: .3rem 0; }
.steps { display: flex; flex-wrap: wrap; list-style: none; margin: .55rem 0 1rem; padding: 0; font-size: .88rem; color: var(--soft); gap: .5rem 0; }
.steps li { flex: 1 1 6.5rem; position: relative; padding: 1.25rem .45rem 0 0; }
.steps li::before { content: ""; position: absolute; top: .1rem; left: 0; width: .75rem; height: .9rem; border-radius: 2px 2px 50% 50%; background: var(--line); z-index: 1; }
.steps li::after { content: ""; position: absolute; top: .45rem; left: .75rem; right: 0; height: 2px; background: var(--line); } .steps li:last-child::after { display: none; }
.steps .done::before, .steps .done::after { background: var(--go); } .steps .here { color: var(--ink); font-weight: 600; } .steps .here::before { background: var(--wait); box-shadow: 0 0 0 4px var(--wait-wash); }
.heat, .columns { width: 100%; max-width: 26rem; height: auto; display: block; margin: .4rem 0; } svg[class] text { font: 9px system-ui, sans-serif; fill: var(--faint); }
.heat rect { stroke: var(--line); stroke-width: .5; fill: var(--wash); } .heat .open { stroke: var(--go); }
.heat .in1 { fill: color-mix(in srgb, var(--go) 30%, var(--card)); } .heat .in2 { fill: color-mix(in srgb, var(--go) 50%, var(--card)); } .heat .in3 { fill: color-mix(in srgb, var(--go) 75%, var(--card)); } .heat .in4 { fill: var(--go); }
.heat .late1 { fill: color-mix(in srgb, var(--wait) 30%, var(--card)); } .heat .late2 { fill: color-mix(in srgb, var(--wait) 50%, var(--card)); } .heat .late3 { fill: color-mix(in srgb, var(--wait) 75%, var(--card)); } .heat .late4 { fill: var(--wait); }
.columns .kept { fill: var(--go); } .columns .slow { fill: var(--wait); } .columns .missed { fill: var(--stop); }
.quiet.first { margin-top: 0; margin-bottom: 1.2rem; } .choices { padding-left: 1.2rem; margin: .4rem 0; } .lines { white-space: pre-line; } input[type=file] { width: 100%; } .dropping { outline: 3px dashed var(--go); outline-offset: -6px; }
.ageing { width: 100%; height: 18px; display: block; border-radius: 6px; background: var(--wash); margin: .4rem 0; } .legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; list-style: none; padding: 0; margin: 0 0 .8rem; font-size: .9rem; } .legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: 3px; margin-inline-end: .35rem; }
.age0 { fill: var(--go); background: var(--go); } .age1 { fill: color-mix(in srgb, var(--wait) 45%, var(--card)); background: color-mix(in srgb, var(--wait) 45%, var(--card)); } .age2 { fill: var(--wait); background: var(--wait); } .age3 { fill: color-mix(in srgb, var(--stop) 60%, var(--card)); background: color-mix(in srgb, var(--stop) 60%, var(--card)); } .age4 { fill: var(--stop); background: var(--stop); }
.calendar { width: 100%; border-collapse: separate; border-spacing: 2px; table-layout: fixed; } .calendar th { font-weight: 400; font-size: .85rem; color: var(--soft); text-align: start; }
.calendar td { height: 4.6rem; vertical-align: top; padding: .3rem .4rem; border-radius: 6px; background: var(--go-wash); font-size: .82rem; overflow: hidden; } .calendar .closed { background: var(--wash); } .calendar .holiday, .calendar .closure { background: var(--wait-wash); }
.calendar .past time { color: var(--soft); } .calendar .today { outline: 2px solid var(--go); } .calendar .note { display: block; color: var(--wait); } .calendar ul { list-style: none; margin: .15rem 0 0; padding: 0; }
.dot { display: inline-block; width: .62rem; height: .62rem; border-radius: 50%; background: var(--go); margin-inline-end: .3rem; } .dot.ask { background: none; border: 2px solid var(--wait); }
figure { margin: 0; } .figures { margin: 0 0 1.8rem; } .chart { background: #fff; border: 1px solid var(--line); border-radius: var(--radius); padding: .8rem; margin: .6rem 0; } .chart svg { display: block; max-width: 100%; height: auto; }
iframe { width: 100%; height: 28rem; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
mark { background: var(--wait-wash); color: var(--wait); }
pre { white-space: pre-wrap; font: var(--serif); }
@media (max-width: 50rem) {
  .table thead { display: none; } .table, .table tbody, .table tr, .table td, .table th { display: block; width: 100%; border: 0; padding: .15rem .8rem; }
  .table tr { padding: .6rem 0; border-bottom: 1px solid var(--line); } dl { grid-template-columns: 1fr; gap: 0; } dd { margin: 0 0 .5rem; }
  .day { grid-template-columns: 1fr; } .calendar td { height: 3rem; padding: .15rem .2rem; } .calendar .text, .calendar .note { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } .calendar li { display: inline-block; position: relative; }
  .bar .now { margin-inline-start: 0; width: 100%; }
}
@media print { .bar nav, .do, .filters, .skip { display: none; } .card { break-inside: avoid; } }
`;
