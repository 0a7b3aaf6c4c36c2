/** A value as OTLP's JSON has it (opentelemetry-proto, common.proto, AnyValue). */
export type AnyValue =
  | { stringValue: string }
  | { boolValue: boolean }
  | { intValue: string }
  | { doubleValue: number }
  | { arrayValue: { values: AnyValue[] } };

export interface KeyValue {
  key: string;
  value: AnyValue;
}

/** Attributes of what has a value; members that are undefined are left out. */
export function attributesOf(members: Record<string, unknown>): KeyValue[] {
  return Object.entries(members).flatMap(([key, member]) => {
    const value = anyValue(member);
    return value === undefined ? [] : [{ key, value }];
  });
}

function anyValue(value: unknown): AnyValue | undefined {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      // 64-bit integers are text in protobuf's JSON.
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    case 'object':
      if (!Array.isArray(value)) return undefined;
      return { arrayValue: { values: value.map(anyValue).filter((item) => item !== undefined) } };
    default:
      return undefined;
  }
}
