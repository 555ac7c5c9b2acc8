/** The evaluation as a file that spreadsheets open: one row for each node, the numbers as the server told them. */
import type { Evaluation, NumberName, TreeNode } from '../api/types';
import { buildOutline, descend } from './outline';

const NUMBERS: NumberName[] = [
  'actual', 'target', 'baseline', 'lower', 'upper', 'variance', 'attainment', 'score', 'coverage', 'expected', 'elapsed',
  'pace', 'paced_score', 'forecast', 'forecast_attainment', 'needed_per_day', 'unexplained',
];
const BEFORE = ['level', 'key', 'name', 'parent', 'department', 'owner', 'unit', 'supposed', 'status'];
const AFTER = ['reason', 'explanation', 'data_through', 'since', 'until', 'as_of'];

type Cell = string | number | null;

/** Starts with a byte order mark, by which spreadsheets know that it is UTF-8. */
export function evaluationCsv(evaluation: Evaluation): string {
  const rows: Cell[][] = [[...BEFORE, ...NUMBERS, ...AFTER], ...nodeRows(evaluation)];
  return `\ufeff${rows.map(row => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

export function csvName({ tree, window, overridden }: Evaluation): string {
  const name = `${tree.slug}-${window.name ?? `${window.since}-${window.until}`}${overridden.length ? '-what-if' : ''}`;
  return `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.csv`;
}

function nodeRows({ tree, nodes, window, overridden }: Evaluation): Cell[][] {
  return descend(buildOutline(tree).root)
    .filter(item => item.kind === 'node')
    .map(({ node, level, parent }) => {
      const result = nodes[node.key];
      const reason = result && Object.values(result.reasons)[0];
      return [
        level, node.key, node.name, parent?.node.key ?? null, node.department, ownerName(node), node.unit,
        overridden.includes(node.key) ? 'yes' : overridden.length ? 'follows' : 'no', result?.status ?? null,
        ...NUMBERS.map(name => result?.[name] ?? null),
        result?.reason ?? null, reason?.message ?? null, result?.data_through ?? null,
        window.since, window.until, window.as_of,
      ];
    });
}

export function ownerName({ owner }: TreeNode): string | null {
  return owner && `${owner.first_name} ${owner.last_name}`.trim();
}

/** Text that a spreadsheet would run as a formula is led by an apostrophe, and shown as it is. */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
