import { checkConditionCall, conditionOfCall, refuseUse } from './condition-functions.ts';
import type { FindingKind } from './findings.ts';
import type { Placeholders } from './placeholders.ts';
import { readComparison } from './read-comparison.ts';
import { REDUNDANT_PARENTHESES, readTerm, type Term } from './read-term.ts';
import { Reading } from './reading.ts';
import type { Condition } from './syntax.ts';

const KEYWORDS = ['AND', 'OR', 'NOT', 'BETWEEN', 'IN'] as const;
const ORDER: readonly FindingKind[] = [
  'parentheses',
  'unknownFunction',
  'misusedFunction',
  'operators',
  'path',
  'condition',
];

/** A part between AND, OR and NOT: a condition, or an operand that no operator has followed yet. */
type Part = { readonly enclosed: boolean } & ({ readonly condition: Condition } | { readonly term: Term });

/** The conditions read so far inside a pair of parentheses, or of the whole text. */
interface Open {
  readonly alternatives: Condition[];
  conjunction: Condition[];
  negations: number;
}

const open = (): Open => ({ alternatives: [], conjunction: [], negations: 0 });

/**
 * Parses a ConditionExpression, FilterExpression or KeyConditionExpression, which have one grammar. Nesting
 * costs no stack.
 * @throws {ExpressionError} for what is wrong with it, without the name of the expression.
 */
export function parseConditionText(text: string, placeholders: Placeholders): Condition {
  return new ConditionParser(new Reading(text, placeholders, KEYWORDS)).parse();
}

class ConditionParser {
  readonly #reading: Reading;
  readonly #around: Open[] = [];
  #open = open();

  constructor(reading: Reading) {
    this.#reading = reading;
  }

  parse(): Condition {
    const { tokens, findings } = this.#reading;
    for (;;) {
      this.#readPrefixes();
      let part: Part = this.#followed(this.#readTerm(), false);
      while (tokens.isSymbol(')') && this.#around.length > 0) part = this.#close(part);
      this.#add(part);
      if (tokens.peek().kind === 'end' && this.#around.length === 0) break;
      this.#readConnective();
    }
    findings.refuse(ORDER);
    return joined(this.#open);
  }

  #readPrefixes(): void {
    const { tokens } = this.#reading;
    for (;;) {
      if (tokens.isKeyword('NOT')) {
        this.#open.negations++;
        this.#reading.countOperator();
      } else if (tokens.isSymbol('(')) {
        this.#around.push(this.#open);
        this.#open = open();
      } else {
        return;
      }
      tokens.next();
    }
  }

  #readConnective(): void {
    const { tokens } = this.#reading;
    if (tokens.isKeyword('OR')) {
      this.#open.alternatives.push(all('and', this.#open.conjunction));
      this.#open.conjunction = [];
    } else if (!tokens.isKeyword('AND')) {
      throw tokens.syntaxError();
    }
    this.#reading.countOperator();
    tokens.next();
  }

  readonly #readTerm = (): Term => {
    const { findings } = this.#reading;
    return readTerm(this.#reading, (name, args) => checkConditionCall(findings, name, args));
  };

  /** Reads the operator after a term, if there is one. */
  #followed(term: Term, enclosed: boolean): Part {
    const condition = readComparison(this.#reading, term, this.#readTerm);
    if (!condition) return { term, enclosed };
    this.#settle();
    return { condition, enclosed: false };
  }

  /** Ends a pair of parentheses after its last part; what they hold may still be an operand. */
  #close(part: Part): Part {
    const { tokens, findings } = this.#reading;
    const bare = isBare(this.#open);
    if (part.enclosed && bare) findings.add('parentheses', REDUNDANT_PARENTHESES);
    if ('term' in part && bare) {
      this.#leave(tokens);
      return this.#followed(part.term, true);
    }
    this.#add(part);
    const condition = joined(this.#open);
    this.#leave(tokens);
    return { condition, enclosed: true };
  }

  #leave(tokens: Reading['tokens']): void {
    tokens.expectSymbol(')');
    this.#open = this.#around.pop() ?? open();
  }

  #add(part: Part): void {
    const condition = 'condition' in part ? part.condition : this.#conditionOf(part.term);
    const { conjunction, negations } = this.#open;
    conjunction.push(negated(condition, negations));
    this.#open.negations = 0;
  }

  #conditionOf(term: Term): Condition {
    if (term.kind !== 'call') throw this.#reading.tokens.syntaxError();
    if (term.name === 'size') refuseUse(this.#reading.findings, term.name);
    this.#settle();
    return conditionOfCall(term.name, term.args);
  }

  /** Of several conditions with something wrong, DynamoDB tells of the first in the text. */
  #settle(): void {
    const { findings } = this.#reading;
    const message = findings.earliest(['name', 'value']) ?? findings.first(['count', 'distinct', 'operand']);
    if (message !== undefined) findings.add('condition', message);
  }
}

const isBare = ({ alternatives, conjunction, negations }: Open): boolean =>
  alternatives.length === 0 && conjunction.length === 0 && negations === 0;

/** An even count of NOT says nothing. */
const negated = (condition: Condition, negations: number): Condition =>
  negations % 2 === 0 ? condition : { kind: 'not', condition };

const joined = ({ alternatives, conjunction }: Open): Condition =>
  all('or', [...alternatives, all('and', conjunction)]);

function all(kind: 'and' | 'or', conditions: readonly Condition[]): Condition {
  const [only, ...more] = conditions;
  return only && more.length === 0 ? only : { kind, conditions };
}
