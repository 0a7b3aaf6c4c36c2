/**
 * An answer of DynamoDB that refuses: `name` is AWS's exception type without its namespace
 * (`ValidationException`), `members` what its body carries beside the message (`CancellationReasons`, `Item`).
 */
export class DynamoDbError extends Error {
  override readonly name: string;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(name: string, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.members = members;
  }
}

export const validationError = (message: string) => new DynamoDbError('ValidationException', message);

/** Refuses a body whose JSON doesn't fit the operation's shape; DynamoDB does so before any validation. */
export const serializationError = (message: string) => new DynamoDbError('SerializationException', message);
