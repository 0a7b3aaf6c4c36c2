import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';

/** A parser of dynalite's, as PEG.js makes them. Throws an Error with what is wrong with the expression. */
export interface ExpressionParser {
  parse(expression: string, options: unknown): unknown;
}

/** DynamoDB guide, "Quotas": of an expression string. */
const LONGEST_BYTES = 4096;
/** DynamoDB guide, "Quotas": operators or functions of an expression; what is nested deeper has more of them. */
const DEEPEST = 300;
/** Up to here trying every way costs nothing that anybody would notice. */
const SHALLOW = 2;

/**
 * Changes a parser so that it takes a time as long as the expression. It tries every way that a rule may be read, and
 * for each the same text again from its start: twenty parentheses would take days. What is nested is read by the same
 * parser with a memory.
 */
export function boundParser(parser: ExpressionParser, file: string): void {
  const plain = parser.parse;
  let remembering: ExpressionParser | undefined;
  parser.parse = (expression, options) => {
    const sizeBytes = Buffer.byteLength(expression);
    if (sizeBytes > LONGEST_BYTES)
      throw new Error(`Expression size has exceeded the maximum allowed size; expression size: ${sizeBytes}`);
    const depth = depthOf(expression);
    if (depth > DEEPEST) throw new Error('The expression is nested too deeply;');
    if (depth <= SHALLOW) return plain(expression, options);
    remembering ??= withMemory(file);
    return remembering.parse(expression, options);
  };
}

/** The most parentheses that are open at once. */
function depthOf(expression: string): number {
  let open = 0;
  let deepest = 0;
  for (const character of expression) {
    if (character === '(') deepest = Math.max(deepest, ++open);
    if (character === ')') open = Math.max(open - 1, 0);
  }
  return deepest;
}

const RULE = /function peg\$parse(\w+)\(\) \{/g;
const START = 'function peg$parse(input, options) {';

/**
 * What each rule found at each place, kept for the next time, as PEG.js's own option `cache` would have it. Whether
 * failures are told belongs to the place: under a look-ahead they are not.
 */
const MEMORY = `
  var peg$memory = new Map();
  function peg$remember(rule, parse) {
    var key = rule + peg$currPos + (peg$silentFails === 0 ? '' : '!');
    var known = peg$memory.get(key);
    if (known) {
      peg$currPos = known.end;
      return known.result;
    }
    var result = parse();
    peg$memory.set(key, { result: result, end: peg$currPos });
    return result;
  }`;

function withMemory(file: string): ExpressionParser {
  const source = readFileSync(file, 'utf8')
    .replace(START, () => START + MEMORY)
    .replaceAll(
      RULE,
      (_, rule) =>
        `function peg$parse${rule}() { return peg$remember('${rule}:', peg$read${rule}); } function peg$read${rule}() {`,
    );
  const module: { exports: ExpressionParser } = { exports: { parse: () => undefined } };
  compileFunction(source, ['module'], { filename: file })(module);
  return module.exports;
}
