/** The node's links downwards: the formula over them, and each one's weight, lag and expected sign. */
import { Select, Tag, Typography } from 'antd';
import React from 'react';
import { t } from '../../i18n';
import { setFormula, setLink } from '../draft/edits';
import { childrenOf, isComponent, nameOf } from '../draft/structure';
import { Field, NumberField } from './Field';
import { FormulaField } from './FormulaField';
import type { SectionProps } from './section';

export function LinksSection({ doc, node, preview, errorsOf, onChange }: SectionProps) {
  const children = childrenOf(doc, node.key);
  const influences = children.some(({ child }) => !isComponent(doc, node.key, child));
  const wrong = errorsOf('formula');
  const label = t('Links of {name}', { name: node.name });
  return (
    <>
      <Field
        name="formula"
        label={t('Formula')}
        errors={wrong}
        help={node.source === 'formula' ? t('Ties this KPI to those under it, by + − × ÷ and parentheses.') : t('Explains the number by the KPIs under it. What it cannot explain is shown.')}
      >
        <FormulaField doc={doc} node={node} preview={preview} wrong={wrong.length > 0}
          onCommit={formula => onChange(now => setFormula(now, node.key, formula), t('Formula of {name}', { name: node.name }))} />
      </Field>
      {children.length > 0 && (
        <table className="kpi-links-table" aria-label={label} data-test="kpi-links">
          <thead>
            <tr style={{ textAlign: 'left' }}>
              <th scope="col">{t('KPI')}</th><th scope="col">{t('Weight')}</th>{influences && <th scope="col">{t('Lag')}</th>}
              {influences && <th scope="col">{t('Expected')}</th>}
            </tr>
          </thead>
          <tbody>
            {children.map(({ child, weight, lag, expected_sign }) => {
              const component = isComponent(doc, node.key, child);
              const name = nameOf(doc, child);
              const set = (fields: Parameters<typeof setLink>[3]) => onChange(now => setLink(now, node.key, child, fields), label);
              return (
                <tr key={child} data-test="kpi-link-row" data-child={child}>
                  <th scope="row" style={{ fontWeight: 'normal', textAlign: 'left' }}>
                    {name} <Tag>{component ? t('Part of the formula') : t('Hypothesis')}</Tag>
                  </th>
                  <td><NumberField name={`weight-${child}`} aria-label={t('Weight of {name}', { name })} value={weight} least={0} onCommit={value => set({ weight: value })} /></td>
                  <td>{!component && <NumberField name={`lag-${child}`} aria-label={t('Lag of {name}', { name })} value={lag} least={0} whole onCommit={value => set({ lag: value })} />}</td>
                  <td>
                    {!component && (
                      <Select
                        aria-label={t('Expected sign of {name}', { name })}
                        value={expected_sign ?? ''}
                        options={[{ value: '', label: t('By direction') }, { value: 'positive', label: '+' }, { value: 'negative', label: '−' }]}
                        onChange={value => set({ expected_sign: (value || null) as 'positive' | 'negative' | null })}
                        style={{ width: 104 }}
                      />
                    )}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {children.length === 0 && <Typography.Text type="secondary">{t('Nothing stands under it yet. Name another KPI in the formula, or add one on the canvas.')}</Typography.Text>}
    </>
  );
}
