import { countUpTo } from '../../aws/count-up-to.ts';
import { AwsError } from '../../aws/errors.ts';
import type { FormTree } from '../../aws/form-members.ts';

/** Deeper than any input of AWS's services; a body of dots alone must not exhaust the stack. */
const DEEPEST = 12;
/** A thousand metrics with all that one may have are fewer. */
const MAX_PARAMETERS = 30_000;
/** A structure for each dimension of those, and a few for each metric. */
const MAX_STRUCTURES = 50_000;
/** A megabyte, which is the most that a call of these services may send, with each of its bytes as a `%XX`, and some more. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/**
 * A form as the query protocol fills it, taken apart at the dots of its names (Smithy, "AWS query protocol"). All values are text.
 * @throws AwsError for a form that contradicts itself
 */
export function parseForm(body: string): FormTree {
  if (body.length > MAX_CHARACTERS) throw malformed(`it has more than ${MAX_CHARACTERS} characters`);
  if (/%(?![0-9A-Fa-f]{2})/.test(body))
    throw new AwsError(
      'MalformedQueryString',
      'The query string contains a syntax error: a % without two hexadecimal digits.',
    );
  if (countUpTo(MAX_PARAMETERS, '&', body) >= MAX_PARAMETERS)
    throw malformed(`it has more than ${MAX_PARAMETERS} parameters`);
  const tree: FormTree = Object.create(null);
  let structures = 0;
  for (const [path, value] of new URLSearchParams(body)) {
    structures += put(tree, path, value);
    if (structures > MAX_STRUCTURES) throw malformed(`it has more than ${MAX_STRUCTURES} structures`);
  }
  return tree;
}

/** Gives the number of structures that it makes. */
function put(tree: FormTree, path: string, value: string): number {
  const names = path.split('.', DEEPEST + 2);
  const last = names.pop() ?? path;
  if (names.length > DEEPEST) throw malformed(`${path.slice(0, 80)}… is nested too deeply`);
  let branch = tree;
  let made = 0;
  for (const name of names) {
    if (branch[name] === undefined) made += 1;
    branch = branchOf(branch, name, path);
  }
  if (typeof branch[last] === 'object') throw malformed(`${path} is both a value and a structure`);
  branch[last] = value;
  return made;
}

function branchOf(tree: FormTree, name: string, path: string): FormTree {
  const existing = tree[name];
  if (typeof existing === 'object') return existing;
  if (existing !== undefined) throw malformed(`${path} reaches into a value`);
  const branch: FormTree = Object.create(null);
  tree[name] = branch;
  return branch;
}

function malformed(reason: string): AwsError {
  return new AwsError('MalformedInput', `The form is no call: ${reason}.`);
}
