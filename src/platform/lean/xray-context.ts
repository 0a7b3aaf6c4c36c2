// In the bundles this takes the place of cls-hooked (template.yaml, Alias), with which the X-Ray SDK remembers the
// current segment. Node's own AsyncLocalStorage does that now, without a hook on every promise. Only what the X-Ray SDK
// calls is here; a test holds it against cls-hooked.

import { AsyncLocalStorage } from 'node:async_hooks';

/** Values by key. A context that is made inside another one inherits its values. */
type Context = Record<string, unknown>;

class Namespace {
  readonly #running = new AsyncLocalStorage<Context>();
  /**
   * Entered once, while the function is loaded, and current from then on wherever no run() is. It can't be in the
   * AsyncLocalStorage: Lambda may call the handler from an asynchronous context that is older than this.
   */
  #entered: Context | undefined;

  get #active(): Context | undefined {
    return this.#running.getStore() ?? this.#entered;
  }

  createContext(): Context {
    return Object.create(this.#active ?? Object.prototype);
  }

  enter(context: Context): void {
    this.#entered = context;
  }

  get(key: string): unknown {
    return this.#active?.[key];
  }

  set(key: string, value: unknown): unknown {
    const active = this.#active;
    if (!active) throw new Error('No context available. ns.run() or ns.bind() must be called first.');
    active[key] = value;
    return value;
  }

  run(work: (context: Context) => void): Context {
    const context = this.createContext();
    this.#running.run(context, work, context);
    return context;
  }
}

const namespaces = new Map<string, Namespace>();

export function getNamespace(name: string): Namespace | undefined {
  return namespaces.get(name);
}

export function createNamespace(name: string): Namespace {
  const namespace = new Namespace();
  namespaces.set(name, namespace);
  return namespace;
}

export function destroyNamespace(name: string): void {
  namespaces.delete(name);
}
