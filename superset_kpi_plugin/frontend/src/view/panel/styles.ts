/** The panel's styles, put into the page with the first panel. Colours come from theme.ts as the chart's do. */
import { withLeastHeights } from '../tall';

const STYLES = `
.kpi-openers{display:flex;flex-direction:column;flex:none;z-index:4;background:var(--kpi-bg);border-left:1px solid var(--kpi-border)}
.kpi-tree .kpi-openers button{display:flex;flex-direction:column;align-items:center;gap:7px;width:34px;padding:12px 0;font-size:12px;color:var(--kpi-text-2);border-bottom:1px solid var(--kpi-border)}
.kpi-tree .kpi-openers button:hover{color:var(--kpi-text);background:var(--kpi-canvas)}
.kpi-tree .kpi-openers button:focus-visible{outline-offset:-2px}
.kpi-openers span{writing-mode:vertical-rl;white-space:nowrap}
.kpi-narrow .kpi-openers{position:absolute;right:6px;bottom:6px;flex-direction:row;border:1px solid var(--kpi-border);border-radius:var(--kpi-radius);box-shadow:0 1px 6px rgba(0,0,0,.16)}
.kpi-narrow .kpi-openers button{width:32px;height:30px;padding:0;justify-content:center;border-bottom:0}
.kpi-narrow .kpi-outline{padding-bottom:44px}
.kpi-narrow .kpi-openers span,.kpi-short .kpi-openers span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}

.kpi-panel{display:flex;flex-direction:column;min-height:0;background:var(--kpi-bg);border-left:1px solid var(--kpi-border);z-index:7;font-size:13px}
.kpi-panel-beside{position:relative;flex:none;width:min(400px,55%)}
.kpi-body:has(>.kpi-panel-sheet){flex-direction:column}
.kpi-panel-sheet{position:relative;flex:none;height:min(78%,620px);min-height:min(100%,260px);border-left:0;border-top:1px solid var(--kpi-border);border-radius:14px 14px 0 0;box-shadow:0 -8px 28px rgba(0,0,0,.24);animation:kpi-panel-up .2s ease-out;overflow:hidden}
.kpi-panel-sheet::before{content:'';align-self:center;flex:none;width:36px;height:4px;margin-top:6px;border-radius:2px;background:var(--kpi-line)}
@keyframes kpi-panel-up{from{transform:translateY(32px);opacity:0}}
.kpi-tree .kpi-panel:focus{outline:none}
.kpi-tree .kpi-panel:focus-visible{outline:2px solid var(--kpi-primary);outline-offset:-2px}
.kpi-panel-head{display:flex;align-items:stretch;flex:none;border-bottom:1px solid var(--kpi-border)}
.kpi-tabs{display:flex;flex:1;min-width:0;overflow-x:auto;scrollbar-width:none;padding:0 6px}
.kpi-tree .kpi-tabs button{flex:none;padding:11px 9px 9px;font-size:12.5px;color:var(--kpi-text-2);border-bottom:2px solid transparent}
.kpi-tree .kpi-tabs button:hover{color:var(--kpi-text)}
.kpi-tree .kpi-tabs button[aria-selected=true]{color:var(--kpi-text);font-weight:600;border-bottom-color:var(--kpi-primary)}
.kpi-tree .kpi-tabs button:focus-visible{outline-offset:-3px}
.kpi-tree .kpi-panel-close{flex:none;width:40px;display:grid;place-items:center;color:var(--kpi-text-2)}
.kpi-tree .kpi-panel-close:hover{color:var(--kpi-text)}
.kpi-panel-body{flex:1;min-height:0;overflow:auto;padding:14px 16px 24px;overscroll-behavior:contain}
.kpi-tree .kpi-panel h3,.kpi-tree .kpi-panel h4{margin:0;color:inherit;font-family:inherit;letter-spacing:0;text-transform:none}
.kpi-tree .kpi-panel h3{flex:1 1 180px;font-size:16px;font-weight:650;line-height:1.3}
.kpi-tree .kpi-panel h4,.kpi-panel-section>summary{margin:0 0 8px;font-size:12px;font-weight:650;line-height:18px;color:var(--kpi-text-2)}
.kpi-tree .kpi-panel p,.kpi-tree .kpi-panel dl,.kpi-tree .kpi-panel dd,.kpi-tree .kpi-panel ul,.kpi-tree .kpi-panel ol{margin:0;padding:0}
.kpi-tree .kpi-panel dt{font-weight:400}
.kpi-tree .kpi-panel ul,.kpi-tree .kpi-panel ol{list-style:none}
.kpi-tree .kpi-panel code{padding:1px 4px;border-radius:3px;font-size:12px;color:var(--kpi-text);background:var(--kpi-canvas);border:1px solid var(--kpi-border);overflow-wrap:anywhere}
.kpi-panel-section{margin-top:20px;padding-top:14px;border-top:1px solid var(--kpi-border)}
.kpi-panel-section:first-child{margin-top:0;padding-top:0;border-top:0}
.kpi-panel-section>summary{margin:0;cursor:pointer}
.kpi-panel-section[open]>summary{margin-bottom:10px}
.kpi-panel-line{line-height:1.5;overflow-wrap:anywhere}
.kpi-panel-note{font-size:12px;line-height:1.5;color:var(--kpi-text-2);overflow-wrap:anywhere}
.kpi-tree .kpi-panel .kpi-panel-note{margin-top:6px}
.kpi-panel-note b{font-weight:600;color:var(--kpi-text)}
.kpi-panel-undefined{padding:8px 10px;border-radius:var(--kpi-radius);font-size:12px;line-height:1.5;background:var(--kpi-neutral-tint);color:var(--kpi-text);overflow-wrap:anywhere}
.kpi-tree .kpi-panel .kpi-panel-undefined{margin-top:8px;padding:8px 10px}
.kpi-panel-failed{padding:10px 12px;border-radius:var(--kpi-radius);font-size:12.5px;background:var(--kpi-tone-tint);color:var(--kpi-text);border-left:3px solid var(--kpi-tone)}
.kpi-panel-failed p{white-space:pre-line;overflow-wrap:anywhere}
.kpi-panel-wait{display:grid;gap:10px;padding:8px 0 14px}
.kpi-panel-wait i{height:12px;border-radius:6px;background:var(--kpi-border);animation:kpi-pulse 1.4s ease-in-out infinite}
.kpi-tree .kpi-panel-link{display:inline;text-align:left;text-decoration:underline;text-decoration-color:var(--kpi-line);text-underline-offset:2px;text-decoration-thickness:1px}
.kpi-tree .kpi-panel-link:hover{text-decoration-color:currentColor}
.kpi-tree .kpi-panel-button{display:inline-flex;align-items:center;gap:6px;margin-top:8px;padding:5px 12px;min-height:30px;border:1px solid var(--kpi-line);border-radius:var(--kpi-radius);font-size:12.5px;font-weight:600;color:var(--kpi-text);background:var(--kpi-bg);text-decoration:none}
.kpi-tree .kpi-panel-button:hover:not([aria-disabled=true]){border-color:var(--kpi-primary);background:var(--kpi-canvas)}
.kpi-tree .kpi-panel-button[aria-disabled=true]{opacity:.65;cursor:default}
.kpi-panel-buttons{display:flex;flex-wrap:wrap;gap:0 8px}
.kpi-panel-check{display:flex;align-items:center;gap:8px;margin:8px 0 0;font-size:12.5px;font-weight:400;cursor:pointer}
.kpi-panel-check input{margin:0;accent-color:var(--kpi-primary)}
.kpi-tree .kpi-panel .kpi-queries{grid-template-columns:minmax(0,1fr)}
.kpi-queries>li{min-width:0}
.kpi-query-sql{max-width:100%;max-height:220px;margin:6px 0 0;padding:8px 10px;overflow:auto;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:11.5px;line-height:1.45;white-space:pre;color:var(--kpi-text);background:var(--kpi-canvas);border:1px solid var(--kpi-border);border-radius:var(--kpi-radius)}
.kpi-tree .kpi-panel-input{min-width:0;height:30px;padding:2px 8px;border:1px solid var(--kpi-line);border-radius:var(--kpi-radius);font:inherit;font-size:12.5px;color:var(--kpi-text);background:var(--kpi-bg)}
.kpi-tree .kpi-panel-input::placeholder{color:var(--kpi-text-2);opacity:1}

.kpi-details-head{display:flex;flex-wrap:wrap;align-items:flex-start;gap:6px 10px;margin-bottom:12px}
.kpi-figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(116px,1fr));gap:1px;border:1px solid var(--kpi-border);border-radius:var(--kpi-radius);overflow:hidden}
.kpi-figures>div{padding:7px 10px 8px;box-shadow:0 0 0 1px var(--kpi-border)}
.kpi-figures dt,.kpi-definition dt{font-size:11.5px;color:var(--kpi-text-2)}
.kpi-figures dd{font-weight:600;font-size:14px;line-height:1.35;overflow-wrap:anywhere}
.kpi-panel-description{line-height:1.5}
.kpi-tree .kpi-panel .kpi-formula{margin:10px 0 4px;padding:9px 12px;border-radius:var(--kpi-radius);line-height:1.75;background:var(--kpi-canvas);border:1px solid var(--kpi-border);overflow-wrap:anywhere}
.kpi-formula b{padding:0 2px;font-weight:700}
.kpi-definition{display:grid;gap:6px}
.kpi-tree .kpi-panel .kpi-definition{margin-top:10px}
.kpi-definition>div{display:grid;grid-template-columns:108px 1fr;gap:10px;align-items:baseline}
.kpi-definition dd{overflow-wrap:anywhere}
.kpi-panel-scroll{overflow-x:auto}
.kpi-panel-table{width:100%;margin-top:10px;border-collapse:collapse;font-size:12px}
.kpi-panel-table caption{caption-side:top;text-align:left;padding:0 0 4px;color:var(--kpi-text-2)}
.kpi-panel-table th,.kpi-panel-table td{padding:4px 6px 4px 0;text-align:right;font-weight:400;border-top:1px solid var(--kpi-border)}
.kpi-panel-table thead th{color:var(--kpi-text-2);border-top:0}
.kpi-panel-table th:first-child{text-align:left}
.kpi-panel-table th:first-child,.kpi-panel-table td:last-child{word-break:keep-all}
.kpi-verdict>.kpi-panel-scroll{justify-self:stretch}
.kpi-verdict .kpi-panel-table td{padding-left:10px}
.kpi-period-verdict{display:inline-flex;align-items:center;gap:4px;color:var(--kpi-tone-text)}

.kpi-history-plot{position:relative;display:flex;gap:3px;height:110px;border-bottom:1px solid transparent}
.kpi-history-zero{position:absolute;left:0;right:0;height:1px;background:var(--kpi-line)}
.kpi-tree .kpi-history-period{position:relative;flex:1;min-width:0;border-radius:3px;cursor:default}
.kpi-tree .kpi-history-period[aria-pressed=true]{background:var(--kpi-canvas);box-shadow:inset 0 0 0 1px var(--kpi-border)}
.kpi-history-period i{position:absolute;left:16%;right:16%;min-height:1px;background:var(--kpi-tone);border-radius:2px 2px 0 0}
.kpi-history-period .kpi-history-open{background:repeating-linear-gradient(-45deg,var(--kpi-tone) 0 3px,var(--kpi-tone-tint) 3px 6px);box-shadow:inset 0 0 0 1px var(--kpi-tone)}
.kpi-history-period .kpi-history-gap{bottom:0;height:100%;border-radius:3px;background:repeating-linear-gradient(-45deg,var(--kpi-border) 0 1px,transparent 1px 6px)}
.kpi-history-period b{position:absolute;left:2%;right:2%;height:2px;margin-bottom:-1px;background:var(--kpi-text)}
.kpi-history-axis{display:flex;gap:3px;margin-top:3px;font-size:10.5px;color:var(--kpi-text-2)}
.kpi-history-axis span{flex:1;min-width:0;text-align:center;white-space:nowrap;overflow:hidden}
.kpi-tree .kpi-panel .kpi-history-told{margin-top:8px;min-height:38px;font-size:12.5px;line-height:19px}
.kpi-history-key{display:flex;align-items:center;gap:6px;font-size:11.5px;color:var(--kpi-text-2)}
.kpi-history-key i{width:9px;height:9px;border-radius:2px;background:linear-gradient(90deg,var(--kpi-success) 0 34%,var(--kpi-warning) 34% 67%,var(--kpi-error) 67%)}
.kpi-history-key b{width:14px;height:2px;margin-left:8px;background:var(--kpi-text)}

.kpi-tree .kpi-panel .kpi-adds{display:grid;gap:6px;margin-top:8px}
.kpi-adds li{display:grid;grid-template-columns:minmax(0,1fr) 84px minmax(72px,auto);gap:8px;align-items:center;font-size:12.5px}
.kpi-adds-name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.kpi-adds-bar i{display:block;height:8px;min-width:1px;border-radius:2px;background:var(--kpi-tone)}
.kpi-adds-amount,.kpi-waterfall-amount{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.kpi-verdict{display:grid;gap:4px;justify-items:start;padding:10px 0}
.kpi-verdict+.kpi-verdict{border-top:1px solid var(--kpi-border)}
.kpi-tree .kpi-panel .kpi-verdict .kpi-panel-note{margin-top:0}

.kpi-segments{display:flex;flex-wrap:wrap;gap:6px;margin-bottom:12px}
.kpi-segments label{position:relative;display:inline-flex;margin:0;padding:4px 10px;border:1px solid var(--kpi-line);border-radius:14px;font-size:12px;font-weight:400;color:var(--kpi-text);cursor:pointer}
.kpi-segments label.kpi-segment-on{border-color:var(--kpi-primary);box-shadow:inset 0 0 0 1px var(--kpi-primary);font-weight:600}
.kpi-segments input{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer}
.kpi-segments label:focus-within{outline:2px solid var(--kpi-primary);outline-offset:2px}
.kpi-change{color:var(--kpi-tone-text);font-size:15px}
.kpi-tree .kpi-panel .kpi-waterfall{margin-top:6px;font-size:12.5px}
.kpi-waterfall li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:3px 12px;padding:6px 0 8px;border-radius:3px}
.kpi-waterfall li+li{border-top:1px solid var(--kpi-border)}
.kpi-waterfall-name{line-height:1.4;overflow-wrap:anywhere}
.kpi-waterfall-name small{font-size:11.5px;color:var(--kpi-text-2);white-space:nowrap}
.kpi-waterfall-amount{font-weight:600}
.kpi-waterfall-bar{position:relative;grid-column:1/-1;height:10px;border-radius:2px;background:var(--kpi-canvas)}
.kpi-waterfall-bar i{position:absolute;top:0;bottom:0;min-width:2px;border-radius:2px;background:var(--kpi-tone)}
.kpi-waterfall-end .kpi-waterfall-bar i{background:var(--kpi-text-2)}
.kpi-waterfall-end .kpi-waterfall-name,.kpi-waterfall-end .kpi-waterfall-amount{font-weight:650}
.kpi-waterfall li.kpi-faded .kpi-waterfall-bar i{opacity:.35}

.kpi-not-real{display:inline-flex;align-items:center;gap:4px;padding:1px 8px 1px 6px;border-radius:10px;font-size:11.5px;font-weight:600;line-height:18px;white-space:nowrap;color:var(--kpi-warning-text);background:var(--kpi-warning-tint)}
.kpi-what-if-banner{display:flex;align-items:center;gap:10px;flex:none;padding:6px 12px;font-size:12.5px;color:var(--kpi-warning-text);background:var(--kpi-warning-tint);border-bottom:1px solid var(--kpi-warning)}
.kpi-what-if-banner+*{padding-top:8px}
.kpi-what-if-text{flex:1;min-width:0;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.kpi-narrow .kpi-what-if-banner{padding:4px 8px;gap:8px}
.kpi-supposed .kpi-canvas{background-image:repeating-linear-gradient(-45deg,var(--kpi-stripe) 0 3px,transparent 3px 24px)}
.kpi-goal{position:sticky;top:-14px;z-index:2;margin:-14px -16px 14px;padding:14px 16px 12px;background:var(--kpi-bg);border-bottom:1px solid var(--kpi-border)}
.kpi-goal-supposed{background:var(--kpi-bg);background-image:linear-gradient(var(--kpi-warning-tint),var(--kpi-warning-tint));box-shadow:inset 3px 0 0 var(--kpi-warning)}
.kpi-goal .kpi-not-real,.kpi-goal-supposed .kpi-pill{background:var(--kpi-bg)}
.kpi-goal[aria-busy=true] .kpi-goal-figures{opacity:.6}
.kpi-goal .kpi-panel-button{margin-top:6px;padding:3px 10px;min-height:28px}
.kpi-panel-sheet .kpi-goal-number{font-size:18px}
.kpi-seek .kpi-goal{position:static;margin:10px 0 0;border:0;border-radius:var(--kpi-radius)}
.kpi-goal-head{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:6px}
.kpi-goal-figures{display:flex;flex-wrap:wrap;align-items:center;gap:10px;margin:2px 0}
.kpi-goal-number{font-size:22px;font-weight:650;letter-spacing:-.01em}
.kpi-goal-more{display:flex;flex-wrap:wrap;gap:2px 14px;font-size:12px;color:var(--kpi-text)}
.kpi-goal-more .kpi-figure{font-weight:600}
.kpi-tree .kpi-panel .kpi-goal-supposed .kpi-panel-note{color:var(--kpi-text)}
.kpi-tree .kpi-panel .kpi-levers-title{margin-top:14px}
.kpi-tree .kpi-panel input[type=search]{width:100%;margin-top:4px}
.kpi-lever{padding:8px 0}
.kpi-lever+.kpi-lever{border-top:1px solid var(--kpi-border)}
.kpi-lever-on{box-shadow:-16px 0 0 var(--kpi-bg),-13px 0 0 var(--kpi-warning)}
.kpi-lever-one{margin-top:4px}
.kpi-lever-head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 10px;font-size:12px;color:var(--kpi-text-2)}
.kpi-lever-amount{font-variant-numeric:tabular-nums;margin-left:auto;color:var(--kpi-text)}
.kpi-lever-moved .kpi-lever-amount{font-weight:600}
.kpi-lever-row{display:flex;align-items:center;gap:6px}
.kpi-tree .kpi-lever-row input[type=range]{flex:1;min-width:60px;height:24px;margin:0;padding:0;border:0;background:none;-webkit-appearance:none;appearance:none;cursor:pointer}
.kpi-lever-row input[type=range]::-webkit-slider-runnable-track{height:6px;border-radius:3px;background:linear-gradient(90deg,var(--kpi-line) 0 0) center/2px 100% no-repeat,linear-gradient(90deg,transparent var(--kpi-low),var(--kpi-primary) 0 var(--kpi-high),transparent 0),var(--kpi-border)}
.kpi-lever-row input[type=range]::-moz-range-track{height:6px;border-radius:3px;background:linear-gradient(90deg,var(--kpi-line) 0 0) center/2px 100% no-repeat,linear-gradient(90deg,transparent var(--kpi-low),var(--kpi-primary) 0 var(--kpi-high),transparent 0),var(--kpi-border)}
.kpi-lever-row input[type=range]::-webkit-slider-thumb{-webkit-appearance:none;width:18px;height:18px;margin-top:-6px;border:2px solid var(--kpi-bg);border-radius:50%;background:var(--kpi-primary);box-shadow:0 0 0 1px var(--kpi-primary)}
.kpi-lever-row input[type=range]::-moz-range-thumb{width:14px;height:14px;border:2px solid var(--kpi-bg);border-radius:50%;background:var(--kpi-primary);box-shadow:0 0 0 1px var(--kpi-primary)}
.kpi-tree .kpi-lever-row .kpi-panel-input{width:62px;height:26px;padding:0 4px;text-align:right}
.kpi-tree .kpi-lever-row .kpi-panel-note{flex:1;margin:0}
.kpi-tree .kpi-lever-reset{width:26px;height:26px;border-radius:13px;font-size:15px;line-height:1;color:var(--kpi-text)}
.kpi-tree .kpi-lever-reset:disabled{visibility:hidden}
.kpi-tree .kpi-lever-reset:hover{background:var(--kpi-canvas)}
.kpi-seek-row{display:flex;gap:8px;margin-top:8px}
.kpi-tree .kpi-seek-row .kpi-panel-input{flex:1}
.kpi-tree .kpi-seek-row .kpi-panel-button{margin:0}

.kpi-tree .kpi-panel .kpi-queries{display:grid;gap:10px;margin-top:10px}
.kpi-queries li{padding:8px 10px;border:1px solid var(--kpi-border);border-radius:var(--kpi-radius);font-size:12.5px;line-height:1.5;overflow-wrap:anywhere}
.kpi-queries li.kpi-tone-error{border-color:var(--kpi-error)}
.kpi-query-head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2px 10px}
.kpi-query-head span,.kpi-query-window{font-size:12px;color:var(--kpi-text-2)}
.kpi-query-error{margin-top:4px;color:var(--kpi-error-text);white-space:pre-line}
@media (forced-colors:active){.kpi-history-period i,.kpi-history-period b,.kpi-waterfall-bar i,.kpi-adds-bar i,.kpi-not-real{forced-color-adjust:none}}
`;

const ID = 'kpi-panel-styles';

export function ensurePanelStyles(): void {
  if (document.getElementById(ID)) return;
  const style = document.createElement('style');
  style.id = ID;
  style.textContent = withLeastHeights(STYLES);
  document.head.append(style);
}
