import type { Token } from './tokens.ts';

/** A statement as it is written, before it is known which of it DynamoDB supports. Tokens tell the place of a refusal. */
export type Expression = { readonly token: Token } & (
  | { readonly kind: 'string' | 'number'; readonly text: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' | 'missing' | 'star' }
  /** The `index`th `?` of the statement. */
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'path'; readonly steps: readonly [Step, ...Step[]] }
  | { readonly kind: 'list' | 'bag'; readonly members: readonly Expression[] }
  | { readonly kind: 'tuple'; readonly members: readonly (readonly [Expression, Expression])[] }
  /** The name is in lower case. */
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[] }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'between';
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly negated: boolean;
    }
  | { readonly kind: 'is'; readonly operand: Expression; readonly type: string; readonly negated: boolean }
  | { readonly kind: 'not' | 'negative'; readonly operand: Expression }
  | { readonly kind: 'statement'; readonly statement: Clauses }
);

/** One step of a path: a name as it is written, or what stands in brackets. */
export type Step =
  | { readonly name: string; readonly token: Token }
  | { readonly index: Expression; readonly token: Token };

export type PathExpression = Extract<Expression, { kind: 'path' }>;

/** The table, or `"table"."index"`, with the alias that DynamoDB doesn't support. */
export interface Source {
  readonly of: Expression;
  readonly isAliased: boolean;
}

export interface Selected {
  readonly expression: Expression;
  readonly isAliased: boolean;
}

export interface Returning {
  /** `all old`, `modified new`, … */
  readonly mapping: string;
  readonly of: Expression;
}

export type Assignment =
  | { readonly kind: 'set'; readonly path: PathExpression; readonly value: Expression }
  | { readonly kind: 'remove'; readonly path: PathExpression };

/** The clauses of a statement. */
export type Clauses =
  | {
      readonly kind: 'select';
      readonly list: readonly Selected[];
      readonly sources: readonly Source[];
      readonly where?: Expression;
      readonly orderBy: readonly { readonly by: Expression; readonly descending: boolean }[];
      /** Clauses of SQL that DynamoDB doesn't support, by name, with the token that they are refused at. */
      readonly unsupported: readonly { readonly clause: string; readonly token: Token }[];
    }
  | {
      readonly kind: 'insert';
      readonly table: PathExpression;
      readonly value: Expression;
      readonly returning: readonly Returning[];
    }
  | {
      readonly kind: 'update';
      readonly source: Source;
      readonly assignments: readonly Assignment[];
      readonly where?: Expression;
      readonly returning: readonly Returning[];
    }
  | {
      readonly kind: 'delete';
      readonly source: Source;
      readonly where?: Expression;
      readonly returning: readonly Returning[];
    };
