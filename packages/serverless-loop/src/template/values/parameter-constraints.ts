import type { PatternMatcher } from '../../aws/allowed-pattern.ts';
import { type Fields, textOf } from '../yaml/node.ts';

/** The reason why a value is not allowed for a parameter, or undefined when it is (User Guide, "Parameters"). */
export function valueProblem(
  value: string,
  isNumber: boolean,
  declaration: Fields,
  matchesWhole: PatternMatcher,
): string | undefined {
  // Not shown anywhere, as the template asks.
  const hidden = textOf(declaration.entries.get('NoEcho')) === 'true';
  const expected = firstExpectation(value, isNumber, declaration, matchesWhole);
  if (expected === undefined) return undefined;
  const explanation = textOf(declaration.entries.get('ConstraintDescription'));
  const shown = hidden ? 'another value' : JSON.stringify(value);
  return `value, expected ${expected}, found ${shown}${explanation ? ` (${explanation})` : ''}`;
}

function firstExpectation(
  value: string,
  isNumber: boolean,
  declaration: Fields,
  matchesWhole: PatternMatcher,
): string | undefined {
  if (isNumber && !isNumeric(value)) return 'a number';
  const allowed = allowedValues(declaration);
  if (allowed && !allowed.includes(value)) return `one of ${allowed.join(', ')}`;
  return isNumber
    ? numberExpectation(Number(value), declaration)
    : textExpectation(value, declaration, matchesWhole);
}

function numberExpectation(value: number, declaration: Fields): string | undefined {
  const smallest = limit(declaration, 'MinValue');
  if (smallest !== undefined && value < smallest) return `at least ${smallest}`;
  const largest = limit(declaration, 'MaxValue');
  if (largest !== undefined && value > largest) return `at most ${largest}`;
  return undefined;
}

function textExpectation(
  value: string,
  declaration: Fields,
  matchesWhole: PatternMatcher,
): string | undefined {
  const shortest = limit(declaration, 'MinLength');
  if (shortest !== undefined && value.length < shortest) return `at least ${shortest} characters`;
  const longest = limit(declaration, 'MaxLength');
  if (longest !== undefined && value.length > longest) return `at most ${longest} characters`;
  const pattern = textOf(declaration.entries.get('AllowedPattern'));
  if (pattern === undefined) return undefined;
  switch (matchesWhole(pattern, value)) {
    case 'yes':
      return undefined;
    case 'no':
      return `text matching ${pattern}`;
    case 'no pattern':
      return `an AllowedPattern that is a regular expression (this is none: ${pattern})`;
    case 'too slow':
      return `an AllowedPattern that is matched within a second, with all others of the template (it may try too many ways: ${pattern})`;
  }
}

function allowedValues(declaration: Fields): string[] | undefined {
  const node = declaration.entries.get('AllowedValues');
  if (node?.kind !== 'list') return undefined;
  return node.items.map((item) => textOf(item) ?? '');
}

function limit(declaration: Fields, name: string): number | undefined {
  const text = textOf(declaration.entries.get(name));
  return text !== undefined && isNumeric(text) ? Number(text) : undefined;
}

export function isNumeric(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}
