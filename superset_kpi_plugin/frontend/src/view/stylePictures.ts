/** The canvas and its lines, the outline, the icicle and the heatmap. */
export const PICTURE_STYLES = `
.kpi-body{position:relative;display:flex;flex:1;min-height:0;min-width:0}
.kpi-canvas{position:relative;flex:1;min-width:0;min-height:0;overflow:hidden;background:var(--kpi-canvas);cursor:grab;touch-action:pan-x pan-y;user-select:none}
.kpi-engaged{touch-action:none}
.kpi-canvas:active{cursor:grabbing}
.kpi-layer{position:absolute;top:0;left:0;width:0;height:0;transform-origin:0 0}
.kpi-links{position:absolute;overflow:visible;pointer-events:none}
.kpi-link path{fill:none;stroke:var(--kpi-line);stroke-width:1.5}
.kpi-link-influence path{stroke-dasharray:5 5}
.kpi-link circle{fill:var(--kpi-bg);stroke:var(--kpi-line)}
.kpi-link text{font-size:13px;font-weight:600;text-anchor:middle;fill:var(--kpi-text)}
.kpi-weight{pointer-events:none;font-size:11px;font-weight:500;fill:var(--kpi-text-2);paint-order:stroke;stroke:var(--kpi-canvas);stroke-width:4px;stroke-linejoin:round}
.kpi-link-proof{pointer-events:auto;cursor:help}
.kpi-link-proof circle{fill:var(--kpi-tone-tint);stroke:var(--kpi-tone-text)}
.kpi-link .kpi-link-proof path{stroke:var(--kpi-tone-text);stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round;stroke-dasharray:none}
.kpi-link-marked.kpi-tone-error>path{stroke:var(--kpi-tone);stroke-width:2}
.kpi-links-compact .kpi-weight{font-size:15px}
.kpi-link text{pointer-events:none}
.kpi-links-compact [data-test=kpi-operator] text{font-size:17px}
.kpi-layer-compact .kpi-reference{font-size:16px}
.kpi-tree .kpi-layer-compact .kpi-fold,.kpi-tree .kpi-layer-compact .kpi-branch{transform:scale(1.4)}
.kpi-legend{position:absolute;left:10px;bottom:8px;display:flex;align-items:center;gap:6px;padding:2px 8px;border-radius:10px;font-size:11px;color:var(--kpi-text-2);background:var(--kpi-bg);pointer-events:none}
.kpi-legend svg:nth-of-type(2){margin-left:8px}
.kpi-legend-line{stroke:var(--kpi-line);stroke-width:1.5}
.kpi-hint{position:absolute;left:50%;bottom:36px;transform:translateX(-50%);max-width:90%;padding:6px 14px;border-radius:16px;font-size:12px;text-align:center;color:var(--kpi-bg);background:var(--kpi-text);pointer-events:none;opacity:0;animation:kpi-tell 2.4s ease-out}
@keyframes kpi-tell{0%{opacity:0}12%{opacity:1}80%{opacity:1}100%{opacity:0}}
@media (prefers-reduced-motion:reduce){.kpi-hint{opacity:1}}
.kpi-dimmed{filter:grayscale(1)}
.kpi-dimmed .kpi-name,.kpi-dimmed .kpi-actual{font-weight:400}
.kpi-card.kpi-dimmed{background:var(--kpi-canvas);box-shadow:0 0 0 1px var(--kpi-border)}

.kpi-outline{position:relative;flex:1;min-width:0;min-height:0;overflow:auto;background:var(--kpi-bg)}
.kpi-thead,.kpi-tr{display:grid;align-items:center;gap:0 14px;padding:0 14px 0 10px}
.kpi-thead{position:sticky;z-index:2;top:0;height:32px;font-size:11px;font-weight:600;color:var(--kpi-text-2);background:var(--kpi-canvas);border-bottom:1px solid var(--kpi-border)}
.kpi-thead>:first-child{padding-left:24px}
.kpi-tree .kpi-thead .kpi-press{font-weight:600;white-space:nowrap}
.kpi-tree .kpi-thead .kpi-press:hover{color:var(--kpi-text)}
.kpi-tbody{position:relative}
.kpi-narrow .kpi-tbody{margin-bottom:56px}
.kpi-tr{position:absolute;left:0;right:0;border-bottom:1px solid var(--kpi-border);cursor:pointer}
.kpi-tr:hover,.kpi-tr.kpi-selected{background:var(--kpi-canvas)}
.kpi-tr.kpi-selected{box-shadow:inset 3px 0 0 var(--kpi-primary)}
.kpi-tree .kpi-tr:focus-visible{outline-offset:-2px}
.kpi-td-name{display:flex;align-items:center;gap:6px;min-width:0}
.kpi-td-name>svg{color:var(--kpi-tone-text)}
.kpi-td-name .kpi-name{display:block;min-width:0;flex:0 1 auto;white-space:nowrap;text-overflow:ellipsis;font-weight:500;max-height:none}
.kpi-tr[aria-level="1"] .kpi-name{font-weight:650}
.kpi-tr[data-test=kpi-reference] .kpi-name{font-style:italic;color:var(--kpi-text-2)}
.kpi-twist{display:grid;place-items:center;flex:none;width:18px;height:22px;color:var(--kpi-text-2)}
.kpi-tree .kpi-twist{border-radius:4px}
.kpi-twist svg{width:12px;height:12px}
.kpi-open svg{transform:rotate(90deg)}
.kpi-td{display:flex;align-items:center;gap:8px;min-width:0;white-space:nowrap}
.kpi-td>span[dir]{overflow:hidden;text-overflow:ellipsis;font-size:12px;color:var(--kpi-text-2)}
.kpi-td-data_through>span{font-size:12px;color:var(--kpi-text-2)}
.kpi-td-actual .kpi-figure{font-weight:650}
.kpi-numeric{justify-content:flex-end;text-align:right}
.kpi-td-attainment .kpi-bar{min-width:40px}
.kpi-td-attainment .kpi-attainment{min-width:56px}
.kpi-stacked .kpi-thead,.kpi-stacked .kpi-tr{grid-template-columns:minmax(0,1.25fr) minmax(0,1fr)!important;gap:0 12px}
.kpi-stacked .kpi-tr{grid-template-rows:30px 26px;align-content:center}
.kpi-stacked .kpi-thead>:first-child{display:none}
.kpi-stacked .kpi-td-name{grid-column:1/-1}
.kpi-stacked .kpi-td-name .kpi-name{flex:1}
.kpi-td-of{font-size:12px;color:var(--kpi-text-2)}
.kpi-stacked .kpi-td-of .kpi-figure{font-weight:500}
.kpi-stacked .kpi-td-actual{gap:4px;justify-content:flex-start;padding-left:24px}
.kpi-stacked .kpi-thead>:nth-child(2){text-align:left;padding-left:24px}

.kpi-icicle{position:relative;flex:1;min-width:0;min-height:0;overflow:auto;background:var(--kpi-canvas)}
.kpi-cell{position:absolute;display:flex;flex-direction:column;justify-content:flex-start;padding:4px 12px;overflow:clip;color:var(--kpi-tone-text);background:var(--kpi-tone-tint);border:1px solid var(--kpi-bg);border-left:4px solid var(--kpi-tone);cursor:pointer}
.kpi-cell-supposed{border-top-style:dashed;border-color:var(--kpi-tone)}
.kpi-cell:hover{border-color:var(--kpi-tone)}
.kpi-cell.kpi-selected{border-color:var(--kpi-primary)}
.kpi-tree .kpi-cell:focus-visible{outline-offset:-2px;z-index:1}
.kpi-cell-reference{border-style:dashed;border-left-width:1px}
.kpi-cell-words{position:sticky;top:6px}
.kpi-cell-low{justify-content:center;padding-top:0;padding-bottom:0}
.kpi-cell-line{display:flex;align-items:center;gap:6px;white-space:nowrap;min-width:0;font-size:12px}
.kpi-cell .kpi-name{flex:1;min-width:0;display:block;font-size:12px;line-height:16px;white-space:nowrap;text-overflow:ellipsis;color:var(--kpi-text)}
.kpi-cell .kpi-attainment{min-width:0;color:var(--kpi-tone-text)}
.kpi-cell-amounts{margin-top:2px;color:var(--kpi-text);gap:4px}
.kpi-cell-amounts>:first-child{font-weight:650}
.kpi-tree .kpi-cell .kpi-label,.kpi-tree .kpi-cell .kpi-undefined{color:var(--kpi-tone-text)}

.kpi-heatmap{display:flex;flex-direction:column;flex:1;min-width:0;min-height:0;--kpi-heat-name:240px}
.kpi-narrow .kpi-heatmap{--kpi-heat-name:132px}
.kpi-heat-form{display:flex;flex-wrap:wrap;align-items:center;gap:10px;padding:6px 12px;border-bottom:1px solid var(--kpi-border)}
.kpi-heat-form label{display:flex;align-items:center;gap:8px;margin:0;font-size:12px;font-weight:400;color:var(--kpi-text-2);white-space:nowrap}
.kpi-heat-form .kpi-label b{font-weight:600;color:var(--kpi-text)}
.kpi-tree .kpi-heat-form select.kpi-input{width:auto;max-width:260px}
.kpi-tree .kpi-heat-form .kpi-input{width:150px;height:28px}
.kpi-tree .kpi-heat-form .kpi-button{margin:0;padding:3px 12px}
.kpi-tree .kpi-heat-form .kpi-button:disabled{opacity:.5;cursor:default}
.kpi-heat-note{margin:0;padding:8px 12px;font-size:12px;color:var(--kpi-text-2)}
.kpi-heat-scroll{flex:1;min-height:0;overflow:auto;background:var(--kpi-bg)}
.kpi-heat{position:relative;min-width:100%}
.kpi-heat-row{position:absolute;left:0;right:0;cursor:pointer}
.kpi-heat-head{position:sticky;z-index:3;top:0;font-size:11px;font-weight:600;color:var(--kpi-text-2);background:var(--kpi-canvas);cursor:default}
.kpi-heat-head .kpi-heat-cell{position:static;float:left}
.kpi-heat-head-cell{float:left}
.kpi-heat-name{position:sticky;z-index:2;left:0;float:left;display:flex;align-items:center;gap:2px;width:var(--kpi-heat-name);height:34px;padding:0 10px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;background:var(--kpi-bg);border-bottom:1px solid var(--kpi-border)}
.kpi-heat-words{min-width:0;overflow:hidden;text-overflow:ellipsis}
.kpi-heat-head .kpi-heat-name{background:var(--kpi-canvas)}
.kpi-heat-cell{position:absolute;left:calc(var(--kpi-heat-name) + var(--kpi-at,0)*92px);display:flex;align-items:center;justify-content:center;gap:5px;width:92px;height:34px;padding:0 5px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis;border:1px solid var(--kpi-bg)}
.kpi-tree .kpi-press.kpi-heat-cell{font-size:11px;font-weight:600;gap:4px}
.kpi-tree .kpi-press.kpi-heat-cell:hover{color:var(--kpi-text);text-decoration:underline}
.kpi-tree .kpi-press.kpi-heat-cell:focus-visible{outline-offset:-2px}
.kpi-tree .kpi-press.kpi-heat-cell[aria-pressed=true]{color:var(--kpi-primary-text);background:var(--kpi-bg);box-shadow:inset 0 -3px 0 var(--kpi-primary)}
.kpi-heat-cell>svg{flex:none}
.kpi-heat-cell>span{min-width:0;overflow:hidden;text-overflow:ellipsis}
.kpi-heat-chosen{box-shadow:inset 2px 0 0 var(--kpi-primary),inset -2px 0 0 var(--kpi-primary)}
.kpi-heat-told{color:var(--kpi-tone-text);background:var(--kpi-tone-tint);font-weight:600}
.kpi-heat-none{color:var(--kpi-text-2)}
.kpi-heat-row.kpi-selected .kpi-heat-name{box-shadow:inset 3px 0 0 var(--kpi-primary)}
`;
