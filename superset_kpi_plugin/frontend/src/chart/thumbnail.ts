/** The picture in the host's chart gallery, drawn here so that no page loads a file for it. */

const DONE = '#2f9e63';
const RISK = '#d9980d';
const MISS = '#d64550';

interface Palette {
  back: string;
  card: string;
  edge: string;
  text: string;
}

function card(x: number, y: number, status: string, share: number, { card: fill, edge, text }: Palette): string {
  return (
    `<g transform='translate(${x} ${y})'><rect width='112' height='62' rx='8' fill='${fill}' stroke='${edge}'/>` +
    `<rect width='5' height='62' rx='2' fill='${status}'/><rect x='16' y='12' width='52' height='6' rx='3' fill='${text}' opacity='.45'/>` +
    `<rect x='16' y='26' width='38' height='10' rx='3' fill='${text}'/><circle cx='96' cy='31' r='6' fill='${status}'/>` +
    `<rect x='16' y='46' width='80' height='5' rx='2.5' fill='${edge}'/><rect x='16' y='46' width='${share}' height='5' rx='2.5' fill='${status}'/></g>`
  );
}

function draw(palette: Palette): string {
  const link = (to: number, dashed = '') =>
    `<path d='M142 150C172 150 162 ${to} 192 ${to}' fill='none' stroke='${palette.text}' stroke-opacity='.4' stroke-width='2'${dashed}/>`;
  const svg =
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 334 300' width='334' height='300'><rect width='334' height='300' fill='${palette.back}'/>` +
    link(65) + link(150) + link(235, " stroke-dasharray='5 5'") +
    card(30, 119, RISK, 56, palette) + card(192, 34, DONE, 80, palette) + card(192, 119, RISK, 60, palette) +
    card(192, 204, MISS, 30, palette) +
    '</svg>';
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export const thumbnail = draw({ back: '#f5f6f8', card: '#ffffff', edge: '#d9dde3', text: '#3c4454' });
export const thumbnailDark = draw({ back: '#17191d', card: '#22262c', edge: '#3a404a', text: '#d4d9e2' });
