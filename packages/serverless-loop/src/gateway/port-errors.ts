/** Another program listens where the gateway was to listen. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
  readonly port: number;
  readonly address: string;

  constructor(port: number, address: string, options: { cause: unknown }) {
    super(`Port ${port} of ${address} is already in use`, options);
    this.port = port;
    this.address = address;
  }
}

/** The system lets nobody listen there: no network interface has the address, or the port is for others. */
export class CannotListenError extends Error {
  override readonly name = 'CannotListenError';
  readonly port: number;
  readonly address: string;

  constructor(port: number, address: string, options: { cause: NodeJS.ErrnoException }) {
    const { code, message } = options.cause;
    const reason =
      code === 'EADDRNOTAVAIL' ? 'no network interface of this machine has that address' : message;
    super(`Can't listen on port ${port} of ${address}: ${reason}`, options);
    this.port = port;
    this.address = address;
  }
}

export class InvalidPortError extends Error {
  override readonly name = 'InvalidPortError';
  readonly port: number;

  constructor(port: number) {
    super(`A port is a whole number from 0 (any free one) to 65535, not ${port}`);
    this.port = port;
  }
}
