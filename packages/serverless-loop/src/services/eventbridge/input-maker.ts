import type { JsonObject } from '../../aws/json-object.ts';

/** Values that a target's input may name besides the event. */
export interface InputContext {
  ruleArn: string;
  ruleName: string;
  /** Time at which the bus got the event: ISO 8601. */
  ingestionTime: string;
  /** The whole event as JSON text. */
  eventText: string;
}

/** Makes what a target receives; throws DeliveryError when that is no JSON text. */
export type InputMaker = (event: JsonObject, context: InputContext) => string;
