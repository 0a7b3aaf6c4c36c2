/** The environment variables of a function, as the template declares them. */
export type Environment = Record<string, string | undefined>;

export interface CreatorConfig {
  stackName: string;
  ordersTableName: string;
  orderBusName: string;
  /** 0: for ever. */
  retentionDays: number;
}

export interface ProcessorConfig {
  stackName: string;
  ordersTableName: string;
  fulfilmentMs: number;
}

/** An environment variable is missing or wrong; found when the function starts, before it takes any order. */
export class BadVariable extends Error {
  override readonly name = 'BadVariable';
  readonly key: string;
  readonly expected: string;

  constructor(key: string, expected: string, found: string | undefined) {
    super(
      `Environment variable ${key}: expected ${expected}, found ${found ? JSON.stringify(found) : 'nothing'}`,
    );
    this.key = key;
    this.expected = expected;
  }
}

/** Throws BadVariable. */
export function creatorConfig(environment: Environment): CreatorConfig {
  return {
    stackName: name(environment, 'STACK_NAME'),
    ordersTableName: name(environment, 'ORDERS_TABLE_NAME'),
    orderBusName: name(environment, 'ORDER_BUS_NAME'),
    retentionDays: whole(environment, 'ORDER_RETENTION_DAYS', 'days', 99_999),
  };
}

/** Throws BadVariable. */
export function processorConfig(environment: Environment): ProcessorConfig {
  return {
    stackName: name(environment, 'STACK_NAME'),
    ordersTableName: name(environment, 'ORDERS_TABLE_NAME'),
    fulfilmentMs: whole(environment, 'FULFILMENT_MS', 'milliseconds', 999_999),
  };
}

function name(environment: Environment, key: string): string {
  const value = environment[key];
  if (value === undefined || value.trim() === '') throw new BadVariable(key, 'a name', value);
  return value;
}

/** A whole number of some unit; 0 where it is not set. */
function whole(environment: Environment, key: string, unit: string, max: number): number {
  const value = environment[key] || '0';
  if (!/^[0-9]{1,6}$/.test(value) || Number(value) > max)
    throw new BadVariable(key, `${unit}, a whole number from 0 to ${max}`, value);
  return Number(value);
}
