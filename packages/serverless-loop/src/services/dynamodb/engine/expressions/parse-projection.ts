import type { FindingKind } from './findings.ts';
import { PathConflicts } from './path-conflicts.ts';
import type { Placeholders } from './placeholders.ts';
import { readPath } from './read-path.ts';
import { Reading } from './reading.ts';
import type { Path, Projection } from './syntax.ts';

const ORDER: readonly FindingKind[] = ['path', 'name', 'overlap', 'conflict'];

/** Parses a ProjectionExpression. Throws an ExpressionError, as `parseConditionText` does. */
export function parseProjectionText(text: string, placeholders: Placeholders): Projection {
  const reading = new Reading(text, placeholders, []);
  const { tokens, findings } = reading;
  const conflicts = new PathConflicts(findings);
  const paths: Path[] = [];
  do {
    if (paths.length > 0) tokens.next();
    const path = readPath(reading);
    conflicts.add(path);
    paths.push(path);
  } while (tokens.isSymbol(','));
  if (tokens.peek().kind !== 'end') throw tokens.syntaxError();
  findings.refuse(ORDER);
  return paths;
}
