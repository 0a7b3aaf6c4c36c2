import type { AttributeValue } from '../values/attribute-value.ts';
import { typeOf } from '../values/attribute-value.ts';
import type { FindingKind } from './findings.ts';
import { PathConflicts } from './path-conflicts.ts';
import type { Placeholders } from './placeholders.ts';
import { readPath } from './read-path.ts';
import { REDUNDANT_PARENTHESES, readTerm, type Term } from './read-term.ts';
import { Reading } from './reading.ts';
import type { Assigned, Path, Update } from './syntax.ts';
import { assignedOf, checkArithmetic, checkUpdateCall } from './update-functions.ts';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
type Section = (typeof SECTIONS)[number];

// The order is that of dynalite's records of AWS, db/updateParser.pegjs.
const ORDER: readonly FindingKind[] = [
  'parentheses',
  'path',
  'unknownFunction',
  'misusedFunction',
  'operators',
  'section',
  'name',
  'value',
  'overlap',
  'conflict',
  'operand',
];

/** The names of types that ADD and DELETE don't take, in their refusals. */
const TYPE_WORDS = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  L: 'LIST',
  M: 'MAP',
  SS: undefined,
  NS: undefined,
  BS: undefined,
} as const;

/** Parses an UpdateExpression. Throws an ExpressionError, as `parseConditionText` does. */
export function parseUpdateText(text: string, placeholders: Placeholders): Update {
  return new UpdateParser(new Reading(text, placeholders, SECTIONS)).parse();
}

class UpdateParser {
  readonly #reading: Reading;
  readonly #conflicts: PathConflicts;
  readonly #sections = new Set<Section>();
  readonly #set: { path: Path; assigned: () => Assigned }[] = [];
  readonly #remove: Path[] = [];
  readonly #add: { path: Path; value: AttributeValue }[] = [];
  readonly #delete: { path: Path; value: AttributeValue }[] = [];

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#conflicts = new PathConflicts(reading.findings);
  }

  parse(): Update {
    const { tokens, findings } = this.#reading;
    do this.#readSection();
    while (tokens.peek().kind !== 'end');
    findings.refuse(ORDER);
    const set = this.#set.map(({ path, assigned }) => ({ path, value: assigned() }));
    return { set, remove: this.#remove, add: this.#add, delete: this.#delete };
  }

  #readSection(): void {
    const { tokens, findings } = this.#reading;
    const section = SECTIONS.find((candidate) => tokens.isKeyword(candidate));
    if (!section) throw tokens.syntaxError();
    if (this.#sections.has(section)) {
      findings.add('section', `The "${section}" section can only be used once in an update expression;`);
    }
    this.#sections.add(section);
    do {
      tokens.next();
      this.#readAction(section);
    } while (tokens.isSymbol(','));
  }

  #readAction(section: Section): void {
    const path = readPath(this.#reading);
    if (section === 'SET') this.#readAssignment(path);
    else if (section === 'REMOVE') this.#remove.push(path);
    else if (section === 'ADD') this.#add.push({ path, value: this.#readConstant(section) });
    else this.#delete.push({ path, value: this.#readConstant(section) });
    this.#conflicts.add(path);
  }

  #readAssignment(path: Path): void {
    const { tokens } = this.#reading;
    tokens.expectSymbol('=');
    this.#set.push({ path, assigned: this.#readAssigned() });
  }

  /** Reads a term, or two with + or - between them; parentheses may stand around either. */
  #readAssigned(): () => Assigned {
    const { tokens, findings } = this.#reading;
    const depth = this.#sumParentheses();
    for (let count = 0; count < depth; count++) tokens.next();
    if (depth > 1) findings.add('parentheses', REDUNDANT_PARENTHESES);
    const left = this.#readTerm();
    const assigned = this.#readOperation(left);
    for (let count = 0; count < depth; count++) tokens.expectSymbol(')');
    return assigned;
  }

  /** The number of parentheses that open here around a sum or difference, not around one term of it. */
  #sumParentheses(): number {
    const { tokens } = this.#reading;
    let opened = 0;
    while (tokens.peek(opened).text === '(') opened++;
    if (opened === 0) return 0;
    let depth = opened;
    for (let ahead = opened; tokens.peek(ahead).kind !== 'end'; ahead++) {
      const { text } = tokens.peek(ahead);
      if (text === '(') depth++;
      if (text === ')') depth--;
      if ((text === '+' || text === '-') && depth <= opened) return depth;
      if (depth === 0) return 0;
    }
    return 0;
  }

  #readOperation(left: Term): () => Assigned {
    const { tokens, findings } = this.#reading;
    const { text: operator } = tokens.peek();
    if (operator !== '+' && operator !== '-') return () => assignedOf(left);
    tokens.next();
    this.#reading.countOperator();
    const right = this.#readTerm();
    checkArithmetic(findings, operator, [left, right]);
    const kind = operator === '+' ? 'plus' : 'minus';
    return () => ({ kind, left: assignedOf(left), right: assignedOf(right) });
  }

  #readTerm(): Term {
    const { findings } = this.#reading;
    return readTerm(this.#reading, (name, args) => checkUpdateCall(findings, name, args));
  }

  #readConstant(section: 'ADD' | 'DELETE'): AttributeValue {
    const { tokens, findings } = this.#reading;
    if (tokens.peek().kind !== 'valueReference') throw tokens.syntaxError();
    const term = this.#readTerm();
    if (term.kind !== 'value') throw tokens.syntaxError();
    const word = TYPE_WORDS[typeOf(term.value)];
    if (word && !(section === 'ADD' && 'N' in term.value)) {
      const message = 'Incorrect operand type for operator or function';
      // test/alternator/test_update_expression.py quotes it without the type set, which AWS has added since.
      findings.add(
        'operand',
        `${message}; operator: ${section}, operand type: ${word}, typeSet: ALLOWED_FOR_${section}_OPERAND`,
      );
    }
    return term.value;
  }
}
