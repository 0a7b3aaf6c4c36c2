import type { Call, Need } from '../aws/operation.ts';
import { type ArnOwners, arnOwners } from '../console/arn-owners.ts';
import type { Report } from '../facts.ts';
import { callFaults } from '../faults/call-faults.ts';
import type { FaultBook } from '../faults/fault-book.ts';
import type { Routes } from '../gateway/routes.ts';
import type { FunctionModel, Stack } from '../template/model.ts';

export interface DisturbingOptions {
  book: FaultBook;
  report: Report;
  functions(): readonly Pick<FunctionModel, 'logicalId' | 'name' | 'role'>[];
  stack(): Stack;
  /** Throws AwsError when the caller may not. */
  authorize(call: Call, needs: Need[], service: string): void;
}

/** Lets the faults of a book have their way with calls that the caller may make. */
export function disturbing({
  book,
  report,
  functions,
  stack,
  authorize,
}: DisturbingOptions): Pick<Routes, 'authorize' | 'mayDisturb'> {
  const owners = new WeakMap<Stack, ArnOwners>();
  function ownersNow(): ArnOwners {
    const now = stack();
    const known = owners.get(now) ?? arnOwners(now);
    owners.set(now, known);
    return known;
  }
  const meet = callFaults({
    book,
    report,
    functionsOf: (roleArn) =>
      functions()
        .filter(({ role }) => role.arn === roleArn)
        .flatMap(({ logicalId, name }) => [logicalId, name]),
    namesOf: (arn) => [arn, ownersNow().ownerOf(arn), arn.split(/[:/]/).at(-1) ?? arn],
  });
  return {
    authorize(call, needs, service, operation) {
      authorize(call, needs, service);
      if (book.isOn && call.isDisturbed !== true) meet({ call, needs, service, operation });
    },
    mayDisturb: () => book.isOn,
  };
}
