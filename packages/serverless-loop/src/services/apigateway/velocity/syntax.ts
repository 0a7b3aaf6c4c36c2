/** A template that the loop can't read or fill. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

/** Parts of a template, in the order of their coming. */
export type Block = readonly Part[];

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'reference'; reference: Reference }
  | { kind: 'set'; target: Reference; value: Expression }
  | { kind: 'if'; branches: readonly { condition: Expression; body: Block }[]; otherwise: Block }
  | { kind: 'foreach'; name: string; list: Expression; body: Block }
  | { kind: 'break' }
  | { kind: 'stop' };

/** `$name.member.method(a)[0]` */
export interface Reference {
  kind: 'reference';
  name: string;
  steps: readonly Step[];
  /** `$!name`: nothing stands for what isn't there. */
  isQuiet: boolean;
  /** As it is written, which stands for what isn't there. */
  source: string;
}

export type Step =
  | { kind: 'member'; name: string }
  | { kind: 'call'; name: string; given: readonly Expression[] }
  | { kind: 'index'; at: Expression };

export type Expression =
  | Reference
  | { kind: 'value'; value: unknown }
  /** Double quotes: a template of its own. */
  | { kind: 'text'; block: Block }
  | { kind: 'list'; items: readonly Expression[] }
  | { kind: 'range'; from: Expression; to: Expression }
  | { kind: 'map'; entries: readonly (readonly [Expression, Expression])[] }
  | { kind: 'not'; of: Expression }
  | { kind: 'binary'; operator: Operator; left: Expression; right: Expression };

export type Operator = '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';
