import { basename } from 'node:path';
import type { Problem } from './problem.ts';
import { wordsOfFirst } from './undefined-names.ts';

/** A template that can't be run; lists everything that was found wrong, not only the first. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly path: string;
  readonly problems: readonly Problem[];
  /** CloudFormation's words for the first of them that it has words for. */
  readonly words: string | undefined;

  constructor(path: string, problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map((problem) => describeProblem(path, problem)).join('\n'), options);
    this.path = path;
    this.problems = problems;
    this.words = wordsOfFirst(problems);
  }
}

/** `template.yaml:12: Parcels: …` */
export function describeProblem(path: string, problem: Problem): string {
  const file = problem.file ?? basename(path);
  const place = problem.line === undefined ? file : `${file}:${problem.line}`;
  const about = problem.logicalId === undefined ? '' : `${problem.logicalId}: `;
  // One problem, whatever lines a text of the template brings into its message.
  return `${place}: ${about}${problem.message.replace(/\r?\n/g, '\n    ')}`;
}
