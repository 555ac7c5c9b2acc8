/** The editor's own styles; colours come from view/theme.ts as custom properties, the controls' from antd. */
import { CANVAS_STYLES } from './canvas/styles';

const STYLES = `
.kpi-editor{flex:1 1 0;min-height:0;display:flex;flex-direction:column;background:var(--kpi-bg)}
.kpi-editor-wait{margin:auto}
.kpi-top-bar{flex:none;display:flex;align-items:center;gap:10px;min-height:52px;padding:8px 16px 8px 8px;border-bottom:1px solid var(--kpi-border)}
.kpi-top-name{min-width:60px;max-width:340px;padding:2px 6px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font:inherit;font-size:16px;font-weight:600;color:inherit;background:none;border:1px solid transparent;border-radius:var(--kpi-radius);cursor:pointer}
.kpi-top-name:hover{border-color:var(--kpi-border)}
.kpi-draft-state{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:12px;color:var(--kpi-text-2)}
.kpi-spacer{flex:1}
.kpi-editor-body{flex:1 1 0;min-height:0;display:flex}
.kpi-edit{flex:1 1 0;min-width:0}
.kpi-canvas-bar{flex:none;display:flex;flex-wrap:wrap;align-items:center;gap:8px;padding:6px 12px;border-bottom:1px solid var(--kpi-border)}
.kpi-preview-told{display:flex;align-items:center;gap:8px;min-width:0;font-size:12px;color:var(--kpi-text-2);white-space:nowrap}
.kpi-side{flex:none;width:432px;min-height:0;overflow:auto;padding:0 16px 24px;border-left:1px solid var(--kpi-border);background:var(--kpi-bg)}
.kpi-editor .kpi-side .kpi-ant-tabs-tab.kpi-ant-tabs-tab-active .kpi-ant-tabs-tab-btn{color:var(--kpi-primary-text)}
.kpi-page .kpi-side-targets{margin-bottom:16px}
.kpi-side-name{margin:0 0 4px;font-size:16px;font-weight:600;overflow-wrap:anywhere}
.kpi-side-note{margin:0 0 4px;font-size:12px;color:var(--kpi-text-2)}
.kpi-error{margin-bottom:8px}
.kpi-field-pair{display:grid;grid-template-columns:1fr 1fr;gap:0 12px}
.kpi-periods,.kpi-period{display:grid;gap:8px}
.kpi-period{grid-template-columns:1fr auto;padding-bottom:8px;border-bottom:1px solid var(--kpi-border)}
.kpi-choices{display:grid;gap:4px;margin-bottom:12px}
.kpi-bereft{display:grid;gap:10px;padding-left:18px}
.kpi-bereft .kpi-choices{margin:4px 0 0}
.kpi-bereft .kpi-ant-radio-wrapper{align-items:flex-start}
.kpi-finding-body{display:grid;gap:4px}
.kpi-side-targets{margin-bottom:16px}
.kpi-tree.kpi-proof-dialog{background:none}
.kpi-proof-dialog p{margin:0}
.kpi-filter-row{display:grid;grid-template-columns:1fr auto;justify-items:start;gap:4px;padding-bottom:8px}
.kpi-filter-row>:nth-child(3){grid-column:1/-1;width:100%}
.kpi-problem{display:block;margin-top:2px;font-size:12px;line-height:1.4}
.kpi-links-table{width:100%}
.kpi-links-table .kpi-ant-input{width:60px!important}
.kpi-fixes{display:flex;flex-wrap:wrap;gap:4px}
.kpi-fixes:empty{display:none}
.kpi-keys{width:100%;border-collapse:collapse}
.kpi-keys th,.kpi-keys td{padding:4px 0;text-align:left;font-weight:400}
.kpi-keys kbd{margin-right:6px;padding:1px 7px;font:inherit;font-size:12px;border:1px solid var(--kpi-line,#999);border-bottom-width:2px;border-radius:4px;white-space:nowrap}
.kpi-conflict-footer{display:flex;flex-wrap:wrap;gap:8px}
.kpi-clashes-frame{max-height:46vh;margin-bottom:12px;overflow:auto}
.kpi-clashes{width:100%;border-collapse:collapse;table-layout:fixed}
.kpi-clashes th,.kpi-clashes td{padding:6px 8px;text-align:left;vertical-align:top;font-weight:400;border-top:1px solid rgba(128,128,128,.25);overflow-wrap:anywhere}
.kpi-connect-problem{display:block;font-size:12px;white-space:normal}
@media (min-width:1700px){.kpi-side{width:480px}}
@media (max-width:1100px){.kpi-side{width:340px}.kpi-draft-state{display:none}}
@media (max-width:767px){
.kpi-editor,.kpi-editor-body{flex:1 0 auto}
.kpi-top-bar{flex-wrap:wrap}
.kpi-editor-body{flex-direction:column}
.kpi-edit{flex:none;height:max(360px,70vh)}
.kpi-side{width:auto;overflow:visible;border-left:0;border-top:1px solid var(--kpi-border)}
}
`;

const ID = 'kpi-editor-styles';

export function ensureEditorStyles(): void {
  if (document.getElementById(ID)) return;
  const style = document.createElement('style');
  style.id = ID;
  style.textContent = STYLES + CANVAS_STYLES;
  document.head.append(style);
}
