import { SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { tokenOf } from './open-orders.ts';

const stepFunctions = new SFNClient({});

interface Decision {
  orderId: string;
  approved: boolean;
  by: string;
}

/** Sends a decision back to the execution that waits for it; says whether one did. */
export async function handler({ orderId, approved, by }: Decision): Promise<{ decided: boolean }> {
  const taskToken = await tokenOf(orderId);
  if (taskToken === undefined) return { decided: false };
  await stepFunctions.send(
    new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ approved, by }) }),
  );
  return { decided: true };
}
