/** A filter pattern that CloudWatch Logs would refuse. */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
}

export function invalidTerm(term: string): InvalidPatternError {
  return new InvalidPatternError(`Invalid character(s) in term '${term}'`);
}
