import type { AttributeValue } from '../values/attribute-value.ts';
import { typeOf } from '../values/attribute-value.ts';
import { compare } from '../values/compare.ts';
import { checkDistinct, checkNoConditions, operandOf, refuseType, termType } from './condition-functions.ts';
import type { Findings } from './findings.ts';
import type { Term } from './read-term.ts';
import type { Reading } from './reading.ts';
import type { Comparator, Condition } from './syntax.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html, Expression parameters */
const MAX_IN_OPERANDS = 100;
const COMPARATORS: ReadonlyMap<string, Comparator> = new Map(
  (['=', '<>', '<', '<=', '>', '>='] as const).map((operator) => [operator, operator]),
);

/**
 * Reads on when an operator follows its left operand: a comparison, BETWEEN or IN. Undefined when none does.
 */
export function readComparison(reading: Reading, left: Term, readOperand: () => Term): Condition | undefined {
  const { tokens } = reading;
  const { kind, text } = tokens.peek();
  const comparator = kind === 'symbol' ? COMPARATORS.get(text) : undefined;
  if (comparator) {
    tokens.next();
    reading.countOperator();
    return comparison(reading.findings, comparator, left, readOperand());
  }
  if (tokens.isKeyword('BETWEEN')) {
    tokens.next();
    reading.countOperator();
    const low = readOperand();
    if (!tokens.isKeyword('AND')) throw tokens.syntaxError();
    tokens.next();
    return between(reading.findings, left, low, readOperand());
  }
  if (!tokens.isKeyword('IN')) return undefined;
  tokens.next();
  reading.countOperator();
  return membership(reading.findings, left, readList(reading, readOperand));
}

function readList({ tokens }: Reading, readOperand: () => Term): Term[] {
  tokens.expectSymbol('(');
  const list = [readOperand()];
  while (tokens.isSymbol(',')) {
    tokens.next();
    list.push(readOperand());
  }
  tokens.expectSymbol(')');
  return list;
}

function comparison(findings: Findings, operator: Comparator, left: Term, right: Term): Condition {
  checkNoConditions(findings, [left, right]);
  checkDistinct(findings, operator, [left, right]);
  if (operator !== '=' && operator !== '<>') checkOrdered(findings, operator, [left, right]);
  return { kind: 'compare', operator, left: operandOf(left), right: operandOf(right) };
}

function membership(findings: Findings, left: Term, list: readonly Term[]): Condition {
  checkNoConditions(findings, [left, ...list]);
  if (list.length > MAX_IN_OPERANDS) {
    const message = 'The IN operator is provided with too many operands';
    findings.add('count', `${message}; number of operands: ${list.length}`);
  }
  checkDistinct(findings, 'IN', [left, ...list]);
  return { kind: 'in', operand: operandOf(left), list: list.map(operandOf) };
}

function between(findings: Findings, left: Term, low: Term, high: Term): Condition {
  checkNoConditions(findings, [left, low, high]);
  checkDistinct(findings, 'BETWEEN', [left, low, high]);
  checkOrdered(findings, 'BETWEEN', [left, low, high]);
  if (low.kind === 'value' && high.kind === 'value') checkBounds(findings, low.value, high.value);
  return { kind: 'between', operand: operandOf(left), low: operandOf(low), high: operandOf(high) };
}

/** Strings, numbers and binary have an order; a constant of another type is refused. */
function checkOrdered(findings: Findings, operator: string, operands: readonly Term[]): void {
  for (const operand of operands) {
    const type = termType(operand);
    if (type && type !== 'S' && type !== 'N' && type !== 'B') refuseType(findings, operator, type);
  }
}

function checkBounds(findings: Findings, low: AttributeValue, high: AttributeValue): void {
  const bounds = `lower bound operand: ${quoteValue(low)}, upper bound operand: ${quoteValue(high)}`;
  const order = compare(low, high);
  if (typeOf(low) !== typeOf(high)) {
    const message = 'The BETWEEN operator requires same data type for lower and upper bounds';
    findings.add('operand', `${message}; ${bounds}`);
  } else if (order !== undefined && order > 0) {
    const message = 'The BETWEEN operator requires upper bound to be greater than or equal to lower bound';
    findings.add('operand', `${message}; ${bounds}`);
  }
}

function quoteValue(value: AttributeValue): string {
  const [[type, member] = []] = Object.entries(value);
  return `AttributeValue: {${type}:${typeof member === 'string' ? member : JSON.stringify(member)}}`;
}
