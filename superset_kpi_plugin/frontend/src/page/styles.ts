/** The page's own styles; colours come from view/theme.ts as custom properties, the controls' from antd. */
const STYLES = `
html,body{height:100%}
body{display:flex;flex-direction:column;margin:0;overflow:hidden}
#kpi-root{flex:1 1 0;min-height:0;display:flex;flex-direction:column}
.kpi-page{flex:1 1 0;min-height:0;display:flex;flex-direction:column;overflow:auto;background:var(--kpi-canvas);color:var(--kpi-text);font-family:var(--kpi-font);font-size:14px;line-height:1.5}
.kpi-page *{box-sizing:border-box}
`;

const ID = 'kpi-page-styles';

export function ensurePageStyles(): void {
  if (document.getElementById(ID)) return;
  const style = document.createElement('style');
  style.id = ID;
  style.textContent = STYLES;
  document.head.append(style);
}
