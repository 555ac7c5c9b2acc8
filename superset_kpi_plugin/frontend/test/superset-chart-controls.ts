export const sharedControls = { adhoc_filters: { type: 'AdhocFilterControl' } };
