import { TemplateError } from './error.ts';
import type { Note, Problem, Words } from './problem.ts';
import { stackPathOf } from './stack-path.ts';

/** Takes a problem with the line it stands on, and what CloudFormation says of it; reading goes on after it. */
export type Complain = (line: number, message: string, words?: Words) => void;

/** Gathers what is wrong with a template, so that one run names everything. */
export class Problems {
  readonly #path: string;
  readonly #found = new Map<string, Problem>();
  readonly #notes = new Map<string, Note>();
  /** The templates of nested stacks, by the logical ids that lead to these. */
  readonly #files = new Map<string, string>();
  /** Takes all in its place, for a nested stack. */
  readonly #outer: { problems: Problems; stackPath: string } | undefined;

  constructor(path: string, outer?: { problems: Problems; stackPath: string }) {
    this.#path = path;
    this.#outer = outer;
  }

  /** Those of a nested stack's template, each told with its file and with the ids that lead to it. */
  within(stackPath: string, file: string): Problems {
    const { problems } = this.#outer ?? { problems: this };
    problems.#files.set(stackPath, file);
    return new Problems(file, { problems, stackPath });
  }

  add(problem: Problem): void {
    if (this.#outer) {
      this.#outer.problems.add(this.#ofNested(problem));
      return;
    }
    const file = problem.file ?? this.#files.get(stackPathOf(problem.logicalId ?? '') ?? '');
    // A value that Globals or an alias puts in two places of one resource is still one problem.
    const key = JSON.stringify([file, problem.line, problem.logicalId, problem.message]);
    this.#found.set(key, { ...problem, ...(file !== undefined && { file }) });
  }

  #ofNested<Told extends Problem | Note>(told: Told): Told {
    const path = [this.#outer?.stackPath, told.logicalId].filter((id) => id !== undefined);
    return { ...told, file: this.#path, logicalId: path.join('/') };
  }

  /** A way to complain about one resource, parameter or output. */
  about(logicalId: string): Complain {
    return (line, message, words) =>
      this.add({ line, logicalId, message, ...(words !== undefined && { words }) });
  }

  /** Tells something that is let pass. */
  note(note: Note): void {
    if (this.#outer) {
      this.#outer.problems.note(this.#ofNested(note));
      return;
    }
    this.#notes.set(JSON.stringify(note), note);
  }

  /** Everything that is let pass, in the order of the lines. */
  notes(): readonly Note[] {
    if (this.#outer) return this.#outer.problems.notes();
    return [...this.#notes.values()].sort((a, b) => a.line - b.line);
  }

  /** In the order in which they were found. */
  found(): readonly Problem[] {
    if (this.#outer) return this.#outer.problems.found();
    return [...this.#found.values()];
  }

  none(): boolean {
    return this.found().length === 0;
  }

  /** Throws a TemplateError, in the order of the lines, when anything was found. */
  throwIfAny(): void {
    this.#outer?.problems.throwIfAny();
    if (this.none()) return;
    const inOrder = [...this.#found.values()].sort(
      (a, b) => (a.file ?? '').localeCompare(b.file ?? '') || (a.line ?? 0) - (b.line ?? 0),
    );
    throw new TemplateError(this.#path, inOrder);
  }
}
