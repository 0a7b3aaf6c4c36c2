import { didYouMean } from '../nearest.ts';
import type { Complain, Problems } from '../problems.ts';
import type { Resource } from '../resource.ts';
import type { ResourceIndex } from '../resource-index.ts';
import { NESTED_STACK, type NestedOutputs, type ResourceScope } from '../resource-scope.ts';
import { evaluate } from '../values/intrinsics.ts';
import { at, entryOf, type Node, textOf } from '../yaml/node.ts';

/** A template of a tree of stacks, as far as the others ask. */
export interface TreeStack {
  index: ResourceIndex;
  scope: ResourceScope;
  outputs: ReadonlyMap<string, Node>;
  problems: Problems;
}

/** The stacks that are nested in one template: each is read when something first asks for it, as its parameters may ask for others. */
export class NestedStacks<Read extends TreeStack> implements NestedOutputs {
  readonly #read: (resource: Resource) => Read | undefined;
  readonly #known = new Map<Resource, Read | undefined>();
  readonly #underWay = new Set<Resource>();
  /** Finds what the others of the tree export. */
  readonly #exports: (name: string, asking: NestedStacks<Read>) => Node | undefined;

  /** `read` gives undefined for one that is unavailable or wrong, which it has told. */
  constructor(
    read: (resource: Resource) => Read | undefined,
    exports: (name: string, asking: NestedStacks<Read>) => Node | undefined,
  ) {
    this.#read = read;
    this.#exports = exports;
  }

  of(resource: Resource): Read | undefined {
    if (resource.type !== NESTED_STACK || this.#underWay.has(resource)) return undefined;
    if (this.#known.has(resource)) return this.#known.get(resource);
    this.#underWay.add(resource);
    const read = this.#read(resource);
    this.#underWay.delete(resource);
    this.#known.set(resource, read);
    return read;
  }

  output(resource: Resource, name: string, line: number, complain: Complain): Node | undefined {
    const stack = this.of(resource);
    if (!stack) return undefined;
    const value = entryOf(stack.outputs.get(name), 'Value');
    if (value) return at(line, evaluate(value, stack.scope, stack.problems.about(name)));
    complain(
      line,
      `Outputs.${name}: the nested stack has no such output${didYouMean(name, stack.outputs.keys())}`,
    );
    return undefined;
  }

  exported(name: string, line: number): Node | undefined {
    const found = this.#exports(name, this);
    return found && at(line, found);
  }
}

/** The value that a stack exports under a name. */
export function exportOf({ outputs, scope }: TreeStack, name: string): Node | undefined {
  for (const output of outputs.values()) {
    const exportName = entryOf(entryOf(output, 'Export'), 'Name');
    const value = entryOf(output, 'Value');
    if (exportName && value && textOf(evaluate(exportName, scope, silently)) === name)
      return evaluate(value, scope, silently);
  }
  return undefined;
}

/** For values that are complained about where the outputs are read. */
function silently(): void {}
