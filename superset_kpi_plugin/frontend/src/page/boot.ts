/** The page's entry: small, and patient. What the page shares with the host is there once the host has loaded it. */

const CORE = '__superset__/@superset-ui/core';
const LOOK_EVERY = 25;
const PATIENCE = 30_000;

const began = performance.now();
const look = window.setInterval(() => {
  const root = document.getElementById('kpi-root');
  if (root && CORE in window) {
    window.clearInterval(look);
    import('./Page').then(
      ({ mount }) => mount(root),
      () => (root.textContent = 'KPI Trees could not be loaded. Load the page again.'),
    );
  } else if (root && performance.now() - began > PATIENCE) {
    window.clearInterval(look);
    // No words of ours are there yet, and whoever reads this runs the server.
    root.textContent = 'KPI Trees needs FEATURE_FLAGS = {"DYNAMIC_PLUGINS": True} in superset_config.py.';
  }
}, LOOK_EVERY);
