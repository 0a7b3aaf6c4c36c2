import { type GoBetween, startGoBetween } from './go-between.ts';

/** Functions reach the loop through it, until one of DynamoDB's operations is out. */
export interface Outage extends GoBetween {
  /** From now on this operation is answered as DynamoDB does when it fails itself. */
  begin(operation: string): void;
  end(): void;
}

/** Status and code are DynamoDB's (developer guide, "Error handling with DynamoDB", HTTP status code 500). */
const ANSWER = {
  status: 500,
  body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message: 'out of order' },
};

export async function startOutage(): Promise<Outage> {
  let out: string | undefined;
  const between = await startGoBetween((operation) => (operation === out ? ANSWER : undefined));
  return {
    ...between,
    begin(operation) {
      out = operation;
    },
    end() {
      out = undefined;
    },
  };
}
