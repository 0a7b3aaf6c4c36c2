import { TemplateError } from './error.ts';
import type { Note, Problem, Words } from './problem.ts';

/** Takes a problem with the line it stands on, and what CloudFormation says of it; reading goes on after it. */
export type Complain = (line: number, message: string, words?: Words) => void;

/** Gathers what is wrong with a template, so that one run names everything. */
export class Problems {
  readonly #path: string;
  readonly #found = new Map<string, Problem>();
  readonly #notes = new Map<string, Note>();

  constructor(path: string) {
    this.#path = path;
  }

  add(problem: Problem): void {
    // A value that Globals or an alias puts in two places of one resource is still one problem.
    const key = JSON.stringify([problem.line, problem.logicalId, problem.message]);
    this.#found.set(key, problem);
  }

  /** A way to complain about one resource, parameter or output. */
  about(logicalId: string): Complain {
    return (line, message, words) =>
      this.add({ line, logicalId, message, ...(words !== undefined && { words }) });
  }

  /** Tells something that is let pass. */
  note(note: Note): void {
    this.#notes.set(JSON.stringify(note), note);
  }

  /** Everything that is let pass, in the order of the lines. */
  notes(): readonly Note[] {
    return [...this.#notes.values()].sort((a, b) => a.line - b.line);
  }

  /** In the order in which they were found. */
  found(): readonly Problem[] {
    return [...this.#found.values()];
  }

  none(): boolean {
    return this.#found.size === 0;
  }

  /** Throws a TemplateError, in the order of the lines, when anything was found. */
  throwIfAny(): void {
    if (this.none()) return;
    const inOrder = [...this.#found.values()].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
    throw new TemplateError(this.#path, inOrder);
  }
}
