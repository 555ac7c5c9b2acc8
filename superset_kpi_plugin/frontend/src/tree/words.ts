/** The words of the domain, each written once and translated. */
import type { Operator, ReasonCode, Status } from '../api/types';
import { t } from '../i18n';

export const STATUS_WORDS: Record<Status, string> = {
  achieved: 'Achieved',
  on_track: 'On track',
  at_risk: 'At risk',
  off_track: 'Off track',
  no_target: 'No target',
  not_started: 'Not started',
  no_data: 'No data',
  restricted: 'Restricted',
  error: 'Error',
};

export const REASON_WORDS: Record<ReasonCode, string> = {
  no_data: 'No data',
  no_source: 'Not linked to a metric yet',
  error: 'Query failed',
  restricted: 'No access to the data',
  division_by_zero: 'Division by zero',
  operand_undefined: 'A driver has no value',
  overflow: 'Number too large',
  not_started: 'Not started',
  no_target: 'No target',
  target_incomplete: 'Target incomplete',
  baseline_incomplete: 'Baseline incomplete',
  no_baseline: 'No baseline',
  baseline_beyond_target: 'Baseline beyond target',
  target_zero: 'Target is zero',
  not_positive: 'Not above zero',
  band_zero: 'Band of width zero',
  no_band: 'No band',
  nothing_elapsed: 'Nothing elapsed yet',
  too_early: 'Too early to tell',
  not_forecast: 'Not forecast',
  no_solution: 'No value does',
  infinite_error: 'Measured as zero',
  too_few: 'Too few periods',
  no_variance: 'Never varies',
};

export const OPERATOR_SIGNS: Record<Operator, string> = { '+': '+', '-': '−', '*': '×', '/': '÷' };

export const statusWord = (status: Status): string => t(STATUS_WORDS[status] ?? status);

export const reasonWord = (code: ReasonCode): string => t(REASON_WORDS[code] ?? code);
