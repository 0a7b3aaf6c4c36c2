export interface NodePackage {
  /** As npm names it, with its version. */
  name: string;
  /** Of its archive, as npm's lock files have it. */
  integrity: string;
}

export const PACKAGES: Record<string, NodePackage>;

export function bringNode(
  modules: string,
  from?: {
    self?: { version: string; file: string };
    platform?: string;
    packages?: Record<string, NodePackage>;
    npm?: string[];
  },
): Promise<void>;
