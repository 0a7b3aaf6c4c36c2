import type { JsonObject } from '../../../src/aws/json-object.ts';
import type { FactOnWire } from '../../../src/console/fact-answer.ts';
import type { Again } from '../../../src/console/message-words.ts';

/** The loop's answers about what it keeps, as docs/console-api.md has them. */
export interface TablesAnswer {
  tables: readonly Table[];
}

export interface Table {
  logicalId: string;
  name: string;
  arn: string;
  /** The partition key, and the sort key where there is one. */
  keys: readonly string[];
  indexes: readonly { name: string; keys: readonly string[] }[];
  itemCount: number;
}

export interface ItemsAnswer {
  items: readonly ItemRow[];
  count: number;
  hasMore: boolean;
}

export interface ItemRow {
  /** As facts have it: `orderId=abc`. */
  key: string;
  item: JsonObject;
  writtenAt?: string;
  seq?: number;
  operation?: string;
}

export interface ItemAnswer {
  key: string;
  item?: JsonObject;
  writes: readonly FactOnWire[];
}

export interface QueueSummary {
  queueName: string;
  logicalId?: string;
  visible: number;
  notVisible: number;
  delayed: number;
  oldestAgeMs?: number;
  deadLettersOf?: readonly string[];
}

export interface QueueAnswer {
  queueName: string;
  count: number;
  messages: readonly Message[];
}

export interface Message {
  messageId: string;
  body: string;
  attributes: JsonObject;
  systemAttributes: JsonObject;
  sentAt: string;
  receiveCount: number;
  state: 'visible' | 'inFlight' | 'delayed';
  why?: string;
  again?: Again;
}
