/** A task that waits for its time. */
export interface Task {
  dueMs: number;
  run: () => void;
}

/** Tasks, the one that is due first at the top; of those due at once, the one that came first. */
export interface TaskHeap {
  add(task: Task): void;
  /** Nothing for a task that it hasn't, or no more. */
  remove(task: Task): void;
  first(): Task | undefined;
  clear(): void;
}

interface Entry {
  task: Task;
  order: number;
}

/** A binary heap that knows where each task is, so that to take one out again costs no search. */
export function taskHeap(): TaskHeap {
  let entries: Entry[] = [];
  const places = new Map<Task, number>();
  let count = 0;

  const isBefore = (one: Entry, other: Entry) =>
    one.task.dueMs === other.task.dueMs ? one.order < other.order : one.task.dueMs < other.task.dueMs;

  function put(entry: Entry, at: number): void {
    entries[at] = entry;
    places.set(entry.task, at);
  }

  function up(entry: Entry, from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = entries[above];
      if (!parent || !isBefore(entry, parent)) break;
      put(parent, at);
      at = above;
    }
    put(entry, at);
  }

  function down(entry: Entry, from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const [one, other] = [entries[left], entries[left + 1]];
      if (!one) break;
      const isRight = other !== undefined && isBefore(other, one);
      const least = isRight ? other : one;
      if (!isBefore(least, entry)) break;
      put(least, at);
      at = isRight ? left + 1 : left;
    }
    put(entry, at);
  }

  return {
    add(task) {
      count += 1;
      up({ task, order: count }, entries.length);
    },
    remove(task) {
      const at = places.get(task);
      if (at === undefined) return;
      places.delete(task);
      const last = entries.pop();
      if (!last || last.task === task) return;
      const above = entries[(at - 1) >> 1];
      if (at > 0 && above && isBefore(last, above)) up(last, at);
      else down(last, at);
    },
    first: () => entries[0]?.task,
    clear() {
      entries = [];
      places.clear();
    },
  };
}
