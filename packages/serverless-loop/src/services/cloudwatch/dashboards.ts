export interface Dashboard {
  name: string;
  /** JSON. */
  body: string;
}

/** A dashboard and when it was last put, in epoch milliseconds. */
export interface KeptDashboard extends Dashboard {
  modifiedAtMs: number;
}

export type Dashboards = Map<string, KeptDashboard>;
