import { noSuchActivity, refuseNoArn } from '../errors.ts';
import type { ActivityModel } from '../machines/state-machine.ts';
import type { ActivityTask } from '../tasks/call-task.ts';

export interface KeptActivity {
  model: ActivityModel;
  createdMs: number;
}

type Take = (task: ActivityTask) => void;

/** The activities, the tasks that wait for workers, and the workers that wait for tasks: both first come, first served. */
export class Activities {
  readonly #now: () => number;
  readonly #activities = new Map<string, KeptActivity>();
  readonly #tasks = new Map<string, Set<ActivityTask>>();
  readonly #workers = new Map<string, Set<Take>>();

  constructor(now: () => number) {
    this.#now = now;
  }

  list(): KeptActivity[] {
    return [...this.#activities.values()];
  }

  find(arn: string): KeptActivity | undefined {
    return this.#activities.get(arn);
  }

  /** Throws the AwsError InvalidArn or ActivityDoesNotExist. */
  get(arn: string): KeptActivity {
    refuseNoArn(arn);
    const kept = this.#activities.get(arn);
    if (!kept) throw noSuchActivity(arn);
    return kept;
  }

  put(model: ActivityModel): KeptActivity {
    const { createdMs = this.#now() } = this.find(model.arn) ?? {};
    const kept = { model, createdMs };
    this.#activities.set(model.arn, kept);
    return kept;
  }

  remove(arn: string): void {
    this.#activities.delete(arn);
  }

  /** Gives a task to a worker that waits, or keeps it for one that comes. */
  offer(arn: string, task: ActivityTask): void {
    const workers = listOf(this.#workers, arn);
    const [worker] = workers;
    if (worker) {
      workers.delete(worker);
      worker(task);
      return;
    }
    const tasks = listOf(this.#tasks, arn);
    tasks.add(task);
    task.signal.addEventListener('abort', () => tasks.delete(task), { once: true });
  }

  /** Resolves with a task when there is one; undefined when the signal is aborted before. */
  take(arn: string, signal: AbortSignal): Promise<ActivityTask | undefined> {
    const tasks = listOf(this.#tasks, arn);
    const [task] = tasks;
    if (task) {
      tasks.delete(task);
      return Promise.resolve(task);
    }
    const workers = listOf(this.#workers, arn);
    return new Promise((resolve) => {
      const worker: Take = (offered) => {
        signal.removeEventListener('abort', giveUp);
        resolve(offered);
      };
      const giveUp = () => {
        workers.delete(worker);
        resolve(undefined);
      };
      if (signal.aborted) return resolve(undefined);
      workers.add(worker);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }
}

function listOf<Item>(lists: Map<string, Set<Item>>, arn: string): Set<Item> {
  const list = lists.get(arn) ?? new Set<Item>();
  lists.set(arn, list);
  return list;
}
