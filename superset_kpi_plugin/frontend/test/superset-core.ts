/** Stands in for the host in tests. */
export const buildQueryContext = (formData: object, build: (base: object) => object[]) => ({
  queries: build({ filters: [{ col: 'region', op: 'IN', val: ['North'] }], time_range: 'Last week', url_params: {} }),
  form_data: formData,
});
