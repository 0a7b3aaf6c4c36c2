import type { AttributeValue } from '../values/attribute-value.ts';
import { isTypeName } from '../values/attribute-value.ts';
import type { Findings } from './findings.ts';
import { isSamePath, quotePath } from './read-path.ts';
import { constantType, type Term } from './read-term.ts';
import type { Condition, Operand } from './syntax.ts';

/** The functions of conditions and filters, with their counts of operands. */
const OPERAND_COUNTS: ReadonlyMap<string, number> = new Map([
  ['attribute_exists', 1],
  ['attribute_not_exists', 1],
  ['attribute_type', 2],
  ['begins_with', 2],
  ['contains', 2],
  ['size', 1],
]);
const UPDATE_FUNCTIONS: ReadonlySet<string> = new Set(['if_not_exists', 'list_append']);

// The words are those of dynalite's records of AWS (db/conditionParser.pegjs and test/scan.js), but for those
// of types, which nubo-db/dynamodb-conformance records too.

/** Notes what is wrong with a function call of a condition: an unknown name, wrong operands, a wrong place. */
export function checkConditionCall(findings: Findings, name: string, args: readonly Term[]): void {
  if (UPDATE_FUNCTIONS.has(name)) {
    findings.add(
      'misusedFunction',
      `The function is not allowed in a condition expression; function: ${name}`,
    );
    return;
  }
  const count = OPERAND_COUNTS.get(name);
  if (count === undefined) {
    findings.add('unknownFunction', `Invalid function name; function: ${name}`);
    return;
  }
  checkNoConditions(findings, args);
  if (args.length !== count) {
    const message = 'Incorrect number of operands for operator or function';
    findings.add('count', `${message}; operator or function: ${name}, number of operands: ${args.length}`);
    return;
  }
  checkDistinct(findings, name, args);
  checkOperands(findings, name, args);
}

/** Only `size` gives a value: every other function is a condition and can't be an operand. */
export function checkNoConditions(findings: Findings, operands: readonly Term[]): void {
  const misused = operands.find((operand) => operand.kind === 'call' && operand.name !== 'size');
  if (misused?.kind === 'call') refuseUse(findings, misused.name);
}

export function refuseUse(findings: Findings, name: string): void {
  const message = 'The function is not allowed to be used this way in an expression';
  findings.add('misusedFunction', `${message}; function: ${name}`);
}

/** The first operand can't be the same path as another one. */
export function checkDistinct(
  findings: Findings,
  operator: string,
  [first, ...others]: readonly Term[],
): void {
  if (first?.kind !== 'path') return;
  const { path } = first;
  if (!others.some((other) => other.kind === 'path' && isSamePath(other.path, path))) return;
  const message =
    'The first operand must be distinct from the remaining operands for this operator or function';
  findings.add('distinct', `${message}; operator: ${operator}, first operand: ${quotePath(path)}`);
}

export function refuseType(findings: Findings, operator: string, type: string): void {
  const message = 'Incorrect operand type for operator or function';
  findings.add('operand', `${message}; operator or function: ${operator}, operand type: ${type}`);
}

function checkOperands(findings: Findings, name: string, args: readonly Term[]): void {
  const [first, second] = args;
  switch (name) {
    case 'attribute_exists':
    case 'attribute_not_exists':
      if (first?.kind !== 'path') {
        const message = 'Operator or function requires a document path';
        findings.add('operand', `${message}; operator or function: ${name}`);
      }
      return;
    case 'begins_with':
      for (const arg of args) {
        const type = termType(arg);
        if (type && type !== 'S' && type !== 'B') refuseType(findings, name, type);
      }
      return;
    case 'size': {
      const type = first && termType(first);
      if (type === 'N' || type === 'BOOL' || type === 'NULL') refuseType(findings, name, type);
      return;
    }
    case 'attribute_type':
      checkTypeName(findings, second);
  }
}

/** The type that an operand has whatever the item is. */
export function termType(term: Term): string | undefined {
  if (term.kind === 'call') return term.name === 'size' ? 'N' : 'BOOL';
  return constantType(term);
}

function checkTypeName(findings: Findings, term: Term | undefined): void {
  if (term?.kind !== 'value' || !('S' in term.value)) {
    const type = term && constantType(term);
    refuseType(findings, 'attribute_type', type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
    return;
  }
  if (isTypeName(term.value.S)) return;
  const valid = '{B,NULL,SS,BOOL,L,BS,N,NS,S,M}';
  const message = `Invalid attribute type name found; type: ${term.value.S}, valid types: ${valid}`;
  findings.add('operand', message);
}

const NOTHING: AttributeValue = { NULL: true };

/** The operand that a term stands for, once the expression has been found right; then only `size` is a call. */
export function operandOf(term: Term | undefined): Operand {
  if (term?.kind !== 'call') return term ?? { kind: 'value', value: NOTHING };
  const [measured] = term.args;
  return { kind: 'size', of: measured && measured.kind !== 'call' ? measured : operandOf(undefined) };
}

/** The condition that a function call stands for, once the expression has been found right. */
export function conditionOfCall(name: string, args: readonly Term[]): Condition {
  const [first, second] = args;
  const path = first?.kind === 'path' ? first.path : undefined;
  switch (name) {
    case 'attribute_exists':
      return { kind: 'exists', path: path ?? [''] };
    case 'attribute_not_exists':
      return { kind: 'not_exists', path: path ?? [''] };
    case 'attribute_type':
      return { kind: 'attribute_type', operand: operandOf(first), type: operandOf(second) };
    case 'begins_with':
      return { kind: 'begins_with', operand: operandOf(first), search: operandOf(second) };
    default:
      return { kind: 'contains', operand: operandOf(first), search: operandOf(second) };
  }
}
