/** An expression that can't be read, or that asks for what its values don't allow. */
export class MetricMathError extends Error {
  override readonly name = 'MetricMathError';
}
