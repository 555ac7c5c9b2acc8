/** What the editable canvas adds to the chart's styles. */
export const CANVAS_STYLES = `
.kpi-edit .kpi-card{cursor:pointer}
.kpi-edit .kpi-held{opacity:.45}
.kpi-edit .kpi-wrong{box-shadow:0 0 0 1.5px var(--kpi-error),0 1px 4px rgba(0,0,0,.07)}
.kpi-edit .kpi-wrong.kpi-selected{box-shadow:0 0 0 2px var(--kpi-primary),0 0 0 3.5px var(--kpi-error)}
.kpi-edit .kpi-reference.kpi-selected{border-style:solid;border-color:var(--kpi-primary);box-shadow:0 0 0 1px var(--kpi-primary)}
.kpi-tree .kpi-reference button{display:grid;place-items:center;color:inherit}
.kpi-tree .kpi-mark{position:absolute;z-index:3;top:-10px;right:14px;display:flex;align-items:center;gap:4px;height:22px;min-width:22px;justify-content:center;padding:0 5px;border-radius:11px;font-size:12px;font-weight:600;color:var(--kpi-tone-text);background:var(--kpi-tone-tint);box-shadow:0 0 0 1px var(--kpi-tone)}
.kpi-tree .kpi-layer-compact .kpi-mark{transform:scale(1.35)}
.kpi-edit .kpi-card:has(>.kpi-mark) .kpi-face-compact .kpi-name{padding-right:34px}
.kpi-tree .kpi-handle{position:absolute;z-index:3;display:grid;place-items:center;width:24px;height:24px;border-radius:12px;font-size:12px;color:var(--kpi-bg);background:var(--kpi-primary-text,var(--kpi-primary));box-shadow:0 0 0 2px var(--kpi-bg);opacity:0;pointer-events:none}
.kpi-edit-card:hover>.kpi-handle,.kpi-edit-card:focus-within>.kpi-handle,.kpi-edit-card.kpi-selected>.kpi-handle{opacity:1;pointer-events:auto}
.kpi-dragging .kpi-handle{visibility:hidden}
.kpi-tree .kpi-handle-child{right:-12px;top:calc(50% + 18px)}
.kpi-tree .kpi-handle-sibling{left:calc(50% - 12px);bottom:-14px}
.kpi-tree .kpi-handle-connect{left:-12px;top:calc(50% - 12px);cursor:crosshair}
.kpi-tree .kpi-layer-compact .kpi-handle{transform:scale(1.35)}
.kpi-name-frame{position:absolute;z-index:4;top:0;left:0;pointer-events:none}
.kpi-name-field{pointer-events:auto;position:absolute;left:14px;right:8px;top:8px;width:calc(100% - 22px);height:30px;padding:0 6px;font:inherit;font-weight:600;color:var(--kpi-text);background:var(--kpi-bg);border:1px solid var(--kpi-primary);border-radius:var(--kpi-radius);user-select:text}
.kpi-face-compact .kpi-name-field{left:10px;top:4px;height:26px;width:calc(100% - 16px)}
.kpi-tree .kpi-grows-down .kpi-handle-child{right:auto;top:auto;left:calc(50% + 18px);bottom:-12px}
.kpi-tree .kpi-grows-down .kpi-handle-sibling{left:auto;right:-14px;bottom:calc(50% - 12px)}
.kpi-tree .kpi-grows-down .kpi-handle-connect{left:calc(50% - 12px);top:-12px}
.kpi-canvas.kpi-lassoing{cursor:crosshair}
.kpi-lasso{position:absolute;z-index:4;pointer-events:none;border:1px solid var(--kpi-primary);border-radius:2px}
.kpi-lasso::before{content:"";position:absolute;inset:0;background:var(--kpi-primary);opacity:.12}
.kpi-drop{position:absolute;z-index:4;pointer-events:none;border-radius:calc(var(--kpi-radius) + 4px)}
.kpi-drop-into{box-shadow:0 0 0 3px var(--kpi-primary)}
.kpi-drop-between{background:var(--kpi-primary);border-radius:2px}
.kpi-drop-into.kpi-drop-further{box-shadow:none;outline:3px dashed var(--kpi-primary);outline-offset:2px}
.kpi-drop-into.kpi-drop-refused{box-shadow:0 0 0 3px var(--kpi-error);outline:none}
.kpi-drop-between.kpi-drop-refused{background:var(--kpi-error)}
.kpi-carried{position:absolute;z-index:5;top:0;left:0;display:grid;max-width:300px;padding:6px 10px;font-size:12px;pointer-events:none;background:var(--kpi-bg);border:1px solid var(--kpi-line);border-radius:var(--kpi-radius);box-shadow:0 6px 20px rgba(0,0,0,.2)}
.kpi-refused{color:var(--kpi-error-text)}
`;
