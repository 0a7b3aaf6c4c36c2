import { expect } from 'vitest';
import { answeredServices } from '../fidelity/services.ts';
import { carryOut, type ServiceContract, type WireClient } from './contract.ts';

/** Carries out the contract of a service, and expects it to have called every operation that the service answers. */
export async function expectEveryOperation(contract: ServiceContract, client: WireClient): Promise<void> {
  const { title, neverRefused = [], onlyRefused = [], elsewhere = [] } = contract;
  const service = answeredServices().find((one) => one.title === title);
  const answered = (service?.answered ?? []).filter((operation) => !elsewhere.includes(operation));
  const kept = await carryOut(contract, client);
  const left = (called: ReadonlySet<string>) => answered.filter((operation) => !called.has(operation));
  expect(
    { never: left(kept.answered), neverRefused: left(kept.refused) },
    `never: answered nowhere in the contract of ${title} (tests/contract/services), whose good() is to call each operation; neverRefused: neither in its refused, nor made wrong by its nowhere`,
  ).toEqual({
    never: onlyRefused,
    neverRefused,
  });
}
