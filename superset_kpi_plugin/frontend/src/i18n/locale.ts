/** The user's language as the host page tells it: two letters, `en` where it does not. */
export function pageLocale(page: Document = document): string {
  try {
    const bootstrap = page.getElementById('app')?.dataset.bootstrap ?? '{}';
    const { common } = JSON.parse(bootstrap) as { common?: { locale?: string } };
    return (common?.locale || 'en').slice(0, 2).toLowerCase();
  } catch {
    return 'en';
  }
}
