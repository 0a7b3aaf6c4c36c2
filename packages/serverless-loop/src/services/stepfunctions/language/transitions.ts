import { isObject, type JsonObject } from '../../../aws/json-object.ts';
import type { Complain } from './problem.ts';

interface Transition {
  target: string;
  /** Below the state: `Catch[0]/Next`. */
  place: string;
}

/**
 * Says which transitions lead nowhere, whether the states have an end, and which of them nothing leads to, in the order and the
 * words of AWS: a dangling target is always called `Next`, and unreachable states are told only where there is an end
 * (ValidateStateMachineDefinition's answers, measured in floci-io/floci, issue 2735 and pull request 2786).
 */
export function validateTransitions(
  startAt: string,
  states: Readonly<Record<string, JsonObject>>,
  location: string,
  complain: Complain,
): void {
  const isThere = (name: string) => Object.hasOwn(states, name);
  const missing = (target: string, place: string) =>
    complain({
      code: 'MISSING_TRANSITION_TARGET',
      message: `Missing 'Next' target: ${target}`,
      location: `${location}/${place}`,
    });
  if (!isThere(startAt)) missing(startAt, 'StartAt');
  for (const [name, state] of Object.entries(states))
    for (const { target, place } of transitionsOf(state))
      if (!isThere(target)) missing(target, `States/${name}/${place}`);
  if (!Object.values(states).some(isEnd)) {
    complain({ code: 'MISSING_END_STATE', message: 'Workflow has no terminal state' });
    return;
  }
  const reached = reachedFrom(startAt, states);
  for (const name of Object.keys(states))
    if (!reached.has(name))
      complain({
        code: 'MISSING_TRANSITION_TARGET',
        message: `State "${name}" is not reachable.`,
        location: `${location}/States/${name}`,
      });
}

function isEnd({ Type, End }: JsonObject): boolean {
  return End === true || Type === 'Succeed' || Type === 'Fail';
}

function reachedFrom(startAt: string, states: Readonly<Record<string, JsonObject>>): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [startAt];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = Object.hasOwn(states, name) ? states[name] : undefined;
    if (!state || reached.has(name)) continue;
    reached.add(name);
    waiting.push(...transitionsOf(state).map(({ target }) => target));
  }
  return reached;
}

function transitionsOf(state: JsonObject): Transition[] {
  return [
    ...transitionOf(state.Next, 'Next'),
    ...eachOf(state.Choices, 'Choices'),
    ...transitionOf(state.Default, 'Default'),
    ...eachOf(state.Catch, 'Catch'),
  ];
}

function eachOf(holders: unknown, field: string): Transition[] {
  if (!Array.isArray(holders)) return [];
  return holders.flatMap((holder: unknown, at) =>
    isObject(holder) ? transitionOf(holder.Next, `${field}[${at}]/Next`) : [],
  );
}

function transitionOf(target: unknown, place: string): Transition[] {
  return typeof target === 'string' ? [{ target, place }] : [];
}
