/** A formula taken apart, so that a term can be taken out of it or put into its place. It computes nothing. */

/** A key or number as written, or what is added up or multiplied. Depth is that of the parentheses. */
type Expression = Leaf | Chain;
interface Leaf {
  kind: 'key' | 'number';
  text: string;
}
interface Chain {
  kind: 'sum' | 'product';
  terms: Term[];
}
interface Term {
  sign: string;
  of: Expression;
}

const isChain = (expression: Expression): expression is Chain => 'terms' in expression;

const TOKEN = /\s*(?:([a-z][a-z0-9_]*)|(\d+(?:\.\d+)?)|([-+*/()]))/y;

/**
 * The formula without some keys: in place of one with a formula of its own that formula, else a sum without its term.
 * Null where nothing else says what it would be: a factor cannot be taken out of a product.
 */
export function formulaWithout(formula: string, gone: ReadonlySet<string>, formulas: ReadonlyMap<string, string>): string | null {
  const parsed = parse(formula);
  if (!parsed) return null;
  const left = without(inserted(parsed, gone, formulas), gone);
  return typeof left === 'string' ? null : written(left);
}

function parse(formula: string): Expression | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < formula.trimEnd().length) {
    const found = TOKEN.exec(formula);
    if (!found) return null;
    tokens.push(found[0].trim());
  }
  let at = 0;
  const chain = (kind: Chain['kind'], signs: string, operand: () => Expression | null): Expression | null => {
    const terms: Term[] = [];
    for (let sign = signs[0]!; ; sign = tokens[at - 1]!) {
      const of = operand();
      if (!of) return null;
      terms.push({ sign, of });
      if (at >= tokens.length || !signs.includes(tokens[at]!)) break;
      at += 1;
    }
    return terms.length === 1 ? terms[0]!.of : { kind, terms };
  };
  const sum = (): Expression | null => chain('sum', '+-', () => chain('product', '*/', atom));
  const atom = (): Expression | null => {
    const text = tokens[at];
    at += 1;
    if (text === undefined) return null;
    if (text === '(') {
      const inner = sum();
      at += 1;
      return tokens[at - 1] === ')' ? inner : null;
    }
    if (/^[a-z]/.test(text)) return { kind: 'key', text };
    return /^\d/.test(text) ? { kind: 'number', text } : null;
  };
  const whole = sum();
  return at === tokens.length ? whole : null;
}

/** Their own formulas in the place of keys that go. */
function inserted(expression: Expression, gone: ReadonlySet<string>, formulas: ReadonlyMap<string, string>): Expression {
  if (isChain(expression)) {
    return { ...expression, terms: expression.terms.map(({ sign, of }) => ({ sign, of: inserted(of, gone, formulas) })) };
  }
  const own = expression.kind === 'key' && gone.has(expression.text) ? parse(formulas.get(expression.text) ?? '') : null;
  if (!own) return expression;
  const rest = new Map([...formulas].filter(([key]) => key !== expression.text));
  return inserted(own, gone, rest);
}

function without(expression: Expression, gone: ReadonlySet<string>): Expression | 'nothing' | 'unsound' {
  const keys = keysOf(expression);
  if (!keys.some(key => gone.has(key))) return expression;
  if (keys.every(key => gone.has(key))) return 'nothing';
  const { kind, terms } = expression as Chain;
  const left = terms.map(({ sign, of }) => ({ sign, of: without(of, gone) }));
  if (left.some(({ of }) => of === 'unsound' || (of === 'nothing' && kind === 'product'))) return 'unsound';
  const kept = left.filter((term): term is Term => typeof term.of !== 'string');
  // There is no unary minus, so that something that is added must come first.
  const first = kind === 'sum' ? kept.findIndex(({ sign }) => sign === '+') : 0;
  if (first < 0 || keysOf({ kind, terms: kept }).length === 0) return 'unsound';
  const ordered = [kept[first]!, ...kept.filter((_, index) => index !== first)];
  return ordered.length === 1 ? ordered[0]!.of : { kind, terms: ordered };
}

function keysOf(expression: Expression): string[] {
  if (isChain(expression)) return expression.terms.flatMap(({ of }) => keysOf(of));
  return expression.kind === 'key' ? [expression.text] : [];
}

function written(expression: Expression): string {
  if (!isChain(expression)) return expression.text;
  const { kind, terms } = expression;
  const operand = ({ sign, of }: Term) => {
    const bound = of.kind === 'sum' ? kind === 'product' || sign === '-' : of.kind === 'product' && sign === '/';
    return bound ? `(${written(of)})` : written(of);
  };
  return terms.map((term, index) => (index === 0 ? operand(term) : ` ${term.sign} ${operand(term)}`)).join('');
}
