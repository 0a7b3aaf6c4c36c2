/** An event pattern that AWS would refuse; the message is what it gives as the reason. */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
}
