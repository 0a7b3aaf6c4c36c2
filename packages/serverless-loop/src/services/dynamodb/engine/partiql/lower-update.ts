import { validationError } from '../dynamodb-error.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import { Findings } from '../expressions/findings.ts';
import { PathConflicts } from '../expressions/path-conflicts.ts';
import type { Assigned, Path, Update } from '../expressions/syntax.ts';
import { type AttributeValue, typeOf } from '../values/attribute-value.ts';
import type { Context } from './context.ts';
import { unrecognized } from './lower-operand.ts';
import { pathOf } from './lower-path.ts';
import { literalValue } from './lower-value.ts';
import type { Assignment, Expression } from './syntax.ts';
import { positionOf } from './tokens.ts';

type Call = Extract<Expression, { kind: 'call' }>;
type Of<T> = T extends readonly (infer Member)[] ? Member[] : never;

/** The SETs and REMOVEs of an UPDATE; `SET a = set_add(a, <<…>>)` is what an update expression calls ADD. */
export function updateOf(assignments: readonly Assignment[], context: Context): Update {
  const set: Of<Update['set']> = [];
  const remove: Path[] = [];
  const add: Of<Update['add']> = [];
  const taken: Of<Update['delete']> = [];
  for (const assignment of assignments) {
    const path = pathOf(assignment.path, context);
    if (assignment.kind === 'remove') remove.push(path);
    else if (isSetCall(assignment.value, 'set_add'))
      add.push({ path, value: setOperand(assignment.value, path, context) });
    else if (isSetCall(assignment.value, 'set_delete'))
      taken.push({ path, value: setOperand(assignment.value, path, context) });
    else set.push({ path, value: assignedOf(assignment.value, context) });
  }
  checkApart(assignments.map(({ path }) => pathOf(path, context)));
  return { set, remove, add, delete: taken };
}

/** Refuses two paths one of which holds the other, in the words of update expressions. */
function checkApart(paths: readonly Path[]): void {
  const findings = new Findings();
  const conflicts = new PathConflicts(findings);
  for (const path of paths) conflicts.add(path);
  try {
    findings.refuse(['overlap', 'conflict']);
  } catch (error) {
    throw error instanceof ExpressionError ? validationError(error.message) : error;
  }
}

const isSetCall = (value: Expression, name: string): value is Call =>
  value.kind === 'call' && value.name === name;

// The words and the places that they tell: paritysuite/dynamodb-conformance, partiqlFunctions.test.ts.
function setOperand(call: Call, path: Path, context: Context): AttributeValue {
  const name = call.name.toUpperCase();
  const at = (expression: Expression) => positionOf(expression.token, context.statement);
  const [first, second] = call.operands;
  if (!first || !second || call.operands.length !== 2)
    throw validationError(`${name} must have exactly two arguments at ${at(call)}`);
  if (first.kind !== 'path' || !isSame(pathOf(first, context), path))
    throw validationError(`The first argument to ${name} must equal the assignment value at ${at(call)}`);
  const value = isLiteral(second) ? literalValue(second, context) : undefined;
  if (!value || !['SS', 'NS', 'BS'].includes(typeOf(value)))
    throw validationError(`The second argument to ${name} must be a value with type SET at ${at(first)}`);
  return value;
}

const isLiteral = ({ kind }: Expression): boolean => kind !== 'path' && kind !== 'call';

const isSame = (a: Path, b: Path): boolean =>
  a.length === b.length && a.every((step, index) => step === b[index]);

function assignedOf(expression: Expression, context: Context): Assigned {
  switch (expression.kind) {
    case 'path':
      return { kind: 'path', path: pathOf(expression, context) };
    case 'binary':
      if (expression.operator !== '+' && expression.operator !== '-') break;
      return {
        kind: expression.operator === '+' ? 'plus' : 'minus',
        left: assignedOf(expression.left, context),
        right: assignedOf(expression.right, context),
      };
    case 'call':
      return listAppend(expression, context);
  }
  return { kind: 'value', value: literalValue(expression, context) };
}

function listAppend(call: Call, context: Context): Assigned {
  if (call.name !== 'list_append') throw unrecognized(call, context);
  const [left, right] = call.operands.map((operand) => assignedOf(operand, context));
  if (!left || !right || call.operands.length !== 2) {
    throw validationError(
      `Incorrect number of operands for operator or function; operator or function: list_append, number of operands: ${call.operands.length}`,
    );
  }
  return { kind: 'list_append', left, right };
}
