/** The page's own styles; colours come from view/theme.ts as custom properties, the controls' from antd. */
const LIST = `
.kpi-list-page{display:flex;flex-direction:column;min-height:100%}
.kpi-page-head{display:flex;align-items:center;gap:8px;flex:none;padding:14px 24px;background:var(--kpi-bg);border-bottom:1px solid var(--kpi-border)}
.kpi-page-head h1{flex:1;min-width:0;margin:0;font-size:20px;font-weight:600;line-height:32px;color:var(--kpi-text);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.kpi-list-filters{display:flex;flex-wrap:wrap;align-items:flex-end;gap:12px 16px;padding:16px 24px 0}
.kpi-labeled{display:grid;gap:4px;flex:1 1 130px;max-width:210px;font-size:12px}
.kpi-labeled:has(input[data-test=kpi-list-search]){flex-grow:2;min-width:190px;max-width:280px}
.kpi-labeled>span:first-child{color:var(--kpi-text-2)}
.kpi-list-note{display:flex;gap:8px;align-items:center;margin:12px 24px 0;color:var(--kpi-text-2)}
.kpi-list-error.kpi-list-error{margin:12px 24px 0}
.kpi-list-body{flex:1;padding:16px 24px 32px}
.kpi-list-body[aria-busy=true]>:not(.kpi-list-wait){opacity:.55;transition:opacity .2s .15s}
.kpi-list-wait{display:block!important;margin:80px auto!important}
.kpi-list-pages{justify-content:center;margin-top:20px}
.kpi-list-body [data-test=kpi-list-empty],.kpi-list-body [data-test=kpi-list-none]{margin:72px auto;max-width:520px}
.kpi-list-body [data-test=kpi-list-empty] strong{font-size:16px;color:var(--kpi-text)}
.kpi-list-body [data-test=kpi-list-empty] p{color:var(--kpi-text-2)}
.kpi-bulk-bar{display:flex;align-items:center;gap:12px;margin:16px 24px 0;padding:8px 16px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:var(--kpi-radius)}
.kpi-tree-cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(360px,100%),1fr));gap:16px;margin:0;padding:0;list-style:none}
.kpi-tree-card{display:flex;flex-direction:column;gap:10px;height:100%;padding:14px 16px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px)}
.kpi-tree-card:hover,.kpi-tree-card-chosen{border-color:var(--kpi-primary)}
.kpi-tree-card>header{display:flex;align-items:center;gap:6px}
.kpi-tree-card h2{flex:1;min-width:0;margin:0;font-size:16px;font-weight:600;line-height:24px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.kpi-page a{color:var(--kpi-primary-text,var(--kpi-primary));text-decoration:none}
.kpi-page .kpi-tree-card h2 a,.kpi-page .kpi-row-name a{color:var(--kpi-text)}
.kpi-page a:hover{text-decoration:underline}
.kpi-page a:focus-visible{outline:2px solid var(--kpi-primary);outline-offset:2px;border-radius:2px}
.kpi-tree-description{margin:0;color:var(--kpi-text-2);font-size:13px;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.kpi-tree-card>footer{display:flex;flex-wrap:wrap;align-items:center;gap:4px 0;margin-top:auto;font-size:12px;color:var(--kpi-text-2)}
.kpi-tree-who{margin-left:auto;padding-left:8px}
.kpi-list-goal{display:flex;align-items:center;gap:12px;min-width:0;font-variant-numeric:tabular-nums}
.kpi-goal-card{min-height:48px}
.kpi-goal-line{min-height:32px}
.kpi-goal-attainment{font-weight:600;font-size:24px;line-height:1.2}
.kpi-goal-line .kpi-goal-attainment{font-size:16px;min-width:64px;text-align:right}
.kpi-goal-line .kpi-pill{min-width:96px}
.kpi-goal-trend{margin-left:auto;line-height:0}
.kpi-goal-line .kpi-goal-trend{margin-left:0}
.kpi-goal-failed{font-size:12px;color:var(--kpi-error-text)}
.kpi-tree-table{background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px);overflow:auto}
.kpi-tree-table table{min-width:1040px}
.kpi-row-name{display:grid;min-width:160px;max-width:420px}
.kpi-row-name a{font-weight:600}
.kpi-row-name span{font-size:12px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.kpi-pill.kpi-tag{padding:0 8px;margin-right:8px;font-weight:500;border-radius:4px;line-height:20px}
.kpi-muted{color:var(--kpi-text-2)}
.kpi-star-on.kpi-star-on{color:var(--kpi-warning)}
.kpi-drop-icon{font-size:32px;color:var(--kpi-text-2);margin:0}
.kpi-import-overwrite.kpi-import-overwrite{margin:12px 0}
.kpi-lines{white-space:pre-line}
.kpi-delete-names{max-height:200px;overflow:auto;padding-left:20px}
`;

const TREE = `
.kpi-tree-page{flex:1 1 0;min-height:0;display:flex;flex-direction:column}
.kpi-tree-page>.kpi-page-head{flex-wrap:wrap;padding:10px 24px}
.kpi-tree-page>.kpi-page-head h1{flex:0 1 auto;max-width:420px;font-size:18px}
.kpi-tree-page>.kpi-page-head nav{white-space:nowrap;color:var(--kpi-text-2)}
.kpi-page-gap{flex:1}
.kpi-tree-controls{display:flex;flex-wrap:wrap;gap:8px}
.kpi-period-field{width:152px}
.kpi-as-of-field{width:132px}
.kpi-range-told{margin-left:8px}
.kpi-range-form{display:grid;gap:12px;width:440px;max-width:90vw}
.kpi-range-form p{margin:0;font-size:12px}
.kpi-range-form footer{display:flex;justify-content:flex-end;gap:8px}
.kpi-range-line{display:flex;align-items:center;gap:8px;min-height:32px;margin-bottom:8px}
.kpi-range-line>label{flex:none;min-width:108px}
.kpi-tree-stage{flex:1 1 0;min-height:320px;padding:12px}
.kpi-tree-room{height:100%;overflow:hidden;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px)}
.kpi-tree-room .kpi-tree-name{display:none}
.kpi-wide-only{margin-left:8px}
@media (max-width:1560px){.kpi-wide-only{display:none}.kpi-tree-page>.kpi-page-head{padding:10px 12px}.kpi-tree-page>.kpi-page-head .kpi-tool-button{padding:0 8px}}
.kpi-share{width:380px;max-width:80vw}
.kpi-page-wait{display:block!important;margin:20vh auto!important}
`;

const START = `
.kpi-start-page{min-height:100%}
.kpi-start-page .kpi-page-head nav{color:var(--kpi-text-2)}
.kpi-start-body{max-width:1320px;margin:0 auto;padding:20px 24px 40px}
.kpi-start-body h2{margin:24px 0 10px;font-size:15px;font-weight:600}
.kpi-start-lead{max-width:760px;color:var(--kpi-text-2)}
.kpi-ways{display:grid;grid-template-columns:repeat(5,minmax(0,1fr));gap:12px}
.kpi-purposes{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:12px}
.kpi-templates{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(300px,100%),1fr));gap:12px;margin-top:12px}
.kpi-page .kpi-choice{display:flex;flex-direction:column;gap:4px;min-width:0;padding:12px 14px;font:inherit;font-size:13px;line-height:1.45;text-align:left;color:var(--kpi-text-2);background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px);cursor:pointer}
.kpi-page .kpi-choice:hover,.kpi-page .kpi-choice-on{border-color:var(--kpi-primary)}
.kpi-page .kpi-choice-on{box-shadow:inset 0 0 0 1px var(--kpi-primary)}
.kpi-page .kpi-choice:focus-visible{outline:2px solid var(--kpi-primary);outline-offset:2px}
.kpi-choice strong{font-size:14px;font-weight:600;color:var(--kpi-text)}
.kpi-choice code{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;font-size:12px;color:inherit;background:none;padding:0}
.kpi-choice>.kpi-anticon{font-size:18px;color:var(--kpi-primary)}
.kpi-choice-more{margin-top:auto}
.kpi-review{margin-top:12px;border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px);overflow:hidden}
.kpi-review-name{display:inline-block}
.kpi-page .kpi-review-name .kpi-tag{margin:0 0 0 8px}
.kpi-review-choice{display:grid;gap:2px;font-size:12px}
.kpi-start-foot{position:sticky;bottom:0;display:flex;align-items:center;gap:16px;margin:0 -24px;padding:12px 24px;background:var(--kpi-canvas)}
.kpi-start-foot>span{flex:1;text-align:right}
@media (max-width:1000px){.kpi-ways,.kpi-purposes{grid-template-columns:repeat(2,minmax(0,1fr))}}
`;

const FRAME = `
.kpi-page-state{flex:1;display:flex;align-items:center;justify-content:center;padding:24px}
.kpi-said{max-width:560px;margin:0 auto;padding:48px 24px;text-align:center}
.kpi-said h1{margin:0 0 8px;font-size:20px;font-weight:600;color:var(--kpi-text)}
.kpi-said p{margin:0 0 20px;color:var(--kpi-text-2)}
.kpi-said-more{display:flex;flex-wrap:wrap;gap:8px;justify-content:center}
html,body{height:100%}
body{display:flex;flex-direction:column;margin:0;overflow:hidden;background:var(--kpi-canvas)}
#kpi-root{flex:1 1 0;min-height:0;display:flex;flex-direction:column}
.kpi-page{flex:1 1 0;min-height:0;display:flex;flex-direction:column;overflow:auto;background:var(--kpi-canvas);color:var(--kpi-text);font-family:var(--kpi-font);font-size:14px;line-height:1.5}
.kpi-page:focus,.kpi-page [tabindex='-1']:focus{outline:none}
.kpi-page *{box-sizing:border-box}
`;

/** Below this width Superset's bar stands as a list, half a phone high: the page then scrolls as a whole, the bar with it. */
const PHONE = `
@media (max-width:767px){
body{display:block;overflow:auto}
#kpi-root{min-height:100vh}
.kpi-page{flex:1 0 auto;overflow:visible}
.kpi-page-head{flex-wrap:wrap;padding:10px 12px}
.kpi-list-page>.kpi-page-head h1{flex-basis:100%}
.kpi-list-filters,.kpi-list-body{padding-left:12px;padding-right:12px}
.kpi-tree-page{flex:1 0 auto}
.kpi-tree-stage{flex:none;height:max(420px,85vh)}
}
`;

const ID = 'kpi-page-styles';

export function ensurePageStyles(): void {
  if (document.getElementById(ID)) return;
  const style = document.createElement('style');
  style.id = ID;
  style.textContent = FRAME + LIST + TREE + START + PHONE;
  document.head.append(style);
}
