import { sharedControls } from '@superset-ui/chart-controls';
import { t } from '../i18n';
import { ColumnControl, chosenTree } from './ColumnControl';
import { TreeControl } from './TreeControl';
import { COUNT } from './buildQuery';
import { LAYOUT_KINDS, LAYOUT_WORDS } from '../tree/kinds';
import { ALL_LEVELS, DEFAULT_DEPTH, DEFAULT_HISTORY } from './transformProps';

export function validateChosen(value: unknown): string | false {
  return value ? false : t('Choose a KPI tree');
}

export function validateDay(value: unknown): string | false {
  if (value === undefined || value === null || value === '') return false;
  const text = String(value).trim();
  const day = new Date(`${text}T00:00:00Z`);
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
  return real ? false : t('Write the day as YYYY-MM-DD');
}

const depths = [1, 2, 3, 4, 5, 6].map(depth => [depth, String(depth)] as [number, string]);

/** Read when the plugin registers, so that the words are in the page's language. */
export default function controlPanel(): object {
  return {
    controlPanelSections: [
      {
        label: t('KPI tree'),
        expanded: true,
        controlSetRows: [
          [
            {
              // A page may ask the host's query before this plugin has arrived, and then it is made of this alone.
              name: 'metrics',
              config: { type: 'HiddenControl', hidden: true, default: [COUNT], label: t('KPI tree') },
            },
          ],
          [
            {
              name: 'kpi_tree',
              config: {
                type: TreeControl,
                label: t('KPI tree'),
                description: t('The tree to draw. You can type to search by name.'),
                placeholder: t('Choose a KPI tree'),
                default: null,
                validators: [validateChosen],
                renderTrigger: false,
              },
            },
          ],
          [
            {
              name: 'time_range',
              config: {
                type: 'DateFilterControl',
                freeForm: true,
                label: t('Time range'),
                description: t(
                  'The window the tree is computed for. Without one, it is the current period of the tree. The time range of a dashboard goes before this one.',
                ),
                default: 'No filter',
              },
            },
          ],
          [
            {
              name: 'kpi_as_of',
              config: {
                type: 'TextControl',
                label: t('As of'),
                description: t('The day from which the tree is looked at, as YYYY-MM-DD; nothing later is read. Today if empty.'),
                placeholder: t('Today'),
                default: '',
                validators: [validateDay],
                renderTrigger: false,
              },
            },
          ],
          [
            {
              name: 'adhoc_filters',
              config: {
                ...sharedControls.adhoc_filters,
                description: t('Applied to every dataset of the tree that has the column.'),
              },
            },
          ],
        ],
      },
      {
        label: t('Display'),
        expanded: true,
        controlSetRows: [
          [
            {
              name: 'kpi_layout',
              config: {
                type: 'SelectControl',
                label: t('Layout'),
                description: t('How the tree is drawn at first. Readers can switch on the chart itself.'),
                choices: [['auto', t('By the room there is')], ...LAYOUT_KINDS.map(kind => [kind, t(LAYOUT_WORDS[kind])])],
                default: 'auto',
                clearable: false,
                freeForm: false,
                renderTrigger: true,
              },
            },
          ],
          [
            {
              name: 'kpi_initial_depth',
              config: {
                type: 'SelectControl',
                label: t('Unfolded levels'),
                description: t('How many levels are unfolded when the chart is first drawn.'),
                choices: [...depths, [ALL_LEVELS, t('All levels')]],
                default: DEFAULT_DEPTH,
                clearable: false,
                freeForm: false,
                renderTrigger: true,
              },
            },
          ],
          [
            {
              name: 'kpi_history',
              config: {
                type: 'SelectControl',
                label: t('Periods of history'),
                description: t('How many periods the small lines show. Each one is read from the datasets.'),
                choices: [[0, t('None')], ...[3, 6, 12, 24].map(periods => [periods, String(periods)])],
                default: DEFAULT_HISTORY,
                clearable: false,
                freeForm: false,
                renderTrigger: false,
              },
            },
          ],
          [
            {
              name: 'kpi_by',
              config: {
                type: ColumnControl,
                mapStateToProps: chosenTree,
                label: t('Members of'),
                description: t('The column of your datasets by whose members the heatmap is divided, such as region.'),
                placeholder: t('A column'),
                default: '',
                renderTrigger: true,
              },
            },
          ],
        ],
      },
    ],
  };
}
