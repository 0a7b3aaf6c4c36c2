import { validationError } from '../dynamodb-error.ts';

/** AWS's validation tells no more of them. */
const MAX_FAULTS = 10;

/** The constraints of its model that a request breaks: all of them are told at once, in the order of the reading. */
export class Faults {
  readonly #messages: string[] = [];

  /** `shown` as AWS shows the value, with its quotation marks; the path e.g. `keySchema.1.member.keyType`. */
  add(shown: string, path: string, constraint: string): void {
    if (this.#messages.length >= MAX_FAULTS) return;
    this.#messages.push(`Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`);
  }

  /** Throws ValidationException when there are any. */
  refuse(): void {
    const count = this.#messages.length;
    if (count === 0) return;
    throw validationError(
      `${count} validation error${count > 1 ? 's' : ''} detected: ${this.#messages.join('; ')}`,
    );
  }
}
