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

/** The pattern with its variables put in, compared letter by letter: for operators without wildcards. */
export function resolveVariables(pattern: string, context: Context): string | undefined {
  let resolved = '';
  for (const { groups } of pattern.matchAll(TOKENS)) {
    const variable = groups?.variable;
    const text =
      variable === undefined ? (groups?.wildcard ?? groups?.literal) : variableValue(variable, context);
    if (text === undefined) return undefined;
    resolved += text;
  }
  return resolved;
}

/** Each of an ARN's six parts is matched for itself (IAM guide, "Amazon Resource Name (ARN) condition operators"). */
export function matchesArn(pattern: string, arn: string, context: Context): boolean {
  const patternParts = arnParts(pattern);
  const parts = arnParts(arn);
  if (patternParts.length < 6) return matchesPattern(pattern, arn, context);
  return (
    parts.length === 6 && parts.every((part, at) => matchesPattern(patternParts[at] ?? '', part, context))
  );
}

/** Splits at the colons that don't belong to a variable such as `${aws:PrincipalAccount}`. */
function arnParts(arn: string): string[] {
  const parts = arn.split(/:(?![^{]*\})/);
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function regularExpressionOf(pattern: string, context: Context): string | undefined {
  let source = '';
  for (const { groups } of pattern.matchAll(TOKENS)) {
    const wildcard = groups?.wildcard;
    if (wildcard !== undefined) {
      source += wildcard === '*' ? '.*' : '.';
      continue;
    }
    const variable = groups?.variable;
    const literal = variable === undefined ? groups?.literal : variableValue(variable, context);
    if (literal === undefined) return undefined;
    source += literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return source;
}

/** `${aws:PrincipalTag/team, 'none'}` has a value of its own for a key that isn't there. */
function variableValue(variable: string, context: Context): string | undefined {
  if (LITERAL_VARIABLES.has(variable)) return variable;
  const [key = '', fallback] = variable.split(/\s*,\s*/, 2);
  return context.get(key.trim().toLowerCase()) ?? fallback?.replace(/^'(.*)'$/, '$1');
}
