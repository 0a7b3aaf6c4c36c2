import type { Context } from './context.ts';

const TOKENS = /\$\{(?<variable>[^}]*)\}|(?<wildcard>[*?])|(?<literal>[^*?$]+|\$)/g;
const LITERAL_VARIABLES = new Set(['*', '?', '$']);

export interface PatternOptions {
  ignoreCase?: boolean;
}

/**
 * Whether a pattern of a policy covers the text: `*` is any run of characters, `?` one, `${key}` the value of a
 * condition key (IAM guide, "IAM policy elements: Variables and tags"). A variable without a value matches nothing.
 */
export function matchesPattern(
  pattern: string,
  text: string,
  context: Context,
  { ignoreCase = false }: PatternOptions = {},
): boolean {
  if (pattern === '*') return true;
  const source = regularExpressionOf(pattern, context);
  return source !== undefined && new RegExp(`^${source}$`, ignoreCase ? 'is' : 's').test(text);
}

/** The pattern with its variables put in and its wildcards as they are: for operators that compare letter by letter. */
export function resolveVariables(pattern: string, context: Context): string | undefined {
  return translate(
    pattern,
    context,
    (literal) => literal,
    (wildcard) => wildcard,
  );
}

/** Each of an ARN's six parts is matched for itself (IAM guide, "Amazon Resource Name (ARN) condition operators"). */
export function matchesArn(pattern: string, arn: string, context: Context): boolean {
  if (pattern === '*') return true;
  const patternParts = arnParts(pattern);
  const parts = arnParts(arn);
  if (patternParts.length !== 6 || parts.length !== 6) return false;
  return parts.every((part, at) => matchesPattern(patternParts[at] ?? '', part, context));
}

/** Splits at the colons that don't belong to a variable such as `${aws:PrincipalAccount}`. */
function arnParts(arn: string): string[] {
  const parts = arn.split(/:(?![^{]*\})/);
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function regularExpressionOf(pattern: string, context: Context): string | undefined {
  return translate(
    pattern,
    context,
    (literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    (wildcard) => (wildcard === '*' ? '.*' : '.'),
  );
}

/** Each piece of the pattern in turn, or undefined when a variable has no value. */
function translate(
  pattern: string,
  context: Context,
  fromLiteral: (literal: string) => string,
  fromWildcard: (wildcard: string) => string,
): string | undefined {
  let translated = '';
  for (const { groups } of pattern.matchAll(TOKENS)) {
    const { variable, wildcard, literal } = groups ?? {};
    const text = variable === undefined ? literal : variableValue(variable, context);
    if (wildcard !== undefined) translated += fromWildcard(wildcard);
    else if (text !== undefined) translated += fromLiteral(text);
    else return undefined;
  }
  return translated;
}

/** `${aws:PrincipalTag/team, 'none'}` has a value of its own for a key that isn't there. */
function variableValue(variable: string, context: Context): string | undefined {
  if (LITERAL_VARIABLES.has(variable)) return variable;
  const [key = '', fallback] = variable.split(/\s*,\s*/, 2);
  return context.get(key.trim().toLowerCase()) ?? fallback?.replace(/^'(.*)'$/, '$1');
}
