import { ownModels } from '../../../template/stack-models.ts';
import { type KeptByName, keptByName } from './kept-by-name.ts';

/** An HTTP endpoint that rules and pipes send to. */
export interface ApiDestinationModel {
  /** Empty for one that a call has made. */
  logicalId: string;
  name: string;
  arn: string;
  description?: string;
  connectionArn: string;
  /** A URL, whose path may have `*` for what a target fills in. */
  endpoint: string;
  method: string;
  ratePerSecond: number;
}

/** "The default is 300 per second" (EventBridge guide, "API destinations as targets"). */
export const DEFAULT_RATE = 300;

export interface ApiDestination {
  model: ApiDestinationModel;
  createdAt: number;
  modifiedAt: number;
}

/** The API destinations of an account. */
export interface ApiDestinations extends KeptByName<ApiDestination> {
  put(model: ApiDestinationModel): ApiDestination;
  remove(name: string): void;
}

export function createApiDestinations(
  models: readonly ApiDestinationModel[],
  now: () => number,
): ApiDestinations {
  const kept = new Map<string, ApiDestination>();

  function put(model: ApiDestinationModel): ApiDestination {
    const at = now();
    const destination = { model, createdAt: kept.get(model.name)?.createdAt ?? at, modifiedAt: at };
    kept.set(model.name, destination);
    return destination;
  }

  for (const model of models) put(model);

  return {
    ...keptByName(
      kept,
      (name) => `Failed to describe the api-destination(s). An api-destination '${name}' does not exist.`,
    ),
    put,
    remove: (name) => void kept.delete(name),
  };
}

export const apiDestinationsOf = ownModels<ApiDestinationModel>('AWS::Events::ApiDestination');
