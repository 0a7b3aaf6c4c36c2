import { didYouMean } from '../nearest.ts';
import type { Complain } from '../problems.ts';
import { type Call, callOf } from '../yaml/call.ts';
import { entryOf, isKnown, list, type Missing, missingIn, type Node, textOf, unknown } from '../yaml/node.ts';
import { CHOICE_FUNCTIONS } from './functions/choice.ts';
import type { IntrinsicFunction, Scope } from './functions/function.ts';
import { REFERENCE_FUNCTIONS } from './functions/reference.ts';
import { TEXT_FUNCTIONS } from './functions/text.ts';

const FUNCTIONS = new Map<string, IntrinsicFunction>([
  ...REFERENCE_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...CHOICE_FUNCTIONS,
]);
/** Decided before a value is made, in settle.ts and conditions.ts. */
const DECIDED_BEFORE = ['Fn::If', 'Fn::And', 'Fn::Or', 'Fn::Not', 'Fn::Equals'];

/**
 * The value with every intrinsic function in it worked out ("Intrinsic function reference" of the
 * CloudFormation template reference). What can't be is complained about and becomes unknown.
 */
export function evaluate(node: Node, scope: Scope, complain: Complain): Node {
  if (node.kind === 'list')
    return list(
      node.line,
      node.items.map((item) => evaluate(item, scope, complain)),
    );
  if (node.kind === 'fields') {
    const call = callOf(node);
    if (call) return apply(call, scope, complain);
    const entries = [...node.entries].map(([key, value]) => [key, evaluate(value, scope, complain)] as const);
    return { kind: 'fields', line: node.line, entries: new Map(entries) };
  }
  if (node.kind === 'scalar' && node.value === null) {
    complain(node.line, 'expected a value, found nothing (null)');
    return unknown(node.line);
  }
  return node;
}

function apply(call: Call, scope: Scope, complain: Complain): Node {
  if (call.name === 'Fn::Transform') return unknown(call.line, transformed(call.argument));
  const implementation = FUNCTIONS.get(call.name);
  if (!implementation) {
    complain(call.line, refusal(call.name));
    return unknown(call.line);
  }
  const argument = evaluate(call.argument, scope, complain);
  if (!isKnown(argument)) return unknown(call.line, missingIn(argument)?.missing);
  const refuse = (message: string, words?: string) => {
    complain(call.line, `${call.name}: ${message}`, words);
    return unknown(call.line);
  };
  return implementation(argument, { line: call.line, scope, complain, refuse });
}

/** The name of what a macro would make; AWS::Include of a local file has given way to the file's content already. */
function transformed(argument: Node): Missing {
  const name = textOf(entryOf(argument, 'Name')) ?? 'Fn::Transform';
  const location = textOf(entryOf(entryOf(argument, 'Parameters'), 'Location'));
  if (name !== 'AWS::Include') return { name: `Fn::Transform of ${name}`, why: 'the loop runs no macro' };
  return { name: `AWS::Include of ${location ?? 'a file'}`, why: 'the loop includes local files only' };
}

function refusal(name: string): string {
  if (DECIDED_BEFORE.includes(name)) return `${name} can't be used here`;
  return `unknown function ${name}${didYouMean(name, FUNCTIONS.keys())}`;
}
