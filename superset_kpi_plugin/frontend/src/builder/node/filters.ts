/** Adhoc filters as Superset stores them, and the words Explore has for their operators. */
import { t } from '../../i18n';
import type { AdhocFilter } from '../draft/document';

export const OPERATORS = [
  '==', '!=', '<', '>', '<=', '>=', 'IN', 'NOT IN', 'LIKE', 'NOT LIKE', 'ILIKE', 'IS NOT NULL', 'IS NULL', 'IS TRUE', 'IS FALSE',
] as const;

export function operatorName(operator: string): string {
  const names: Record<string, string> = {
    '==': t('Equal to (=)'), '!=': t('Not equal to (≠)'), '<': t('Less than (<)'), '>': t('Greater than (>)'),
    '<=': t('Less or equal (<=)'), '>=': t('Greater or equal (>=)'), IN: t('In'), 'NOT IN': t('Not in'), LIKE: t('Like'),
    'NOT LIKE': t('Not like'), ILIKE: t('Like (case insensitive)'), 'IS NOT NULL': t('Is not null'), 'IS NULL': t('Is null'),
    'IS TRUE': t('Is true'), 'IS FALSE': t('Is false'), TEMPORAL_RANGE: t('In the range of days'),
  };
  return names[operator] ?? operator;
}

export const takesNothing = (operator: string): boolean => operator.startsWith('IS ');
export const takesList = (operator: string): boolean => operator === 'IN' || operator === 'NOT IN';

/** A filter that the server would take: nothing is left open. */
export function isComplete(filter: AdhocFilter): boolean {
  if (filter.expressionType === 'SQL') return Boolean(filter.sqlExpression?.trim());
  if (!filter.subject || !filter.operator) return false;
  if (takesNothing(filter.operator)) return true;
  const { comparator } = filter;
  return takesList(filter.operator) ? Array.isArray(comparator) && comparator.length > 0 : comparator !== null && comparator !== '' && comparator !== undefined;
}

/** The filter with another operator; what it compares with stays as far as it fits. */
export function withOperator(filter: AdhocFilter, operator: string): AdhocFilter {
  const values = Array.isArray(filter.comparator) ? filter.comparator : filter.comparator == null ? [] : [filter.comparator];
  const comparator = takesNothing(operator) ? null : takesList(operator) ? values : (values[0] ?? null);
  return { ...filter, operator, comparator };
}

/** What was typed as a column of that type takes it: a number for a number's column. */
export function typed(value: unknown, type: string | null): unknown {
  const numeric = /INT|FLOAT|DOUBLE|DECIMAL|NUMERIC|REAL|NUMBER|LONG/i.test(type ?? '');
  if (!numeric || typeof value !== 'string' || value.trim() === '') return value;
  return Number.isFinite(Number(value)) ? Number(value) : value;
}

export function filterText(filter: AdhocFilter): string {
  if (filter.expressionType === 'SQL') return filter.sqlExpression ?? '';
  const values = Array.isArray(filter.comparator) ? filter.comparator.join(', ') : String(filter.comparator ?? '');
  return `${filter.subject} ${operatorName(filter.operator ?? '').toLowerCase()} ${values}`.trim();
}
