/** A row of numbers as a line: numbers become places in a box, nothing else. */

export interface Sparkline {
  /** The line through the actuals, broken where one is undefined. */
  actual: string;
  /** The line to the last actual where its period still runs: not all of it is there yet. */
  running: string;
  target: string;
  /** Where the last actual stands. */
  last: { x: number; y: number } | null;
  /** Where single actuals stand that no line reaches. */
  dots: { x: number; y: number }[];
}

interface Size {
  width: number;
  height: number;
}

type Row = readonly (number | null)[];

/** Null where there is no actual at all. */
export function sparkline(actual: Row, target: Row, open: boolean, { width, height }: Size): Sparkline | null {
  const known = [...actual, ...target].filter((value): value is number => value !== null);
  if (actual.every(value => value === null)) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  // Halved before subtracted: the distance of two very large numbers of both signs is none.
  const reach = high / 2 - low / 2;
  const x = (index: number) => (actual.length > 1 ? (index / (actual.length - 1)) * width : width / 2);
  const y = (value: number) => (reach > 0 ? height - ((value / 2 - low / 2) / reach) * height : height / 2);
  const place = (row: Row) => row.map((value, index) => (value === null ? null : { x: round(x(index)), y: round(y(value)) }));
  const places = place(actual);
  return {
    actual: line(open ? places.slice(0, -1) : places),
    running: open && places.length > 1 ? line(places.slice(-2)).replace(/^M[^L]*$/, '') : '',
    target: line(place(target)),
    last: places[places.length - 1] ?? null,
    dots: places.filter((spot, index) => spot && !places[index - 1] && !places[index + 1]) as { x: number; y: number }[],
  };
}

function line(places: ({ x: number; y: number } | null)[]): string {
  return places.map((spot, index) => (spot ? `${places[index - 1] ? 'L' : 'M'}${spot.x} ${spot.y}` : '')).join('');
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
