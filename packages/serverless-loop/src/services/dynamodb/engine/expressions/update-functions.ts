import type { AttributeValue } from '../values/attribute-value.ts';
import { refuseType, refuseUse } from './condition-functions.ts';
import type { Findings } from './findings.ts';
import { constantType, type Term } from './read-term.ts';
import type { Assigned } from './syntax.ts';

const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);

/** Notes what is wrong with a function call of an update: an unknown name, wrong operands, a wrong place. */
export function checkUpdateCall(findings: Findings, name: string, args: readonly Term[]): void {
  if (CONDITION_FUNCTIONS.has(name)) {
    findings.add('misusedFunction', `The function is not allowed in an update expression; function: ${name}`);
    return;
  }
  if (name !== 'if_not_exists' && name !== 'list_append') {
    findings.add('unknownFunction', `Invalid function name; function: ${name}`);
    return;
  }
  if (args.length !== 2) {
    const message = 'Incorrect number of operands for operator or function';
    findings.add('operand', `${message}; operator or function: ${name}, number of operands: ${args.length}`);
    return;
  }
  if (name === 'list_append') checkAppended(findings, args);
  else if (args[0]?.kind !== 'path') {
    findings.add('operand', `Operator or function requires a document path; operator or function: ${name}`);
  }
}

/** `list_append` can't be an operand of itself: test/alternator/test_update_expression.py, function_nesting. */
function checkAppended(findings: Findings, args: readonly Term[]): void {
  for (const arg of args) {
    if (arg.kind === 'call' && arg.name === 'list_append') refuseUse(findings, arg.name);
    const type = constantType(arg);
    if (type && type !== 'L') refuseType(findings, 'list_append', type);
  }
}

/** Notes operands of `+` and `-` that can't be numbers. */
export function checkArithmetic(findings: Findings, operator: string, operands: readonly Term[]): void {
  for (const operand of operands) {
    const type = operand.kind === 'call' && operand.name === 'list_append' ? 'L' : constantType(operand);
    if (type && type !== 'N') refuseType(findings, operator, type);
  }
}

const NOTHING: AttributeValue = { NULL: true };

/** The value that a term stands for, once the expression has been found right. 300 calls nest at most. */
export function assignedOf(term: Term): Assigned {
  if (term.kind !== 'call') return term;
  const [left, right] = term.args;
  const operands = { left: assignedOrNothing(left), right: assignedOrNothing(right) };
  if (term.name === 'list_append') return { kind: 'list_append', ...operands };
  const path = left?.kind === 'path' ? left.path : undefined;
  return { kind: 'if_not_exists', path: path ?? [''], otherwise: operands.right };
}

const assignedOrNothing = (term: Term | undefined): Assigned =>
  term ? assignedOf(term) : { kind: 'value', value: NOTHING };
