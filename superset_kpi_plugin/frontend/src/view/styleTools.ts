/** The header, the answers, the tools and what they open. */
export const TOOL_STYLES = `
.kpi-header{display:flex;align-items:center;gap:12px;padding:8px 12px 6px;flex:none}
.kpi-title{flex:1 1 0;min-width:0}
.kpi-tree-name{font-size:15px;font-weight:600;line-height:20px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.kpi-window{font-size:12px;color:var(--kpi-text-2);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.kpi-under{display:flex;align-items:center;gap:0 10px;min-width:0}
.kpi-tree .kpi-cached{display:inline-flex;flex:none;align-items:center;gap:4px;padding:0 2px;border-radius:4px;font-size:12px;line-height:inherit;white-space:nowrap;color:var(--kpi-text-2);position:relative}
.kpi-cached::after{content:'';position:absolute;inset:-5px -4px}
.kpi-tree .kpi-cached:hover{color:var(--kpi-primary-text);text-decoration:underline}
.kpi-cached .kpi-icon{width:12px;height:12px;align-self:center}
.kpi-label{font-size:12px;color:var(--kpi-text-2);white-space:nowrap}
.kpi-toolbar{display:flex;flex:none;border:1px solid var(--kpi-border);border-radius:var(--kpi-radius);background:var(--kpi-bg)}
.kpi-tree .kpi-tool{display:flex;align-items:center;justify-content:center;gap:4px;min-width:30px;height:28px;padding:0 6px;color:var(--kpi-text-2)}
.kpi-toolbar>*+*{border-left:1px solid var(--kpi-border)!important}
.kpi-tree .kpi-tool:hover,.kpi-tree .kpi-tool[aria-expanded=true]{color:var(--kpi-text);background:var(--kpi-canvas)}
.kpi-tree .kpi-tool:disabled{cursor:default;background:none;color:var(--kpi-text-2)}
.kpi-tree .kpi-pressed{color:var(--kpi-primary-text)}
.kpi-proof-bar{display:flex;align-items:center;gap:10px;flex:none;padding:4px 12px;font-size:12px;color:var(--kpi-text-2);border-bottom:1px solid var(--kpi-border)}
.kpi-proof-bar.kpi-tone-error{color:var(--kpi-tone-text);background:var(--kpi-tone-tint)}
.kpi-proof-said{display:flex;flex-wrap:wrap;align-items:center;gap:2px 14px;flex:1;min-width:0}
.kpi-proof-count{display:inline-flex;align-items:center;gap:5px;white-space:nowrap;color:var(--kpi-tone-text)}
.kpi-proof-mark{display:inline-grid;place-items:center;flex:none;width:18px;height:18px;border-radius:9px;color:var(--kpi-tone-text);background:var(--kpi-tone-tint)}
.kpi-tree .kpi-proof-close{flex:none;padding:4px;color:var(--kpi-text-2)}
.kpi-tool-text{font-size:12px;font-weight:600}
.kpi-pop{position:relative}
.kpi-pop-box{position:absolute;z-index:20;top:calc(100% + 6px);right:0;width:260px;max-height:340px;overflow:auto;padding:6px;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px);box-shadow:0 8px 28px rgba(0,0,0,.2)}
.kpi-pop-note{margin:8px;font-size:12px;color:var(--kpi-text-2)}
.kpi-tree .kpi-input{width:100%;height:30px;padding:0 9px;font:inherit;color:var(--kpi-text);background:var(--kpi-bg);border:1px solid var(--kpi-line);border-radius:var(--kpi-radius)}
.kpi-list{margin:4px 0 0;padding:0;list-style:none}
.kpi-list li{display:flex;align-items:center;gap:8px;padding:6px 8px;border-radius:var(--kpi-radius);cursor:pointer}
.kpi-list li:hover,.kpi-list li[aria-selected=true],.kpi-list li:focus{background:var(--kpi-canvas)}
.kpi-list li[aria-checked=true]{font-weight:600;color:var(--kpi-primary-text)}
.kpi-list li[role=option]>svg{color:var(--kpi-tone-text)}
.kpi-list-name{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.kpi-menu{position:absolute;z-index:30;min-width:190px;max-width:min(320px,calc(100% - 8px));max-height:calc(100% - 8px);overflow:auto;margin:0;padding:4px;list-style:none;background:var(--kpi-bg);border:1px solid var(--kpi-border);border-radius:calc(var(--kpi-radius) + 2px);box-shadow:0 8px 28px rgba(0,0,0,.24)}
.kpi-tree .kpi-menu a{display:flex;align-items:center;gap:9px;padding:7px 10px;border-radius:var(--kpi-radius);font-size:13px;color:var(--kpi-text);text-decoration:none;cursor:pointer}
.kpi-tree .kpi-menu a:hover,.kpi-tree .kpi-menu a:focus{background:var(--kpi-canvas)}
.kpi-tree .kpi-menu a:focus-visible{outline-offset:-2px}
.kpi-menu svg{color:var(--kpi-text-2)}
.kpi-filters fieldset{margin:0 0 8px;padding:0;border:0}
.kpi-filters legend{padding:4px 6px;font-size:11px;font-weight:600;color:var(--kpi-text-2)}
.kpi-filters label{display:flex;align-items:center;gap:8px;margin:0;padding:4px 6px;font-weight:400;border-radius:var(--kpi-radius);cursor:pointer}
.kpi-filters label:hover{background:var(--kpi-canvas)}
.kpi-filters label>span:first-of-type{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis}
.kpi-filters input{margin:0;accent-color:var(--kpi-primary)}
.kpi-filter-status{display:flex;align-items:center;gap:6px;color:var(--kpi-tone-text)}

.kpi-headline{display:flex;flex:none;gap:0;padding:0 12px 8px;border-bottom:1px solid var(--kpi-border)}
.kpi-answer{flex:1 1 0;min-width:0;padding:0 16px;border-left:1px solid var(--kpi-border)}
.kpi-answer:first-child{padding-left:0;border-left:0;flex:0 1 auto}
.kpi-answer:last-child{padding-right:0}
.kpi-answer .kpi-label{font-size:11px;line-height:15px;overflow:hidden;text-overflow:ellipsis}
.kpi-answer-main{display:flex;align-items:center;gap:10px;height:26px;font-size:15px;font-weight:600;white-space:nowrap}
.kpi-answer-more{font-size:11px;line-height:15px;color:var(--kpi-text-2);white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.kpi-answer-goal .kpi-answer-more,.kpi-answer-outlook .kpi-answer-more{white-space:normal}
.kpi-headline-number{font-size:21px;font-weight:650;letter-spacing:-.01em}
.kpi-answer-none{font-weight:500;color:var(--kpi-text-2)}
.kpi-answer-name{min-width:0;overflow:hidden;text-overflow:ellipsis;text-decoration:underline;text-decoration-color:var(--kpi-line);text-underline-offset:3px}
.kpi-tree .kpi-answer-go{display:flex;align-items:center;gap:6px;min-width:0;max-width:100%;font-weight:600;color:var(--kpi-tone-text)}
.kpi-tree .kpi-answer-go:hover .kpi-answer-name{text-decoration-color:currentColor}
.kpi-crumbs{display:flex;align-items:center;gap:6px;flex:none;padding:4px 12px;font-size:12px;border-bottom:1px solid var(--kpi-border);overflow:hidden}
.kpi-crumbs>*{flex:0 1 auto;min-width:16px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.kpi-crumbs [aria-hidden]{flex:none;min-width:0;color:var(--kpi-text-2)}
.kpi-crumbs [aria-current]{font-weight:600}
.kpi-tree .kpi-crumbs .kpi-press,.kpi-tree .kpi-crumbs button{color:var(--kpi-primary-text,var(--kpi-primary))}
.kpi-tree .kpi-crumbs .kpi-crumbs-close{flex:none;margin-left:auto;color:var(--kpi-text-2)}

.kpi-narrow .kpi-header{gap:4px 8px;padding:6px 8px 4px;flex-wrap:wrap}
.kpi-narrow .kpi-title{flex-basis:170px}
.kpi-tree.kpi-narrow .kpi-tool{min-width:26px;height:26px;padding:0 4px}
.kpi-narrow .kpi-tree-name{font-size:14px}
.kpi-narrow .kpi-window{white-space:normal;line-height:1.25}
.kpi-narrow .kpi-under{flex-wrap:wrap}
.kpi-narrow .kpi-headline{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:4px 0;padding:0 8px 6px}
.kpi-narrow .kpi-answer{padding:0 10px}
.kpi-narrow .kpi-answer:nth-child(odd){padding-left:0;border-left:0}
.kpi-narrow .kpi-answer-main{height:22px;font-size:13px;gap:6px}
.kpi-narrow .kpi-headline-number{font-size:17px}
.kpi-narrow .kpi-pop{position:static}
.kpi-narrow .kpi-header{position:relative}
.kpi-narrow .kpi-pop-box{right:8px;left:8px;top:100%;width:auto;max-width:320px}
.kpi-short .kpi-header{padding-top:4px;padding-bottom:2px}
.kpi-short .kpi-answer-more{display:none}
.kpi-short .kpi-title{display:flex;align-items:baseline;gap:8px}
.kpi-short .kpi-tree-name{flex:0 1 auto;min-width:60px}
.kpi-short .kpi-under{flex:1 1 0;min-width:80px;flex-wrap:nowrap}
.kpi-short .kpi-window{white-space:nowrap}
.kpi-short .kpi-headline{padding-bottom:3px}
.kpi-short .kpi-answer-main{height:20px}
.kpi-short.kpi-narrow .kpi-answer:nth-child(n+3){display:none}
.kpi-short .kpi-pop-box{max-height:220px}
`;
