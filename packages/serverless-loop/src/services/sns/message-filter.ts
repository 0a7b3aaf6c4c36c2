import { AwsError } from '../../aws/errors.ts';
import { isObject, type JsonObject } from '../../aws/json-object.ts';
import { parsedJson } from '../../aws/parsed-json.ts';
import type { SubscriptionModel } from '../../template/model.ts';
import type { Message } from './message.ts';

/** Makes a filter policy ready to match. Throws for what is none. */
export type PatternCompiler = (policy: string) => (message: JsonObject) => boolean;

/**
 * Tells whether a subscriber gets a message, by the operators that rules of EventBridge have (SNS guide, "Amazon SNS message
 * filtering"). With a policy on attributes a message without them is not wanted, nor with one on the body a body that is no
 * JSON object. Throws AwsError for a policy that is none.
 */
export function messageFilter(
  filter: SubscriptionModel['filter'],
  { compilePattern }: { compilePattern: PatternCompiler },
): (message: Message) => boolean {
  if (!filter) return () => true;
  const matches = compiled(filter.policy, compilePattern);
  const { scope } = filter;
  return (message) => {
    const value = scope === 'MessageBody' ? parsedJson(message.body) : attributesOf(message);
    return isObject(value) && matches(value);
  };
}

function compiled(policy: string, compile: PatternCompiler) {
  try {
    return compile(policy);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError('InvalidParameter', `Invalid parameter: FilterPolicy: ${reason}`);
  }
}

function attributesOf({ attributes = {} }: Message): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { dataType, value }]) => {
      if (dataType.startsWith('Binary')) return [];
      if (dataType.startsWith('Number')) return [[name, Number(value)]];
      return [[name, dataType.startsWith('String.Array') ? parsedJson(value) : value]];
    }),
  );
}
