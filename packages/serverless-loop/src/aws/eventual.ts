/** A value that is there, or will be. */
export type Eventual<Value> = Value | Promise<Value>;

/**
 * Goes on with a value, at once where it is there: a call that waits for nothing is answered in one run, and each turn of the
 * queue of promises that it would take costs a hundredth of it.
 */
export function andThen<Value, Next>(
  value: Eventual<Value>,
  next: (value: Value) => Eventual<Next>,
): Eventual<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}
