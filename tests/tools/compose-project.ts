import { randomUUID } from 'node:crypto';
import type { Output, Tool } from 'serverless-loop/tests';

export interface ComposeProject {
  /** The name of its network. */
  network: string;
  /** Variables that make a plain `docker compose` mean this project. */
  environment: Record<string, string>;
  /** `docker compose` with these arguments, on this project. */
  compose(...args: string[]): Promise<Output>;
  /** DynamoDB Local's address on this machine. */
  dynamoDbEndpoint(): Promise<string>;
  /** Takes down all of it, its volume and its image included. */
  stop(): Promise<void>;
}

/** Makes a project of its own of docker-compose.yml, not started yet. DynamoDB Local is published on any free port. */
export function composeProject(docker: Tool, dynamoDbPort = ''): ComposeProject {
  const name = `snacks-${randomUUID().slice(0, 8)}`;
  const environment = {
    COMPOSE_PROJECT_NAME: name,
    COMPOSE_FILE: 'docker-compose.yml:tests/tools/compose-project.yml',
    DYNAMODB_LOCAL_PORT: dynamoDbPort,
  };
  const compose = (...args: string[]) => docker.run(['compose', ...args], { env: environment });
  return {
    network: name,
    environment,
    compose,
    async dynamoDbEndpoint() {
      const { stdout } = await compose('port', 'dynamodb-local', '8000');
      return `http://${stdout.trim()}`;
    },
    async stop() {
      await compose('down', '--volumes', '--rmi', 'local', '--timeout', '2');
    },
  };
}
