/** All of the chart's styles, put into the page once. Colours come from theme.ts as custom properties on .kpi-tree. */
const STYLES = `
.kpi-tree{position:relative;display:flex;flex-direction:column;overflow:hidden;box-sizing:border-box;background:var(--kpi-bg);color:var(--kpi-text);font-family:var(--kpi-font);font-size:13px;line-height:1.4;font-variant-numeric:tabular-nums;text-align:left}
.kpi-tree *{box-sizing:border-box}
.kpi-tree button{font:inherit;color:inherit;background:none;border:0;margin:0;padding:0;cursor:pointer}
.kpi-tree :focus-visible{outline:2px solid var(--kpi-primary);outline-offset:2px}
.kpi-content{position:relative;display:flex;flex-direction:column;flex:1;min-height:0}
.kpi-content[aria-busy=true]>:not(.kpi-progress){opacity:.5;transition:opacity .2s .15s}
.kpi-progress{position:absolute;z-index:5;top:0;left:0;right:0;height:2px;overflow:hidden}
.kpi-progress::after{content:'';position:absolute;inset:0;width:35%;background:var(--kpi-primary);animation:kpi-run 1.1s ease-in-out infinite}
@keyframes kpi-run{from{transform:translateX(-100%)}to{transform:translateX(300%)}}
.kpi-sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.kpi-icon{flex:none;display:block}
.kpi-stroke{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.kpi-knock{fill:none;stroke:var(--kpi-tone-tint);stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
${['success', 'warning', 'error', 'neutral']
  .map(
    tone =>
      `.kpi-tone-${tone}{--kpi-tone:var(--kpi-${tone});--kpi-tone-tint:var(--kpi-${tone}-tint);--kpi-tone-text:var(--kpi-${tone}-text)}`,
  )
  .join('\n')}

.kpi-header{display:flex;align-items:center;gap:16px;padding:8px 12px;min-height:56px;border-bottom:1px solid var(--kpi-border);flex:none}
.kpi-title{flex:1 1 0;min-width:0}
.kpi-tree-name{font-size:15px;font-weight:600;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.kpi-window{font-size:12px;color:var(--kpi-text-2);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.kpi-headline{display:flex;align-items:center;gap:14px;flex:none}
.kpi-headline-figure{display:flex;flex-direction:column;align-items:flex-end;line-height:1.2}
.kpi-headline-number{font-size:20px;font-weight:650}
.kpi-headline-second{font-size:15px;font-weight:600;line-height:24px}
.kpi-label{font-size:12px;color:var(--kpi-text-2);white-space:nowrap}
.kpi-headline .kpi-label{font-size:11px}
.kpi-toolbar{display:flex;flex:none;border:1px solid var(--kpi-border);border-radius:var(--kpi-radius)}
.kpi-tree .kpi-toolbar button{display:grid;place-items:center;width:30px;height:28px;color:var(--kpi-text-2)}
.kpi-tree .kpi-toolbar button+button{border-left:1px solid var(--kpi-border)}
.kpi-tree .kpi-toolbar button:hover{color:var(--kpi-text);background:var(--kpi-canvas)}
.kpi-narrow .kpi-header{gap:4px 10px;padding:6px 8px;flex-wrap:wrap}
.kpi-narrow .kpi-title{flex-basis:150px}
.kpi-tree.kpi-narrow .kpi-toolbar button{width:26px;height:26px}
.kpi-narrow .kpi-headline{gap:10px}
.kpi-narrow .kpi-headline-number{font-size:16px}
.kpi-narrow .kpi-headline-second{font-size:13px;line-height:19px}
.kpi-narrow .kpi-tree-name{font-size:14px}
.kpi-narrow .kpi-window{white-space:normal;line-height:1.25}

.kpi-notices{display:flex;flex-wrap:wrap;gap:6px;padding:6px 12px;border-bottom:1px solid var(--kpi-border);flex:none}
.kpi-notice{position:relative;max-width:100%}
.kpi-tree .kpi-notice>button{display:flex;align-items:center;gap:6px;max-width:100%;padding:2px 10px 2px 6px;border-radius:12px;font-size:12px;text-align:left;color:var(--kpi-tone-text);background:var(--kpi-tone-tint)}
.kpi-popover{position:absolute;z-index:10;top:calc(100% + 4px);left:0;width:max-content;max-width:420px;margin:0;padding:8px 12px;list-style:none;font-size:12px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:var(--kpi-radius);box-shadow:0 6px 20px rgba(0,0,0,.18)}
.kpi-narrow .kpi-notices{padding:4px 8px}
.kpi-narrow .kpi-popover{max-width:260px}
.kpi-short .kpi-header{min-height:44px;padding-top:4px;padding-bottom:4px}
.kpi-short .kpi-notices{position:absolute;z-index:6;right:6px;bottom:6px;padding:0;border:0}
.kpi-short .kpi-notice-text{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.kpi-tree.kpi-short .kpi-notice>button{padding:4px}
.kpi-short .kpi-popover{top:auto;bottom:calc(100% + 4px);left:auto;right:0}
.kpi-short.kpi-narrow .kpi-toolbar{position:absolute;z-index:4;left:6px;bottom:6px;background:var(--kpi-bg)}

.kpi-body{position:relative;display:flex;flex:1;min-height:0;min-width:0}
.kpi-canvas{position:relative;flex:1;min-width:0;min-height:0;overflow:hidden;background:var(--kpi-canvas);cursor:grab;touch-action:none;user-select:none}
.kpi-canvas:active{cursor:grabbing}
.kpi-layer{position:absolute;top:0;left:0;width:0;height:0;transform-origin:0 0}
.kpi-links{position:absolute;overflow:visible;pointer-events:none}
.kpi-link path{fill:none;stroke:var(--kpi-line);stroke-width:1.5}
.kpi-link-influence path{stroke-dasharray:5 5}
.kpi-link circle{fill:var(--kpi-bg);stroke:var(--kpi-line)}
.kpi-link text{font-size:13px;font-weight:600;text-anchor:middle;fill:var(--kpi-text)}
.kpi-legend{position:absolute;left:10px;bottom:8px;display:flex;align-items:center;gap:6px;padding:2px 8px;border-radius:10px;font-size:11px;color:var(--kpi-text-2);background:var(--kpi-bg);opacity:.92;pointer-events:none}
.kpi-legend svg:nth-of-type(2){margin-left:8px}
.kpi-legend-line{stroke:var(--kpi-line);stroke-width:1.5}

.kpi-card{position:absolute;display:flex;flex-direction:column;padding:10px 18px 12px 18px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px);box-shadow:0 1px 3px rgba(0,0,0,.07);cursor:default}
.kpi-card::before{content:'';position:absolute;left:-1px;top:-1px;bottom:-1px;width:5px;border-radius:calc(var(--kpi-radius) + 2px) 0 0 calc(var(--kpi-radius) + 2px);background:var(--kpi-tone)}
.kpi-card:hover{border-color:var(--kpi-line)}
.kpi-selected{outline:2px solid var(--kpi-primary);outline-offset:-1px}
.kpi-root{box-shadow:0 2px 10px rgba(0,0,0,.13);border-color:var(--kpi-line)}
.kpi-name{font-weight:600;line-height:18px;max-height:36px;flex:none;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.kpi-row{display:flex;align-items:center;justify-content:space-between;gap:8px;white-space:nowrap}
.kpi-row-actual{height:32px;margin-top:2px}
.kpi-row-target{height:20px}
.kpi-row-bar{min-height:20px;margin-top:auto;gap:10px}
.kpi-actual{font-weight:650;letter-spacing:-.01em}
.kpi-label .kpi-figure{color:var(--kpi-text);font-weight:500}
.kpi-tree .kpi-attainment.kpi-undefined{min-width:0}
.kpi-tree .kpi-undefined{color:var(--kpi-text-2);font-weight:500}
.kpi-attainment{flex:none;font-weight:600;min-width:40px;text-align:right}
.kpi-pill{display:inline-flex;align-items:center;gap:5px;flex:none;padding:2px 8px 2px 6px;border-radius:11px;font-size:12px;font-weight:600;line-height:18px;white-space:nowrap;color:var(--kpi-tone-text);background:var(--kpi-tone-tint)}
.kpi-bar{position:relative;flex:1;height:6px;border-radius:3px;background:var(--kpi-border)}
.kpi-bar-fill{position:absolute;inset:0 auto 0 0;border-radius:3px;background:var(--kpi-tone)}
.kpi-bar-target{position:absolute;top:-3px;bottom:-3px;width:2px;margin-left:-1px;background:var(--kpi-text)}
.kpi-bar-expected{position:absolute;bottom:-7px;width:0;height:0;margin-left:-4px;border:4px solid transparent;border-top:0;border-bottom:5px solid var(--kpi-text-2)}
.kpi-why{flex:1;min-width:0;max-height:30px;font-size:11px;line-height:15px;white-space:normal;color:var(--kpi-text-2);display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.kpi-why b{font-weight:600;color:var(--kpi-text)}
.kpi-tree .kpi-fold{position:absolute;top:50%;right:-12px;min-width:24px;height:24px;margin-top:-12px;padding:0 3px;border-radius:12px;font-size:12px;font-weight:600;line-height:20px;display:grid;place-items:center;background:var(--kpi-bg);border:1px solid var(--kpi-line);color:var(--kpi-text)}
.kpi-tree .kpi-fold:hover{border-color:var(--kpi-primary);color:var(--kpi-primary)}
.kpi-reference{position:absolute;display:flex;align-items:center;gap:7px;padding:0 10px;border:1px dashed var(--kpi-line);border-radius:18px;font-size:12px;background:var(--kpi-bg);color:var(--kpi-text-2);cursor:pointer}
.kpi-reference>:first-child{color:var(--kpi-tone-text)}
.kpi-reference:hover{color:var(--kpi-text);border-style:solid}
.kpi-reference-name{flex:1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}

.kpi-state{flex:1;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:8px;padding:16px;text-align:center;overflow:auto;color:var(--kpi-text)}
.kpi-state svg{flex:none;color:var(--kpi-text-2);opacity:.8}
.kpi-state strong{font-size:15px;font-weight:600}
.kpi-state p{max-width:440px;margin:0;color:var(--kpi-text-2);white-space:pre-line;overflow-wrap:anywhere}
.kpi-tree .kpi-button{margin-top:6px;padding:5px 16px;border:1px solid var(--kpi-primary);border-radius:var(--kpi-radius);color:var(--kpi-primary);font-weight:600}
.kpi-tree .kpi-button:hover{background:var(--kpi-canvas)}
.kpi-skeleton{flex:1;display:flex;align-items:center;justify-content:center;gap:72px;overflow:hidden;background:var(--kpi-canvas)}
.kpi-skeleton-column{display:grid;gap:20px}
.kpi-skeleton-card{display:grid;gap:12px;align-content:center;width:220px;height:104px;padding:14px 18px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:8px}
.kpi-skeleton-card i{height:10px;border-radius:5px;background:var(--kpi-border);animation:kpi-pulse 1.4s ease-in-out infinite}
@keyframes kpi-pulse{50%{opacity:.45}}
.kpi-narrow .kpi-skeleton{gap:28px}
.kpi-narrow .kpi-skeleton-card{width:150px;height:84px;gap:9px}
@media (prefers-reduced-motion:reduce){.kpi-tree *,.kpi-tree *::after{animation:none!important;transition:none!important}}
@media (forced-colors:active){.kpi-card,.kpi-pill,.kpi-reference{forced-color-adjust:none}}
`;

const ID = 'kpi-tree-styles';

export function ensureStyles(): void {
  if (document.getElementById(ID)) return;
  const style = document.createElement('style');
  style.id = ID;
  style.textContent = STYLES;
  document.head.append(style);
}
