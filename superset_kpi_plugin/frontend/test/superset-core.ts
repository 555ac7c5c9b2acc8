/** Stands in for the host's @superset-ui/core in tests. */
import { format } from './d3-format-lite';

export const buildQueryContext = (formData: object, build: (base: object) => object[]) => ({
  queries: build({
    filters: [{ col: 'region', op: 'IN', val: ['North'] }],
    time_range: 'Last week',
    granularity: 'changed_on',
    extras: { where: "region = 'North'" },
    url_params: { a: 'b' },
  }),
  form_data: formData,
});

export const getNumberFormatter = (specifier: string) => (value: number) => format(specifier, value);

type Post = { endpoint: string; jsonPayload: object; signal: AbortSignal };
let answer: (post: Post) => Promise<unknown> = () => Promise.reject(new Error('no answer set'));
export const posts: Post[] = [];

/** What the next calls get. */
export function answerWith(next: (post: Post) => Promise<unknown>): void {
  answer = next;
  posts.length = 0;
}

export const SupersetClient = {
  get: ({ endpoint, signal }: Omit<Post, 'jsonPayload'>) => answer({ endpoint, jsonPayload: {}, signal }),
  post: (post: Post) => {
    posts.push(post);
    return answer(post);
  },
};

export const t = (text: string) => (text === 'KPI' ? 'host KPI' : text);

export const registered: Record<string, { metadata: { name: string }; buildQuery?: unknown; loadBuildQuery?: unknown }> = {};

export class ChartMetadata {
  constructor(config: object) {
    Object.assign(this, config);
  }
}

export class ChartPlugin {
  private key = '';
  constructor(private readonly config: { metadata: { name: string } }) {}
  configure({ key }: { key: string }) {
    this.key = key;
    return this;
  }
  register() {
    registered[this.key] = this.config;
    return this;
  }
}

export const themeObject = undefined;
export const supersetTheme = undefined;
