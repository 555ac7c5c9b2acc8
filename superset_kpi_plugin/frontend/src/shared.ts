/**
 * What the entry and the chart's own file must hold in common although each is built whole: a module of both would be
 * a third file, and one more journey to the server before Superset knows the chart.
 */
export function shared<T>(name: string, initial: T): T {
  window.superset_kpi_plugin ??= {};
  const store = window.superset_kpi_plugin as Record<string, unknown>;
  store[name] ??= initial;
  return store[name] as T;
}
