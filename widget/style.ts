// The panel's looks, as a constructed sheet: a strict policy of the page lets no other in. Colours of the brand are surfaces, with
// letters on them that the desk has chosen so that they can be read.
export const css = `
.panel, .panel * { box-sizing: border-box; }
.panel { --bg: light-dark(#fff, #1b1d22); --sunken: light-dark(#f4f5f7, #24272e); --text: light-dark(#1c1f26, #eceef2);
  --text-2: light-dark(#4d5462, #b4bac6); --line: light-dark(#dfe2e8, #3a3f49); --control: light-dark(#7d8494, #8b92a1);
  --danger: light-dark(#b3261e, #ff9b91); --focus: light-dark(#1d4ed8, #93b4ff);
  color-scheme: light dark; position: fixed; inset-block-end: 88px; inset-inline-end: 20px; inline-size: min(380px, calc(100vw - 40px));
  block-size: min(620px, calc(100dvh - 110px)); display: flex; flex-direction: column; background: var(--bg); color: var(--text);
  border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 40px rgb(0 0 0 / .24); overflow: hidden; z-index: 2147483001;
  font: 15px/22px system-ui, sans-serif; text-align: start; overflow-wrap: anywhere; }
.panel[hidden] { display: none; }
button, input, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
header { display: flex; align-items: center; gap: 10px; padding: 10px 8px 10px 16px; padding-inline: 16px 8px; background: var(--c); color: var(--l); }
header h2 { flex: 1; margin: 0; font-size: 16px; line-height: 22px; font-weight: 600; min-inline-size: 0; }
header small { display: block; font-size: 13px; line-height: 18px; font-weight: 400; }
header button { background: none; border: 0; border-radius: 6px; min-inline-size: 44px; min-block-size: 44px; color: inherit; display: grid; place-items: center; }
header :focus-visible, .send:focus-visible { outline-color: currentColor; outline-offset: -4px; }
svg { inline-size: 20px; block-size: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.menu { display: flex; flex-wrap: wrap; gap: 6px; padding: 8px 16px; border-block-end: 1px solid var(--line); }
.plain { background: none; border: 1px solid var(--control); border-radius: 6px; padding: 4px 12px; min-block-size: 36px; }
.link { background: none; border: 0; padding: 4px; margin-inline-start: 4px; min-block-size: 24px; text-decoration: underline; }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; display: flex; flex-direction: column; }
.log ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: 10px; }
li { max-inline-size: 85%; align-self: flex-start; }
li.you { align-self: flex-end; }
li.desk { position: relative; padding-inline-start: 36px; }
.face { flex: none; inline-size: 28px; block-size: 28px; border-radius: 50%; overflow: hidden; display: grid; place-items: center; background: var(--line); color: var(--text); font-size: 11px; line-height: 1; font-weight: 600; }
.face canvas { inline-size: 100%; block-size: 100%; }
.face canvas[hidden] { display: none; }
header .face { inline-size: 36px; block-size: 36px; font-size: 13px; background: var(--l); color: var(--c); }
li.desk > .face { position: absolute; inset-block-start: 5px; inset-inline-start: 0; }
.bubble { background: var(--sunken); border-radius: 12px; padding: 8px 12px; white-space: pre-wrap; margin: 0; }
.you .bubble { background: var(--c); color: var(--l); }
.you .bubble:focus-within :focus-visible { outline-color: currentColor; }
.bubble a { color: inherit; }
.meta { font-size: 12px; line-height: 16px; color: var(--text-2); margin: 2px 4px 0; }
.you .meta { text-align: end; }
.meta.failed, .error, .notice.error { color: var(--danger); }
.greeting { color: var(--text-2); margin: 0 0 12px; white-space: pre-wrap; }
.line { margin: 12px 0 0; color: var(--text-2); font-size: 14px; line-height: 20px; }
.rate { margin-block-start: 16px; padding: 12px; border: 1px solid var(--line); border-radius: 12px; display: grid; gap: 8px; }
.rate p { margin: 0; }
.rate form { display: grid; gap: 8px; justify-items: start; }
.rate textarea { min-block-size: 66px; resize: vertical; }
.scores { display: flex; flex-wrap: wrap; gap: 6px; }
.plain[aria-pressed=true] { background: var(--c); color: var(--l); border-color: transparent; }
.notice { margin: 0; padding: 8px 16px; font-size: 13px; line-height: 18px; background: var(--sunken); color: var(--text-2); }
form.write { display: flex; align-items: flex-end; gap: 8px; padding: 10px; border-block-start: 1px solid var(--line); }
textarea, input { background: var(--bg); border: 1px solid var(--control); border-radius: 8px; padding: 10px 12px; inline-size: 100%; font-size: 16px; line-height: 22px; }
::placeholder { color: var(--text-2); opacity: 1; }
.write textarea { flex: 1; resize: none; max-block-size: 140px; field-sizing: content; min-block-size: 44px; }
.send { background: var(--c); color: var(--l); border: 1px solid transparent; border-radius: 8px; min-inline-size: 44px; min-block-size: 44px; padding: 0 14px; display: grid; place-items: center; font-weight: 500; }
.send:disabled { opacity: .55; cursor: default; }
[dir=rtl] .send svg { transform: scaleX(-1); }
.attach { background: none; border: 0; border-radius: 8px; min-inline-size: 36px; min-block-size: 44px; padding: 0; display: grid; place-items: center; color: var(--text-2); }
.fields .attach { display: flex; gap: 8px; justify-self: start; padding-inline: 0 12px; font-size: 14px; }
.fields .chosen { padding: 0; max-block-size: none; overflow: visible; }
.fields .notice { padding: 0; background: none; }
.send progress { accent-color: currentColor; margin-inline-start: 8px; }
.chosen { list-style: none; display: flex; flex-wrap: wrap; gap: 6px; margin: 0; padding: 8px 10px 0; max-block-size: 110px; overflow-y: auto; font-size: 13px; line-height: 18px; }
.chosen li { display: flex; align-items: center; max-inline-size: 100%; background: var(--sunken); border-radius: 6px; padding-inline-start: 8px; }
.chosen .link { min-inline-size: 28px; min-block-size: 28px; }
.chosen svg { inline-size: 14px; block-size: 14px; vertical-align: middle; }
.picture { display: block; min-inline-size: 44px; min-block-size: 44px; background: none; border: 1px solid var(--line); border-radius: 12px; padding: 0; margin-block-start: 4px; overflow: hidden; max-inline-size: 100%; }
.you .picture, .you > .link { display: block; margin-inline-start: auto; }
.picture canvas { display: block; max-inline-size: 100%; }
progress { inline-size: 90px; block-size: 8px; vertical-align: middle; accent-color: var(--text-2); }
.fields { display: grid; gap: 12px; padding: 16px; overflow-y: auto; }
.fields p { margin: 0; color: var(--text-2); }
.fields label { display: grid; gap: 4px; font-size: 14px; line-height: 20px; font-weight: 500; }
.fields.left { justify-items: start; align-content: center; flex: 1; }
.fields.left h3 { margin: 0; font-size: 18px; line-height: 26px; font-weight: 600; outline: none; }
.fields textarea { min-block-size: 88px; resize: vertical; }
.confirm { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; border-block-start: 1px solid var(--line); }
.confirm p { flex-basis: 100%; margin: 0; }
.confirm strong { color: var(--text); font-size: 16px; }
details.who { border-block-start: 1px solid var(--line); padding: 0 16px; }
details.who summary { padding: 10px 0; cursor: pointer; font-size: 14px; line-height: 20px; }
details.who form.fields { padding: 0 0 12px; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.badge { position: fixed; inset-block-end: 60px; inset-inline-end: 16px; min-inline-size: 22px; block-size: 22px; border-radius: 11px; padding: 0 6px;
  background: #b3261e; color: #fff; font: 600 12px/22px system-ui, sans-serif; text-align: center; z-index: 2147483002; pointer-events: none; }
@media (max-width: 480px), (max-height: 420px) {
  .panel { inset: var(--from, 0) 0 auto; inline-size: 100%; block-size: var(--seen, 100dvh); border: 0; border-radius: 0; z-index: 2147483003; } }
@media (prefers-reduced-motion: no-preference) { .panel { animation: come 120ms cubic-bezier(.2, 0, 0, 1); }
  @keyframes come { from { opacity: 0; transform: translateY(8px); } } }
@media (forced-colors: active) { .bubble, .send, header { border: 1px solid; forced-color-adjust: auto; } .you .bubble { border-style: double; border-width: 3px; } }
`
