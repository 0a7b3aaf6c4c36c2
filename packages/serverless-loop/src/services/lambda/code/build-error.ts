import path from 'node:path';
import { installCommandFor } from './declared-packages.ts';

/** Code that could not be built; one text an error, `file:line:column: message` where the place is known. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
  readonly errors: string[];

  constructor(errors: string[], options?: ErrorOptions) {
    super(errors.join('\n'), options);
    this.errors = errors;
  }
}

interface EsbuildMessage {
  text: string;
  location: { file: string; line: number; column: number } | null;
}

/** The reason for a failed build, as a BuildError: with places relative to the project, or with the function's name. */
export function buildError(
  cause: unknown,
  functionId: string,
  codeUri: string,
  projectDir: string,
): BuildError {
  if (cause instanceof BuildError) return cause;
  if (!hasMessages(cause))
    return new BuildError([`${functionId}: ${cause instanceof Error ? cause.message : String(cause)}`], {
      cause,
    });
  const errors = cause.errors.map(({ text, location }) => {
    const [, specifier = ''] = /^Could not resolve "(.*)"/.exec(text) ?? [];
    const command = installCommandFor(specifier, codeUri, projectDir);
    const told = command === undefined ? text : `${text}: ${command}`;
    if (!location) return `${functionId}: ${told}`;
    const file = path.relative(projectDir, path.resolve(codeUri, location.file));
    return `${file}:${location.line}:${location.column + 1}: ${told}`;
  });
  return new BuildError(errors, { cause });
}

function hasMessages(value: unknown): value is { errors: EsbuildMessage[] } {
  return typeof value === 'object' && value !== null && 'errors' in value && Array.isArray(value.errors);
}
