import { type Place, parseArn } from '../../aws/arn.ts';
import { listenersByThing } from '../../aws/listeners.ts';
import type { Clock } from '../../clock.ts';
import type { DataStreamModel } from '../../template/model.ts';
import { DataStream } from './data-stream.ts';
import { inUse, invalidArgument, noSuchStream } from './kinesis-errors.ts';

/** The name in the ARN of a stream, or of a consumer of one. */
const RESOURCE = /^stream\/([^/]+)(?:\/consumer\/.+)?$/;

export interface StreamReference {
  StreamName?: string | undefined;
  StreamARN?: string | undefined;
}

/** The account's streams, by name. */
export class DataStreams {
  readonly #byName = new Map<string, DataStream>();
  readonly #clock: Clock;
  readonly #place: Place;
  /** By names of streams. */
  readonly #listeners = listenersByThing();

  constructor(options: { models: readonly DataStreamModel[]; clock: Clock; place: Place }) {
    this.#clock = options.clock;
    this.#place = options.place;
    for (const model of options.models) this.create(model);
  }

  /** Throws AwsError when there is one of that name. */
  create(model: DataStreamModel): DataStream {
    const { name } = model;
    if (this.#byName.has(name))
      throw inUse(`Stream ${name} under account ${this.#place.accountId} already exists.`);
    const stream = new DataStream({ model, clock: this.#clock, changed: () => this.#listeners.tell(name) });
    this.#byName.set(name, stream);
    this.#listeners.tell(name);
    return stream;
  }

  find(name: string): DataStream | undefined {
    return this.#byName.get(name);
  }

  /** Of a stream's ARN, or a consumer's. */
  findByArn(arn: string): DataStream | undefined {
    const found = this.#byName.get(nameInArn(arn) ?? '');
    const isWhole = found && (arn === found.model.arn || found.consumers.has(arn));
    return isWhole ? found : undefined;
  }

  /** The stream that a call names. Throws AwsError when there is none. */
  of({ StreamName, StreamARN }: StreamReference): DataStream {
    const name = StreamName ?? nameInArn(StreamARN ?? '');
    if (name === undefined) throw invalidArgument('Either StreamName or StreamARN must be provided.');
    const stream = this.#byName.get(name);
    if (!stream) throw noSuchStream(name, this.#place.accountId);
    return stream;
  }

  list(): DataStream[] {
    return [...this.#byName.values()];
  }

  delete(name: string): void {
    this.#byName.delete(name);
    this.#listeners.tell(name);
  }

  onChanges(arn: string, listener: () => void): { stop(): void } {
    return this.#listeners.on(nameInArn(arn) ?? '', listener);
  }
}

export function nameInArn(arn: string): string | undefined {
  const { service, resource = '' } = parseArn(arn) ?? {};
  return service === 'kinesis' ? RESOURCE.exec(resource)?.[1] : undefined;
}
