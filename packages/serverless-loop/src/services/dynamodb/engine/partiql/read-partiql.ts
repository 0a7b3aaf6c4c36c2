import { type DynamoDbError, validationError } from '../dynamodb-error.ts';
import type { Condition, Path, Update } from '../expressions/syntax.ts';
import type { AttributeValue, Item } from '../values/attribute-value.ts';
import type { Context } from './context.ts';
import { conditionOf } from './lower-condition.ts';
import { selectedPath, shownName } from './lower-path.ts';
import { updateOf } from './lower-update.ts';
import { itemOf, literalValue, wrongCount } from './lower-value.ts';
import { malformed } from './malformed.ts';
import { readStatement } from './read-clauses.ts';
import { readExpression } from './read-expression.ts';
import type { Clauses, Expression, Returning, Source } from './syntax.ts';
import { TokenReader } from './token-reader.ts';
import { positionOf, tokensOf } from './tokens.ts';

export type ReturnedValues = 'ALL_OLD' | 'ALL_NEW' | 'MODIFIED_OLD' | 'MODIFIED_NEW';

/** One path of a SELECT, and the name that its value has in the answer. */
export interface SelectedPath {
  readonly path: Path;
  readonly name: string;
}

export interface SelectStatement {
  readonly kind: 'select';
  readonly table: string;
  readonly index?: string;
  /** Undefined for `*`. */
  readonly selected?: readonly SelectedPath[];
  readonly where?: Condition;
  readonly orderBy: readonly { readonly path: Path; readonly descending: boolean }[];
}

export type Statement =
  | SelectStatement
  /** `EXISTS(SELECT …)`, which only a transaction may hold. */
  | { readonly kind: 'exists'; readonly select: SelectStatement }
  | { readonly kind: 'insert'; readonly table: string; readonly item: Item }
  | {
      readonly kind: 'update';
      readonly table: string;
      readonly update: Update;
      readonly where?: Condition;
      readonly returning?: ReturnedValues;
    }
  | {
      readonly kind: 'delete';
      readonly table: string;
      readonly where?: Condition;
      readonly returning?: ReturnedValues;
    };

const GRAMMAR = { readExpression, readStatement };

/**
 * Reads a statement of PartiQL with the values of its `?`.
 * @throws {DynamoDbError} ValidationException in DynamoDB's words.
 */
export function readPartiql(statement: string, parameters: readonly AttributeValue[] = []): Statement {
  const reader = new TokenReader(tokensOf(statement), GRAMMAR);
  const expression = reader.expression();
  reader.expectEnd();
  if (reader.parameters !== parameters.length) throw wrongCount();
  return statementOf(expression, { statement, parameters });
}

function statementOf(expression: Expression, context: Context): Statement {
  if (expression.kind === 'statement') return lower(expression.statement, context);
  if (expression.kind === 'call' && expression.name === 'exists') {
    const [of] = expression.operands;
    if (of?.kind === 'statement' && of.statement.kind === 'select')
      return { kind: 'exists', select: selectOf(of.statement, context) };
  }
  throw validationError(`Unsupported operation: ${operationName(expression)}`);
}

/** A bare expression is refused by its name in PartiQL's syntax tree (`x IS INT4`: IsType). */
function operationName({ kind }: Expression): string {
  return kind === 'is' ? 'IsType' : `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
}

function lower(clauses: Clauses, context: Context): Statement {
  switch (clauses.kind) {
    case 'select':
      return selectOf(clauses, context);
    case 'insert':
      return insertOf(clauses, context);
    case 'update': {
      const { table } = tableOf(clauses.source, context);
      const update = updateOf(clauses.assignments, context);
      return { kind: 'update', table, update, ...rest(clauses, context) };
    }
    case 'delete': {
      const { table } = tableOf(clauses.source, context);
      const written = rest(clauses, context);
      if (written.returning !== undefined && written.returning !== 'ALL_OLD') {
        throw validationError(
          `Invalid returning clause: RETURNING ${written.returning.replace('_', ' ')} *. Only RETURNING ALL OLD * is allowed in DELETE statements.`,
        );
      }
      return { kind: 'delete', table, ...written };
    }
  }
}

function selectOf(clauses: Extract<Clauses, { kind: 'select' }>, context: Context): SelectStatement {
  const [source, another] = clauses.sources;
  if (!source || another) throw validationError('Only select from a single table or index is supported.');
  const { table, index } = tableOf(source, context);
  const [unsupported] = clauses.unsupported;
  if (unsupported) {
    throw validationError(
      `Unsupported clause: ${unsupported.clause} at ${positionOf(unsupported.token, context.statement)}`,
    );
  }
  const selected = selectedOf(clauses, context);
  return {
    kind: 'select',
    table,
    orderBy: clauses.orderBy.map(({ by, descending }) => ({ path: selectedPath(by, context), descending })),
    ...(index !== undefined && { index }),
    ...(selected && { selected }),
    ...(clauses.where && { where: conditionOf(clauses.where, context) }),
  };
}

function selectedOf({ list }: Extract<Clauses, { kind: 'select' }>, context: Context) {
  if (list.some(({ isAliased }) => isAliased)) throw aliased();
  if (list.some(({ expression }) => expression.kind === 'star')) {
    if (list.length === 1) return undefined;
    throw malformed(
      "Other expressions may not be present in the select list when '*' is used without dot notation.",
    );
  }
  return list.map(({ expression }) => {
    const path = selectedPath(expression, context);
    return { path, name: shownName(path) };
  });
}

function insertOf(
  { table, value, returning }: Extract<Clauses, { kind: 'insert' }>,
  context: Context,
): Statement {
  const target = tableOf({ of: table, isAliased: false }, context);
  if (returning.length > 0)
    throw validationError('RETURNING is of UPDATE and DELETE statements, not of INSERT');
  if (value.kind === 'tuple')
    return { kind: 'insert', table: target.table, item: itemOf(value.members, context, () => 'root') };
  const given = literalValue(value, context);
  if ('M' in given) return { kind: 'insert', table: target.table, item: given.M };
  throw validationError('The value of an INSERT must be a tuple of attributes.');
}

function tableOf({ of, isAliased }: Source, context: Context): { table: string; index?: string } {
  if (isAliased) throw aliased();
  const names = of.kind === 'path' ? of.steps.flatMap((step) => ('name' in step ? [step.name] : [])) : [];
  const [table, index, ...more] = names;
  if (of.kind !== 'path' || table === undefined || names.length < of.steps.length || more.length > 0)
    throw validationError(`Unexpected from source at ${positionOf(of.token, context.statement)}`);
  return { table, ...(index !== undefined && { index }) };
}

const aliased = (): DynamoDbError => validationError('Aliasing is not supported');

function rest(
  { where, returning }: { where?: Expression; returning: readonly Returning[] },
  context: Context,
): { where?: Condition; returning?: ReturnedValues } {
  const returned = returnedValues(returning);
  return {
    ...(where && { where: conditionOf(where, context) }),
    ...(returned !== undefined && { returning: returned }),
  };
}

const MAPPINGS: Readonly<Record<string, ReturnedValues>> = {
  'all old': 'ALL_OLD',
  'all new': 'ALL_NEW',
  'modified old': 'MODIFIED_OLD',
  'modified new': 'MODIFIED_NEW',
};

function returnedValues([first, second]: readonly Returning[]): ReturnedValues | undefined {
  if (!first) return undefined;
  if (second || first.of.kind !== 'star') throw malformed('Unsupported syntax in RETURNING columns.');
  return MAPPINGS[first.mapping];
}
