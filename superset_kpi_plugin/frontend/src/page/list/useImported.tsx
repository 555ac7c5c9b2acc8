import { App } from 'antd';
import React, { useCallback } from 'react';
import { t } from '../../i18n';
import type { Imported } from '../api';
import { useRouter } from '../router';
import { editRoute, treeRoute } from '../treeRef';

/**
 * Where one goes once trees have come with a file. One is opened: its page tells at once whether its numbers are read here
 * too, and the editor is for what the file could not bring. Of several, the list is where to choose.
 */
export function useImported(toList: () => void): (trees: Imported[]) => void {
  const { message, notification } = App.useApp();
  const { go } = useRouter();
  return useCallback(
    trees => {
      const [only, ...others] = trees;
      if (only && !others.length) {
        const open = only.left_open.length;
        go(open ? editRoute(only) : treeRoute(only));
        if (open) void message.warning(t('{name} is here. KPIs whose source was not in the file: {count}', { name: only.name, count: open }), 8);
        else void message.success(t('{name} is here.', { name: only.name }));
        return;
      }
      toList();
      notification.success({
        message: t('Imported KPI trees: {count}', { count: trees.length }),
        description: <ul className="kpi-delete-names" data-test="kpi-imported">{trees.map(({ uuid, name }) => <li key={uuid} dir="auto">{name}</li>)}</ul>,
        duration: 0,
        placement: 'topRight',
      });
    },
    [toList, go, message, notification],
  );
}
