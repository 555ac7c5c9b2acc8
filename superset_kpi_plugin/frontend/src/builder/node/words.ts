/** What the closed sets of a node mean, in words that help to choose. */
import { t } from '../../i18n';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  help: string;
}

export const directions = (): Choice<'increase' | 'decrease' | 'maintain'>[] => [
  { value: 'increase', label: t('Higher is better'), help: t('Revenue, orders, open rate.') },
  { value: 'decrease', label: t('Lower is better'), help: t('Costs, complaints, lost customers.') },
  { value: 'maintain', label: t('Stay in a band'), help: t('Its target is a lower and an upper bound.') },
];

export const accumulations = (): Choice<'flow' | 'stock' | 'rate'>[] => [
  { value: 'flow', label: t('Adds up (flow)'), help: t('Adds up over days: revenue, new leads.') },
  { value: 'stock', label: t('A level (stock)'), help: t('Is what it is on a day: leads held, active customers.') },
  { value: 'rate', label: t('A ratio (rate)'), help: t('One number over another: open rate, average order value.') },
];

export const sources = (): Choice<'metric' | 'formula' | 'manual'>[] => [
  { value: 'metric', label: t('Saved metric'), help: t('Read from a dataset.') },
  { value: 'formula', label: t('Formula'), help: t('Computed from the KPIs under it.') },
  { value: 'manual', label: t('Typed in'), help: t('For what no database holds.') },
];

export const attainmentMethods = (): Choice<'ratio' | 'inverse' | 'baseline' | 'band'>[] => [
  { value: 'ratio', label: t('Ratio to the target'), help: '' },
  { value: 'inverse', label: t('Target over actual (lower is better)'), help: '' },
  { value: 'baseline', label: t('Way from the baseline to the target'), help: '' },
  { value: 'band', label: t('Inside the band'), help: '' },
];

export const rollupMethods = (): Choice<'weighted_mean' | 'worst' | 'best' | 'share_on_track'>[] => [
  { value: 'weighted_mean', label: t('Weighted mean'), help: '' },
  { value: 'worst', label: t('The worst'), help: '' },
  { value: 'best', label: t('The best'), help: '' },
  { value: 'share_on_track', label: t('Share that is on track'), help: '' },
];

export const paceProfiles = (): Choice<'linear' | 'business_days' | 'seasonal' | 'none'>[] => [
  { value: 'linear', label: t('Evenly by days'), help: '' },
  { value: 'business_days', label: t('By business days'), help: '' },
  { value: 'seasonal', label: t('As the year before'), help: '' },
  { value: 'none', label: t('Only at the end'), help: '' },
];
