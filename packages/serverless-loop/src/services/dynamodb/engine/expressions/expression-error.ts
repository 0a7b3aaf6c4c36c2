/** Tells what is wrong with an expression; the caller adds which expression of the request it is. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}
