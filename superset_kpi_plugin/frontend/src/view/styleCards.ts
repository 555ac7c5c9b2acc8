/** Cards in their three densities, and the figures in them. */
export const CARD_STYLES = `
.kpi-card{position:absolute;background:var(--kpi-bg);border-radius:calc(var(--kpi-radius) + 4px);box-shadow:0 0 0 1px var(--kpi-border),0 1px 4px rgba(0,0,0,.07);cursor:pointer}
.kpi-card::before{content:'';position:absolute;z-index:1;left:0;top:0;bottom:0;width:5px;border-radius:calc(var(--kpi-radius) + 4px) 0 0 calc(var(--kpi-radius) + 4px);background:var(--kpi-tone)}
.kpi-card:hover{box-shadow:0 0 0 1px var(--kpi-line),0 2px 8px rgba(0,0,0,.1)}
.kpi-root{box-shadow:0 0 0 1px var(--kpi-line),0 3px 14px rgba(0,0,0,.14)}
.kpi-card.kpi-selected{box-shadow:0 0 0 2px var(--kpi-primary),0 3px 14px rgba(0,0,0,.14)}
.kpi-tree .kpi-card:focus-visible{outline-offset:3px}
.kpi-face{display:flex;flex-direction:column;transform-origin:0 0;padding:12px 16px 11px 20px}
.kpi-face-compact{padding:8px 11px 8px 15px}
.kpi-face-speck{align-items:center;justify-content:center;padding:0 0 0 2px;color:var(--kpi-tone-text);background:var(--kpi-tone-tint);border-radius:3px}
.kpi-layer-dot .kpi-card{border-radius:0;box-shadow:none;background:var(--kpi-tone)}
.kpi-layer-dot .kpi-card::before{content:none}
.kpi-layer-dot .kpi-reference>*{display:none}
.kpi-face-detail{padding:14px 18px 12px 22px}
.kpi-name{font-weight:600;line-height:18px;max-height:36px;flex:none;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden;overflow-wrap:anywhere}
.kpi-face-compact .kpi-name{font-size:12px;line-height:15px;max-height:30px}
.kpi-face-detail .kpi-head{height:54px}
.kpi-face-detail .kpi-name{font-size:14px;line-height:19px;max-height:38px}
.kpi-head{display:flex;flex-direction:column;flex:none;height:36px;overflow:hidden}
.kpi-head .kpi-who{flex:none}
.kpi-row{display:flex;align-items:center;justify-content:space-between;gap:8px;white-space:nowrap}
.kpi-face>.kpi-row:not(.kpi-row-past){flex:none}
.kpi-row-actual{height:32px;margin-top:auto}
.kpi-face-compact .kpi-row-actual{height:25px}
.kpi-face-detail .kpi-row-actual{height:38px}
.kpi-row-target{height:18px}
.kpi-face-compact .kpi-row-target{height:15px}
.kpi-row-bar{min-height:20px;gap:10px}
.kpi-face-compact .kpi-row-bar{min-height:17px}
.kpi-row-past{height:34px;align-items:center}
.kpi-face-detail .kpi-row-past{height:54px}
.kpi-row-foot{justify-content:flex-end;height:22px;margin-top:3px;padding-top:5px;border-top:1px solid var(--kpi-border);font-size:11px;color:var(--kpi-text-2)}
.kpi-who{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;font-size:11px;line-height:16px;white-space:nowrap;color:var(--kpi-text-2)}
.kpi-outlook{display:flex;flex-direction:column;align-items:flex-end;line-height:14px}
.kpi-face-standard .kpi-outlook .kpi-small{display:none}
.kpi-outlook .kpi-label,.kpi-small{font-size:11px}
.kpi-moved{font-size:12px;font-weight:600;color:var(--kpi-tone-text)}
.kpi-spark{flex:none;display:block;overflow:visible}
.kpi-spark path{fill:none;stroke-linejoin:round;stroke-linecap:round}
.kpi-spark-line{stroke:var(--kpi-text-2);stroke-width:1.5}
.kpi-spark-running{stroke-dasharray:1.5 3}
.kpi-spark-target{stroke:var(--kpi-line);stroke-width:1;stroke-dasharray:3 3}
.kpi-spark-dot{fill:var(--kpi-text-2)}
.kpi-spark-last{fill:var(--kpi-tone);stroke:var(--kpi-bg);stroke-width:1.5}
.kpi-actual{font-weight:650;letter-spacing:-.01em}
.kpi-label .kpi-figure{color:var(--kpi-text);font-weight:500}
.kpi-tree .kpi-attainment.kpi-undefined{min-width:0}
.kpi-tree .kpi-undefined{color:var(--kpi-text-2);font-weight:500}
.kpi-attainment{flex:none;font-weight:600;min-width:40px;text-align:right}
.kpi-pill{display:inline-flex;align-items:center;gap:5px;flex:none;padding:2px 8px 2px 6px;border-radius:11px;font-size:12px;font-weight:600;line-height:18px;white-space:nowrap;color:var(--kpi-tone-text);background:var(--kpi-tone-tint)}
.kpi-face-compact .kpi-pill{font-size:11px;line-height:15px;padding:1px 7px 1px 5px;gap:4px}
.kpi-face-compact .kpi-pill svg{width:12px;height:12px}
.kpi-bar{position:relative;flex:1;height:6px;border-radius:3px;background:var(--kpi-border)}
.kpi-bar-fill{position:absolute;inset:0 auto 0 0;border-radius:3px;background:var(--kpi-tone)}
.kpi-bar-target{position:absolute;top:-3px;bottom:-3px;width:2px;margin-left:-1px;background:var(--kpi-text)}
.kpi-bar-expected{position:absolute;bottom:-7px;width:0;height:0;margin-left:-4px;border:4px solid transparent;border-top:0;border-bottom:5px solid var(--kpi-text-2)}
.kpi-why{flex:1;min-width:0;max-height:30px;font-size:11px;line-height:15px;white-space:normal;color:var(--kpi-text-2);display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.kpi-face-compact .kpi-why{-webkit-line-clamp:1}
.kpi-why b{font-weight:600;color:var(--kpi-text)}
.kpi-chips{position:absolute;z-index:2;left:14px;right:14px;top:100%;display:flex;gap:4px;white-space:nowrap;margin-top:-.45em;pointer-events:none}
.kpi-chip{padding:0 .7em;border-radius:1em;line-height:1.45;white-space:nowrap;color:var(--kpi-text-2);background:var(--kpi-bg);box-shadow:0 0 0 1px var(--kpi-line);pointer-events:auto}
.kpi-chip b{font-weight:600;color:var(--kpi-text)}
.kpi-chip.kpi-tone-warning{color:var(--kpi-tone-text);background:var(--kpi-tone-tint);box-shadow:0 0 0 1px var(--kpi-tone)}
.kpi-tree .kpi-fold{cursor:pointer;box-sizing:border-box;position:absolute;z-index:2;top:50%;right:-12px;min-width:24px;height:24px;margin-top:-12px;padding:0 3px;border-radius:12px;font-size:12px;font-weight:600;line-height:20px;display:grid;place-items:center;background:var(--kpi-bg);border:1px solid var(--kpi-line);color:var(--kpi-text)}
.kpi-tree .kpi-fold:hover,.kpi-tree .kpi-branch:hover{border-color:var(--kpi-primary);color:var(--kpi-primary-text)}
.kpi-grows-down .kpi-fold{top:auto!important;right:auto!important;bottom:-12px;left:50%;margin:0 0 0 -12px!important}
.kpi-grows-down .kpi-fold svg{transform:rotate(90deg)}
.kpi-grows-down .kpi-chips{justify-content:space-between}
.kpi-tree .kpi-branch{position:absolute;z-index:2;top:-10px;right:10px;display:none;place-items:center;width:24px;height:24px;border-radius:12px;background:var(--kpi-bg);border:1px solid var(--kpi-line);color:var(--kpi-text-2)}
.kpi-card:hover .kpi-branch,.kpi-card.kpi-selected .kpi-branch,.kpi-card:focus-within .kpi-branch{display:grid!important}
.kpi-reference{position:absolute;display:flex;align-items:center;gap:7px;padding:0 10px;border:1px dashed var(--kpi-line);border-radius:18px;font-size:12px;background:var(--kpi-bg);color:var(--kpi-text-2);cursor:pointer}
.kpi-reference>:first-child{color:var(--kpi-tone-text)}
.kpi-reference:hover{color:var(--kpi-text);border-style:solid}
.kpi-reference-name{flex:1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
`;
