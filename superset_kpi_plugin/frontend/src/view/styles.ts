/** All of the chart's styles, put into the page once. Colours come from theme.ts as custom properties on .kpi-tree. */
import { CARD_STYLES } from './styleCards';
import { PICTURE_STYLES } from './stylePictures';
import { TOOL_STYLES } from './styleTools';
import { withLeastHeights } from './tall';

const BASE_STYLES = `
.kpi-tree{position:relative;display:flex;flex-direction:column;overflow:hidden;box-sizing:border-box;background:var(--kpi-bg);color:var(--kpi-text);font-family:var(--kpi-font);font-size:13px;line-height:1.4;font-variant-numeric:tabular-nums;text-align:left}
.kpi-tree *{box-sizing:border-box}
.kpi-press{cursor:pointer}
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

.kpi-notices{display:flex;flex-wrap:wrap;gap:6px;padding:6px 12px;border-bottom:1px solid var(--kpi-border);flex:none}
.kpi-notice{position:relative;max-width:100%}
.kpi-tree .kpi-notice>.kpi-press{display:flex;align-items:center;gap:6px;max-width:100%;padding:2px 10px 2px 6px;border-radius:12px;font-size:12px;text-align:left;color:var(--kpi-tone-text);background:var(--kpi-tone-tint)}
.kpi-popover{position:absolute;z-index:10;top:calc(100% + 4px);left:0;width:max-content;max-width:420px;margin:0;padding:8px 12px;list-style:none;font-size:12px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:var(--kpi-radius);box-shadow:0 6px 20px rgba(0,0,0,.18)}
.kpi-narrow .kpi-notices{padding:4px 8px}
.kpi-narrow .kpi-popover{max-width:260px}
.kpi-short .kpi-notices{position:absolute;z-index:6;right:6px;bottom:6px;padding:0;border:0}
.kpi-short .kpi-notice-text{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.kpi-tree.kpi-short .kpi-notice>.kpi-press{padding:4px}
.kpi-short .kpi-popover{top:auto;bottom:calc(100% + 4px);left:auto;right:0}

.kpi-state{flex:1;display:flex;flex-direction:column;align-items:center;justify-content:center;gap:8px;padding:16px;text-align:center;overflow:auto;color:var(--kpi-text)}
.kpi-state svg{flex:none;color:var(--kpi-text-2);opacity:.8}
.kpi-state strong{font-size:15px;font-weight:600}
.kpi-state p{max-width:440px;margin:0;color:var(--kpi-text-2);white-space:pre-line;overflow-wrap:anywhere}
.kpi-tree .kpi-button{margin-top:6px;padding:5px 16px;border:1px solid var(--kpi-primary);border-radius:var(--kpi-radius);color:var(--kpi-primary-text);font-weight:600}
.kpi-tree .kpi-button:hover{background:var(--kpi-canvas)}
.kpi-skeleton{flex:1;display:flex;align-items:center;justify-content:center;gap:72px;overflow:hidden;background:var(--kpi-canvas)}
.kpi-skeleton-column{display:grid;gap:20px}
.kpi-skeleton-card{display:grid;gap:12px;align-content:center;width:220px;height:104px;padding:14px 18px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:8px}
.kpi-skeleton-card i{height:10px;border-radius:5px;background:var(--kpi-border);animation:kpi-pulse 1.4s ease-in-out infinite}
@keyframes kpi-pulse{50%{opacity:.45}}
.kpi-narrow .kpi-skeleton{gap:28px}
.kpi-narrow .kpi-skeleton-card{width:150px;height:84px;gap:9px}
`;

/** Last, to win. */
const PREFERENCES = `
@media (prefers-reduced-motion:reduce){.kpi-tree *,.kpi-tree *::after{animation:none!important;transition:none!important}}
@media (forced-colors:active){.kpi-card,.kpi-pill,.kpi-reference,.kpi-cell,.kpi-heat-told{forced-color-adjust:none}}
`;

const STYLES = withLeastHeights([BASE_STYLES, TOOL_STYLES, PICTURE_STYLES, CARD_STYLES, PREFERENCES].join(''));

const ID = 'kpi-tree-styles';

export function ensureStyles(): void {
  if (document.getElementById(ID)) return;
  const style = document.createElement('style');
  style.id = ID;
  style.textContent = STYLES;
  document.head.append(style);
}
