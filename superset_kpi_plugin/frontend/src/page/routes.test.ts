import { expect, test, vi } from 'vitest';
import { leaveByHostLinks } from './leaving';
import { asking, rison } from '../api/rison';
import { pathOf, routeOf, type Route } from './routes';

const BASE = '/kpi/trees/';

test.each<[string, Route | null]>([
  ['/kpi/trees/', { name: 'list' }],
  ['/kpi/trees', { name: 'list' }],
  ['/kpi/trees/new/', { name: 'start' }],
  ['/kpi/trees/new/edit/', { name: 'edit', tree: null }],
  ['/kpi/trees/marketing/', { name: 'tree', tree: 'marketing' }],
  ['/kpi/trees/marketing/edit/', { name: 'edit', tree: 'marketing' }],
  ['/kpi/trees/marketing/delete/', null],
  ['/kpi/trees/a/b/c/', null],
  ['/dashboard/list/', null],
])('%s is %o', (path, route) => {
  expect(routeOf(path, BASE)).toEqual(route);
});

test.each<Route>([{ name: 'list' }, { name: 'start' }, { name: 'tree', tree: 'a b' }, { name: 'edit', tree: null }, { name: 'edit', tree: 'x' }])(
  'an address leads back to where it came from: %o',
  route => {
    expect(routeOf(pathOf(route, '/app/kpi/trees/'), '/app/kpi/trees/')).toEqual(route);
  },
);

test('links of the host leave the page, the page’s own stay', () => {
  window.history.replaceState(null, '', '/kpi/trees/');
  const load = vi.fn();
  leaveByHostLinks(BASE, load);
  window.history.pushState(null, '', '/kpi/trees/new/');
  window.history.replaceState(null, '', '?a=1');
  expect(load).not.toHaveBeenCalled();
  expect(window.location.pathname + window.location.search).toBe('/kpi/trees/new/?a=1');
  window.history.pushState(null, '', '/dashboard/list/');
  expect(load).toHaveBeenCalledWith(`${window.location.origin}/dashboard/list/`);
  expect(window.location.pathname).toBe('/kpi/trees/new/');
});

test('writes rison as the server reads it', () => {
  expect(rison({ filters: [{ col: 'name', value: "it's !" }], page: 0, on: true, none: null })).toBe(
    "(filters:!((col:name,value:'it!'s !!')),page:0,on:!t,none:!n)",
  );
  expect(rison([1, -2.5])).toBe('!(1,-2.5)');
  expect(rison({ id: '123', empty: '', word: 'kpi_tree_all_text' })).toBe("(id:'123',empty:'',word:kpi_tree_all_text)");
  expect(asking('/api/', ['a b'])).toBe("/api/?q=!('a%20b')");
});
