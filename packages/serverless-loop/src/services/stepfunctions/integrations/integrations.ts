import type { TaskCall } from '../interpreter/step.ts';
import type { TaskPorts } from '../tasks/call-task.ts';
import { adaptedParameters, refuseFailed, sentParameters } from './adapted.ts';
import { callOperation, parametersOf, type ServiceCallPorts, serviceCallOf } from './call-service.ts';
import { type HttpTaskPorts, invokeHttp } from './http-task.ts';
import { OPTIMIZED } from './services.ts';

export interface IntegrationPorts extends ServiceCallPorts, HttpTaskPorts {
  /** Resolves with the result of a task `.sync` when the execution that it started has ended. Rejects with StateError. */
  childEnd(executionArn: string, call: TaskCall, resultIsJson: boolean): Promise<unknown>;
}

/** The ways of tasks to functions and services. */
export function integrations(ports: IntegrationPorts): Pick<TaskPorts, 'invokeFunction' | 'callService'> {
  return {
    async invokeFunction(arn, call) {
      const service = OPTIMIZED.lambda;
      if (!service) return undefined;
      const parameters = { FunctionName: arn, Payload: JSON.stringify(call.input ?? null) };
      const { Payload } = await callOperation(
        { service, isOptimized: true, operation: 'Invoke' },
        parameters,
        call,
        ports,
      );
      return Payload;
    },
    async callService(resource, call, onSubmitted) {
      const { resourceType, pattern } = resource;
      const given = parametersOf(call.input);
      if (resourceType === 'http') return invokeHttp(given, call, ports);
      const called = serviceCallOf(resource);
      const parameters = called.isOptimized
        ? adaptedParameters(resourceType, given, call)
        : sentParameters(resourceType, resource.action, given);
      const result = await callOperation(called, parameters, call, ports);
      refuseFailed(resourceType, result);
      if (pattern !== 'job') return result;
      onSubmitted(result);
      return ports.childEnd(String(result.ExecutionArn), call, resource.resource.endsWith(':2'));
    },
  };
}
