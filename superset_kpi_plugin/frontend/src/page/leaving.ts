/**
 * Lets the host's own links leave the page.
 *
 * The navigation bar's links change the address without loading it, and the host would draw what they lead to above what
 * stands here. Such a change becomes a real one. Whoever holds unsaved work hears of it through `beforeunload`.
 */
export function leaveByHostLinks(base: string, load: (address: string) => void = address => window.location.assign(address)): void {
  for (const name of ['pushState', 'replaceState'] as const) {
    const change = window.history[name].bind(window.history);
    window.history[name] = (state, title, address) => {
      const next = new URL(String(address ?? ''), window.location.href);
      const stays = address == null || next.pathname === window.location.pathname || next.pathname.startsWith(base);
      if (stays) change(state, title, address);
      else load(next.href);
    };
  }
}
